package org.huying.trial;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.huying.app.Keys;
import org.huying.demo.embedded.MortalPostgres;
import org.huying.testing.DemoTemplate;
import org.huying.testing.KeyFiles;
import org.huying.testing.NodeProcess;
import org.huying.testing.TcpProxy;
import org.huying.testing.TestDay;

/** A PostgreSQL of its own with a proxy before it, and a node in a process of its own that knows only the proxy. */
final class Installation implements AutoCloseable {
    private final Path directory;
    private final KeyFiles files;
    private final Keys keys;
    private final MortalPostgres postgres;
    private final TcpProxy way;
    private final TrialDistrict district;
    private NodeProcess node;

    /**
     * Starts all of it.
     *
     * @param directory  for what is no database
     * @param database   where PostgreSQL keeps its files
     * @param nodeFurther settings of the node
     */
    Installation(Path directory, Path database, Map<String, String> nodeFurther) throws IOException {
        this.directory = directory;
        files = KeyFiles.generate(directory);
        keys = files.read();
        postgres = MortalPostgres.start(database);
        DemoTemplate.fill(postgres.ownerUrl(), postgres.url(), keys);
        way = new TcpProxy(URI.create(postgres.url()));
        district = new TrialDistrict(postgres.url(), keys);
        node = startNode(nodeFurther);
    }

    private NodeProcess startNode(Map<String, String> further) throws IOException {
        var data = Files.createDirectories(directory.resolve("node"));
        return NodeProcess.start(
                postgres.ownerUrl(), way.instead(postgres.url()), files, data, TestDay.running(), further);
    }

    void restartNode(Map<String, String> further) throws IOException {
        node.kill();
        node = startNode(further);
    }

    TcpProxy way() {
        return way;
    }

    MortalPostgres postgres() {
        return postgres;
    }

    TrialDistrict district() {
        return district;
    }

    NodeProcess node() {
        return node;
    }

    Keys keys() {
        return keys;
    }

    @Override
    public void close() {
        node.close();
        district.close();
        way.close();
        postgres.close();
    }
}

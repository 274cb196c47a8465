package org.huying.demo.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL with fsync on that a test kills, and starts again on the same directory and the same port. */
public final class MortalPostgres implements AutoCloseable {
    private final Path directory;
    private EmbeddedPostgres server;
    private ProcessHandle postmaster;

    private MortalPostgres(Path directory, EmbeddedPostgres server) {
        this.directory = directory;
        this.server = server;
        this.postmaster = postmaster(directory);
    }

    public static MortalPostgres start(Path directory) throws IOException {
        LentPrograms.into(directory);
        return new MortalPostgres(directory, EmbeddedPostgres.start(directory));
    }

    /** The same in every life. */
    public String url() {
        return server.url();
    }

    public String ownerUrl() {
        return server.ownerUrl();
    }

    /** {@code kill -9} for the server and all processes that it has started; blocks until it is gone. */
    public void kill() {
        var children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().join();
    }

    /** All its processes stand still, as on a machine that hangs: connections stay, and nothing is answered. */
    public void stop() {
        signal("-STOP");
    }

    /** After a stop: it goes on where it stood. */
    public void goOn() {
        signal("-CONT");
    }

    private void signal(String signal) {
        var command = new ArrayList<>(List.of("kill", signal, Long.toString(postmaster.pid())));
        postmaster.descendants().map(child -> Long.toString(child.pid())).forEach(command::add);
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException("not all processes were there any more: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return postmaster.isAlive();
    }

    /** After a kill; blocks until the server has recovered and takes connections. */
    public void startAgain() {
        int port = URI.create(server.url()).getPort();
        server.close();
        server = EmbeddedPostgres.start(directory, EmbeddedPostgres.Durability.FULL, ServerAccount::candidates, port);
        postmaster = postmaster(directory);
    }

    @Override
    public void close() {
        server.close();
    }

    private static ProcessHandle postmaster(Path directory) {
        try {
            var file = Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(file.get(0))).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

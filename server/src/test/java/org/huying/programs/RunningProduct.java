package org.huying.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.huying.testing.OtherJvm;

/** What {@code scripts/run} starts on a data directory, with servers of its own. */
final class RunningProduct implements AutoCloseable {
    private static final long SECONDS_MAX = 120;
    private static final long PAUSE_MILLIS = 50;

    private final Process process;
    private final List<ProcessHandle> servers;
    private final Path log;
    private final URI uri;
    private final URI management;

    private RunningProduct(Process process, Path log, URI uri, URI management) {
        this.process = process;
        this.servers = process.children().toList();
        this.log = log;
        this.uri = uri;
        this.management = management;
    }

    /** Returns when it says that it is ready; without a demo, since that takes long to load. */
    static RunningProduct start(Path data) throws IOException {
        var log = Files.createTempFile("run", ".log");
        var process = Script.named("run")
                .with("HUYING_DATA_DIR", data)
                .with("HUYING_HTTP_PORT", 0)
                .with("HUYING_MANAGEMENT_PORT", 0)
                .with("HUYING_DEMO", false)
                // Nobody logs in by it.
                .with("HUYING_WECHAT_URL", "http://127.0.0.1:1")
                .with("HUYING_WECHAT_APP_ID", "app")
                .with("HUYING_WECHAT_SECRET", "secret")
                .builder()
                .redirectError(log.toFile())
                .start();
        try {
            var uri = OtherJvm.awaitLine(process, "ready ").substring("ready ".length());
            var metrics = OtherJvm.awaitLine(process, "metrics ").substring("metrics ".length());
            return new RunningProduct(
                    process, log, URI.create(uri), URI.create(metrics).resolve("/health/ready"));
        } catch (IOException e) {
            process.destroy();
            throw new IOException(Files.readString(log), e);
        }
    }

    URI uri() {
        return uri;
    }

    /** {@code kill -9} for one of its servers; returns when it is gone. */
    void kill(String program) {
        var server = servers(program);
        assertThat(server).as(program).hasSize(1);
        server.get(0).destroyForcibly();
        server.get(0).onExit().join();
    }

    private List<ProcessHandle> servers(String program) {
        return process.children()
                .filter(child -> child.info().command().orElse("").endsWith(program))
                .toList();
    }

    void awaitServer(String program) throws Exception {
        await(program, () -> !servers(program).isEmpty());
    }

    void awaitReady(boolean ready) throws Exception {
        await("ready: " + ready, () -> isReady() == ready);
    }

    private void await(String what, Callable<Boolean> holds) throws Exception {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!holds.call()) {
            assertThat(System.nanoTime()).as(what + ", " + log()).isLessThan(deadline);
            assertThat(process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private boolean isReady() throws IOException {
        var connection = (HttpURLConnection) management.toURL().openConnection();
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    }

    /** What it wrote to standard error. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGTERM; returns the exit code when it has ended, and nothing that it started lives any more. */
    int stop() throws InterruptedException {
        var children = process.children().toList();
        process.destroy();
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(children).hasSizeGreaterThan(0).noneMatch(ProcessHandle::isAlive);
        assertThat(servers).noneMatch(ProcessHandle::isAlive);
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}

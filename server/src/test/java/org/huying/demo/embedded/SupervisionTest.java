package org.huying.demo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Children that are killed. One directory in turn, which takes less long than one for each. */
@Tag("long")
class SupervisionTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Supervision.Patience SHORT =
            new Supervision.Patience(3, Duration.ofMillis(1), Duration.ofHours(1));

    @TempDir
    static Path directory;

    @BeforeAll
    static void lendPrograms() throws IOException {
        LentPrograms.into(directory.resolve("postgres"));
    }

    private final Logger logger = (Logger) LoggerFactory.getLogger(Supervision.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
    }

    @Test
    void aKilledPostgresIsStartedAgainOnItsPortWithItsData() throws SQLException {
        try (var servers = EmbeddedServers.start(directory, true, false)) {
            // given
            var url = Objects.requireNonNull(servers.ownerUrl());
            assertThat(answers(url, "create table kept as select 7 as value")).isTrue();

            // when
            kill("postgres");

            // then
            assertThat(Processes.await(() -> answers(url, "select * from kept"), SOON))
                    .isTrue();
            assertThat(messages()).containsExactly("PostgreSQL has ended by itself, with 137; it is started again");
        }
    }

    @Test
    void aKilledRedisIsStartedAgainOnItsPort() {
        try (var servers = EmbeddedServers.start(directory, false, true)) {
            // given
            var url = URI.create(Objects.requireNonNull(servers.redisUrl()));

            // when
            kill("redis-server");

            // then
            assertThat(Processes.await(() -> pings(url), SOON)).isTrue();
            assertThat(messages()).containsExactly("Redis has ended by itself, with 137; it is started again");
        }
    }

    @Test
    void oneThatDoesNotStayUpIsLeftAloneAfterSomeStarts() throws Exception {
        try (var servers = EmbeddedServers.start(directory, false, true, SHORT)) {
            // given
            var givenUp = new CompletableFuture<Void>();
            servers.onGivingUp(() -> givenUp.complete(null));
            Files.writeString(directory.resolve("redis/redis.conf"), "no-such-setting 1\n");

            // when
            kill("redis-server");

            // then
            givenUp.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(messages())
                    .containsExactly(
                            "Redis has ended by itself, with 137; it is started again",
                            "Redis does not stay up: 3 starts in a row did not hold, so it is left alone; see"
                                    + " server.log in its directory, then start the service again");
            assertThat(running("redis-server")).isEmpty();
        }
    }

    @Test
    void aPostgresThatCannotStartIsLeftAloneToo() throws Exception {
        var settings = directory.resolve("postgres/data/postgresql.conf");
        String good;
        try (var servers = EmbeddedServers.start(directory, true, false, SHORT)) {
            var givenUp = new CompletableFuture<Void>();
            servers.onGivingUp(() -> givenUp.complete(null));
            good = Files.readString(settings);
            Files.writeString(settings, "no_such_setting = 1\n");
            kill("postgres");
            givenUp.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(messages()).hasSize(2);
        }
        Files.writeString(settings, good);
    }

    @Test
    void nothingIsStartedAgainWhileStopping() throws Exception {
        try (var servers = EmbeddedServers.start(directory, true, true)) {
            // given
            servers.superviseNoMore();

            // when
            kill("postgres");
            kill("redis-server");

            // then
            assertThat(messages()).isEmpty();
            assertThatThrownBy(() -> connect(Objects.requireNonNull(servers.ownerUrl())))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(running("")).isEmpty();
    }

    /** Returns when it is gone. */
    private void kill(String program) {
        var server = running(program);
        assertThat(server).hasSize(1);
        server.get(0).destroyForcibly();
        server.get(0).onExit().join();
    }

    private static List<ProcessHandle> running(String program) {
        return Processes.find(arguments -> !arguments.isEmpty()
                && arguments.get(0).startsWith(directory + "/")
                && Path.of(arguments.get(0)).getFileName().toString().startsWith(program));
    }

    private List<String> messages() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static void connect(String url) throws SQLException {
        DriverManager.getConnection(TestServers.jdbcUrl(url)).close();
    }

    private static boolean answers(String url, String sql) {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(url));
                var statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static boolean pings(URI url) {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            var password = url.getUserInfo().substring(1);
            var commands = "AUTH " + password + "\r\nPING\r\nQUIT\r\n";
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).contains("+PONG");
        } catch (IOException e) {
            return false;
        }
    }
}

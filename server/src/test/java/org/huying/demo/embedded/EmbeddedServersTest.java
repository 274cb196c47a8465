package org.huying.demo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests use one directory in turn, which takes less long than one for each; each leaves it closed. */
@Tag("long")
class EmbeddedServersTest {
    @TempDir
    static Path directory;

    @BeforeAll
    static void lendPrograms() throws IOException {
        LentPrograms.into(directory.resolve("postgres"));
    }

    @Test
    void dataSurvivesARestart() throws SQLException {
        // given
        try (EmbeddedServers servers = EmbeddedServers.start(directory, true, true)) {
            execute(databaseUrl(servers), "create table kept as select 7 as value");
        }

        // when
        try (EmbeddedServers servers = EmbeddedServers.start(directory, true, true)) {

            // then
            assertThat(query(databaseUrl(servers), "select value from kept")).isEqualTo("7");
            assertThat(servers.redisUrl()).startsWith("redis://:");
        }
    }

    @Test
    void serversLeftByAKilledProcessAreStoppedAndWhatTheyCommittedIsThere() throws Exception {
        // given
        String before;
        try (ChildProcess child = ChildProcess.start(directory)) {
            before = child.databaseUrl();
            execute(before, "create table committed as select 11 as value");
            child.kill();
        }
        List<ProcessHandle> orphans = servers();

        // when
        try (EmbeddedServers servers = EmbeddedServers.start(directory, true, true)) {

            // then
            assertThat(orphans).hasSize(2).noneMatch(orphan -> Processes.isRunning(orphan.pid()));
            assertThat(databaseUrl(servers)).isNotEqualTo(before);
            assertThat(query(databaseUrl(servers), "select value from committed"))
                    .isEqualTo("11");
        }
    }

    @Test
    void serversKilledTogetherWithTheirProcessRecover() throws Exception {
        // given
        try (ChildProcess child = ChildProcess.start(directory)) {
            execute(child.databaseUrl(), "create table recovered as select 13 as value");
            child.kill();
        }
        servers().forEach(ProcessHandle::destroyForcibly);

        // when
        try (EmbeddedServers servers = EmbeddedServers.start(directory, true, true)) {

            // then
            assertThat(query(databaseUrl(servers), "select value from recovered"))
                    .isEqualTo("13");
        }
    }

    @Test
    void aSecondProcessIsRefused() throws IOException {
        // given
        try (ChildProcess first = ChildProcess.start(directory)) {

            // when
            assertThatThrownBy(() -> EmbeddedServers.start(directory, true, true))

                    // then
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("data directory " + directory)
                    .hasMessageEndingWith("is in use by process " + first.pid());
        }
    }

    @Test
    void aSecondStartInTheSameProcessIsRefusedAndHarmsNothing() throws SQLException {
        // given
        try (EmbeddedServers servers = EmbeddedServers.start(directory, true, false)) {

            // when
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> EmbeddedServers.start(directory, true, false))
                        .hasMessageEndingWith("is in use by process "
                                + ProcessHandle.current().pid());
            }

            // then
            assertThat(query(databaseUrl(servers), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void settingsAreThoseOfARealServer() throws SQLException {
        // when
        try (EmbeddedServers servers = EmbeddedServers.start(directory, true, false)) {

            // then
            String url = databaseUrl(servers);
            assertThat(query(url, "show fsync")).isEqualTo("on");
            assertThat(query(url, "show full_page_writes")).isEqualTo("on");
            assertThat(query(url, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(url, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(url, "show unix_socket_directories")).isEmpty();
            // Not "timezone", for which the driver of this test sets its own.
            assertThat(query(url, "show log_timezone")).isEqualTo("UTC");
            assertThat(query(url, "show max_connections")).isEqualTo("200");
            assertThat(query(url, "show server_encoding")).isEqualTo("UTF8");
            assertThat(query(url, "select concat(datlocprovider, datlocale) from pg_database where datname = 'huying'"))
                    .isEqualTo("bC.UTF-8");
            assertThat(servers.redisUrl()).isNull();
        }
    }

    @Test
    void trigramsSeeChinese() throws SQLException {
        // given
        try (EmbeddedServers servers = EmbeddedServers.start(directory, true, false)) {
            execute(databaseUrl(servers), "create extension if not exists pg_trgm");

            // when
            String count = query(databaseUrl(servers), "select cardinality(show_trgm('下水道堵塞'))");

            // then
            assertThat(count).isEqualTo("6");
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        // given
        try (EmbeddedServers servers = EmbeddedServers.start(directory, true, false)) {
            String wrong = databaseUrl(servers).replaceFirst(":[^:@]*@", ":wrong@");

            // when
            assertThatThrownBy(() -> query(wrong, "select 1"))

                    // then
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void thePasswordIsForItsOwnerOnly() throws IOException {
        // given
        EmbeddedServers.start(directory, true, true).close();

        // when
        List<Path> secrets = List.of(directory.resolve("postgres/password"), directory.resolve("redis/redis.conf"));

        // then
        for (Path secret : secrets) {
            assertThat(Files.getPosixFilePermissions(secret)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void anInnocentProcessNamedInAStalePidFileIsLeftAlone() throws Exception {
        // given
        EmbeddedServers.start(directory, true, false).close();
        Process innocent = new ProcessBuilder("cat").start();
        Files.writeString(
                directory.resolve("postgres/data/postmaster.pid"), innocent.pid() + "\n/elsewhere\n1\n5432\n\n\n\n");

        // when
        try (EmbeddedServers servers = EmbeddedServers.start(directory, true, false)) {

            // then
            assertThat(query(databaseUrl(servers), "select 1")).isEqualTo("1");
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroy();
        }
    }

    @Test
    void halfUnpackedProgramsAndHalfMadeDataAreMadeAnew(@TempDir Path fresh) throws Exception {
        // given
        Files.createDirectories(fresh.resolve("postgres/program-unfinished/bin"));
        Files.createDirectories(fresh.resolve("postgres/data-unfinished/base"));

        // when
        try (EmbeddedServers servers = EmbeddedServers.start(fresh, true, false)) {

            // then
            assertThat(query(databaseUrl(servers), "select 1")).isEqualTo("1");
            assertThat(fresh.resolve("postgres/program-unfinished")).doesNotExist();
            assertThat(fresh.resolve("postgres/data-unfinished")).doesNotExist();
        }
    }

    @Test
    void aServerThatCannotStartSaysWhy() throws IOException {
        // given
        EmbeddedServers.start(directory, true, false).close();
        Path settings = directory.resolve("postgres/data/postgresql.conf");
        String good = Files.readString(settings);
        Files.writeString(settings, "no_such_setting = 1\n");

        // when
        assertThatThrownBy(() -> EmbeddedServers.start(directory, true, true))

                // then
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("unrecognized configuration parameter \"no_such_setting\"");
        assertThat(servers()).isEmpty();
        Files.writeString(settings, good);
    }

    @Test
    void rootWithoutUserNamespacesRunsItUnderAnotherUser(@TempDir Path closed) throws SQLException, IOException {
        // given
        assumeTrue(ServerAccount.self().owner() == 0, "only root can change users");
        List<ServerAccount> accounts = ServerAccount.withoutNamespaces();
        LentPrograms.into(closed);

        // when
        try (EmbeddedPostgres server = EmbeddedPostgres.start(
                closed, EmbeddedPostgres.Durability.FULL, data -> accounts, EmbeddedPostgres.ANY_PORT)) {

            // then
            assertThat(closed.resolve("data"))
                    .satisfies(data ->
                            assertThat(Files.getAttribute(data, "unix:uid")).isEqualTo(65534));
            assertThat(query(server.url(), "show fsync")).isEqualTo("on");
        }
    }

    private static List<ProcessHandle> servers() throws IOException {
        String home = directory.toRealPath() + "/";
        return Processes.find(
                arguments -> !arguments.isEmpty() && arguments.get(0).startsWith(home));
    }

    private static String databaseUrl(EmbeddedServers servers) {
        return Objects.requireNonNull(servers.ownerUrl());
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(TestServers.jdbcUrl(url));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(TestServers.jdbcUrl(url));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}

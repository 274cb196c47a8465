package org.huying;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.huying.db.Migrations;
import org.huying.testing.DemoTemplate;
import org.huying.testing.KeyFiles;
import org.huying.testing.OldPostgres;
import org.huying.testing.Streams;
import org.huying.testing.TestDay;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a start can fail: with exit code 2, and a sentence for whoever started it. */
class StartTest {
    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final String url = TestServers.createDatabase();
    private KeyFiles keys;

    @BeforeEach
    void environment() throws IOException {
        keys = KeyFiles.generate(directory);
        environment.putAll(Map.of(
                "HUYING_DATABASE_URL", url,
                "HUYING_MIGRATION_DATABASE_URL", TestServers.ownerUrl(url),
                "HUYING_REDIS_URL", TestServers.redisUrl(),
                "HUYING_DATA_DIR", directory.resolve("data").toString(),
                "HUYING_HTTP_PORT", "0",
                "HUYING_MANAGEMENT_PORT", "0",
                "HUYING_JWT_KEY_FILE", keys.signing().toString(),
                "HUYING_DATA_KEY_FILE", keys.data().toString()));
        environment.putAll(Map.of(
                "HUYING_WECHAT_URL", "http://127.0.0.1:1",
                "HUYING_WECHAT_APP_ID", "app",
                "HUYING_WECHAT_SECRET", "s3cr3t",
                "HUYING_STOP_DELAY", "PT0S"));
    }

    private void assertRefused(String name, String value, String sentence) {
        var before = environment.put(name, value);
        assertRefused(sentence);
        environment.put(name, before == null ? "" : before);
    }

    private void assertRefused(String... sentences) {
        var ended = Streams.of(() -> {
            var code = new AtomicInteger();
            Main.run(new String[0], environment, TestDay.running(), code::set);
            return code.get();
        });
        var lines = ended.err().lines().toList();
        // The log goes there too; a fault that is foreseen is none for the log.
        assertThat(lines).allMatch(line -> !line.startsWith("{") || line.contains("\"throwable\":null"));
        var text = lines.stream().filter(line -> !line.startsWith("{")).collect(Collectors.joining("\n"));
        assertThat(text.lines()).as(text).hasSize(1);
        assertThat(text).startsWith("huying: ").contains(sentences);
        assertThat(text)
                .doesNotContain("Exception", "java.", "org.", "null", "{", "s3cr3t", "not foreseen")
                .doesNotContain(URI.create(url).getUserInfo());
        assertThat(ended.code()).isEqualTo(2);
    }

    private static String with(String user, String host, int port, String database) {
        return "postgresql://" + user + "@" + host + ":" + port + "/" + database;
    }

    @Test
    void aDatabaseThatCannotBeHadIsSaidInASentence() {
        var own = URI.create(TestServers.ownerUrl(url));
        var user = own.getUserInfo().split(":", 2)[0];
        var name = TestServers.databaseName(url);
        environment.put("HUYING_MIGRATION_DATABASE_URL", "");
        assertRefused(
                "HUYING_DATABASE_URL",
                with(user + ":s3cr3t", "127.0.0.1", own.getPort(), name),
                "refuses this user name or password");
        assertRefused(
                "HUYING_DATABASE_URL",
                with("nobody:s3cr3t", "127.0.0.1", own.getPort(), name),
                "refuses this user name or password");
        assertRefused(
                "HUYING_DATABASE_URL",
                with(own.getUserInfo(), "127.0.0.1", own.getPort(), "nothing"),
                "there is no such database");
        assertRefused(
                "HUYING_DATABASE_URL", with("huying:s3cr3t", "127.0.0.1", 1, name), "nothing answers at 127.0.0.1:1");
        assertRefused(
                "HUYING_DATABASE_URL",
                with("huying:s3cr3t", "no-such-host.invalid", 5432, name),
                "the database at no-such-host.invalid:5432/" + name);
        assertRefused(
                "HUYING_DATABASE_URL",
                with("huying:s3cr3t", "no-such-host.invalid", 5432, name).replace(":5432", ""),
                "the database at no-such-host.invalid/" + name);
    }

    @Test
    void aRoleThatCannotLogInIsSaidInASentence() {
        var own = URI.create(url);
        assertRefused(
                "HUYING_DATABASE_URL",
                with("huying_service:s3cr3t", "127.0.0.1", own.getPort(), TestServers.databaseName(url)),
                "refuses this user name or password");
    }

    @Test
    void anOlderPostgresqlIsRefused() throws IOException {
        try (var old = OldPostgres.start("17.6 (Debian 17.6-1)")) {
            environment.put("HUYING_MIGRATION_DATABASE_URL", "");
            assertRefused(
                    "HUYING_DATABASE_URL",
                    with("huying:s3cr3t", "127.0.0.1", old.port(), "huying"),
                    "it is PostgreSQL 17.6 (Debian 17.6-1), and version 18 or newer is needed");
        }
    }

    @Test
    void aSchemaOfAnotherBuildIsRefused() throws SQLException {
        Migrations.run(TestServers.ownerUrl(url), url);
        change("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success)"
                + " VALUES (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'huying', 1, true)");
        assertRefused("a newer build has migrated it, to 999: start that build, or a newer one");
        change("DELETE FROM flyway_schema_history WHERE version = '999'");
        change("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'");
        assertRefused("the migrations that made its tables are not those of this build");
    }

    @Test
    void keysThatDoNotFitAreRefusedAlsoWhereTheDemoIsToBeLoaded() throws Exception {
        Migrations.run(TestServers.ownerUrl(url), url);
        FoundDistrict.found(
                url,
                KeyFiles.generate(Files.createDirectory(directory.resolve("others")))
                        .read()
                        .cipher(),
                "青禾县",
                "first.admin",
                ZoneId.of("Asia/Shanghai"),
                false);
        assertRefused("the index key in the file of data keys is not the one");
        assertRefused("HUYING_DEMO", "true", "the index key in the file of data keys is not the one");
    }

    @Test
    void theDemoIsRefusedWhereNoneIsMeant() throws IOException {
        DemoTemplate.fill(TestServers.ownerUrl(url), url, keys.read());
        assertRefused("the database holds the demo districts", "HUYING_DEMO=true");
    }

    @Test
    void whatWasTriedWithTheSimulatorNeverGoesLiveNorWhatIsLiveIsTried() throws SQLException {
        Migrations.run(TestServers.ownerUrl(url), url);
        change("INSERT INTO wechat_use (simulated, since) VALUES (true, now())");
        assertRefused("this database was used with HUYING_WECHAT_SIMULATOR");
        change("DELETE FROM wechat_use");
        // Somebody logged in before it was put on record with what.
        change("WITH p AS (INSERT INTO person (id, created_at) VALUES (gen_random_uuid(), now()) RETURNING id)"
                + " INSERT INTO wechat_login (openid_index, person_id) SELECT 'x', id FROM p");
        for (var name : List.of("URL", "APP_ID", "SECRET")) {
            environment.put("HUYING_WECHAT_" + name, "");
        }
        assertRefused("HUYING_WECHAT_SIMULATOR", "true", "the people in this database log in with WeChat");
        change("UPDATE wechat_use SET simulated = false");
        assertRefused("HUYING_WECHAT_SIMULATOR", "true", "the people in this database log in with WeChat");
    }

    @Test
    void aPortOrAnAddressThatCannotBeHadIsSaidInASentence() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            assertRefused("HUYING_MANAGEMENT_PORT", port, "port " + port + ": the port is in use");
            assertRefused("HUYING_HTTP_PORT", port, "choose another with HUYING_HTTP_PORT");
        }
        assertRefused("HUYING_HTTP_ADDRESS", "192.0.2.1", "this machine has no such address");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaidInASentence() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "");
        assertRefused("HUYING_DATA_DIR", file.toString(), file.toString());
        assertRefused("HUYING_DATA_DIR", file.resolve("below").toString(), file.toString());
        assertRefused("HUYING_DATA_DIR", "/proc/huying", "/proc/huying");
    }

    @Test
    void aFileOfKeysOrTemplatesThatCannotBeReadIsSaidInASentence() throws IOException {
        var bytes = Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        assertRefused("HUYING_DATA_KEY_FILE", bytes.toString(), "no usable data keys in " + bytes);
        assertRefused("HUYING_JWT_KEY_FILE", bytes.toString(), "no usable Ed25519 keys in " + bytes);
        assertRefused("HUYING_WECHAT_TEMPLATES_FILE", bytes.toString(), "HUYING_WECHAT_TEMPLATES_FILE");
        var nonsense = Files.writeString(directory.resolve("nonsense"), "tea.pot=\\u12\n");
        assertRefused("HUYING_WECHAT_TEMPLATES_FILE", nonsense.toString(), "HUYING_WECHAT_TEMPLATES_FILE");
    }

    private void change(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)))) {
            connection.createStatement().execute(sql);
        }
    }
}

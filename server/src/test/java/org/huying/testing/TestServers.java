package org.huying.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.db.Migrations;
import org.huying.demo.embedded.EmbeddedPostgres;
import org.huying.demo.embedded.EmbeddedRedis;
import org.huying.demo.embedded.TestDirectory;

/**
 * The PostgreSQL and the Redis of this test run: started by whoever asks first, stopped and deleted when the JVM ends.
 * PostgreSQL runs without fsync; a test that is about durability starts a server of its own.
 */
public final class TestServers {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final TestDirectory directory;
    private final EmbeddedPostgres postgres;
    private final EmbeddedRedis redis;

    private TestServers() throws IOException {
        directory = TestDirectory.create();
        postgres = EmbeddedPostgres.start(directory.path().resolve("postgres"), EmbeddedPostgres.Durability.NONE);
        redis = EmbeddedRedis.start(directory.path().resolve("redis"));
    }

    /**
     * The address of a new, empty database, {@code postgresql://user:password@127.0.0.1:port/name}, as the service has
     * it: its user owns nothing, and has no rights before the migrations.
     */
    public static String createDatabase() {
        return createDatabase("template1");
    }

    /** As {@link #createDatabase()}, a copy of another that nobody may be connected to meanwhile; rights are copied. */
    public static String createDatabase(String template) {
        String name = "test_" + DATABASES.incrementAndGet();
        URI server = URI.create(Running.SERVERS.postgres.url());
        try (Connection connection = DriverManager.getConnection(jdbcUrl(ownerUrl(server.toString())));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + statement.enquoteIdentifier(template, true));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create a database from " + template, e);
        }
        forgetRedis();
        return server.resolve("/" + name).toString();
    }

    /** The people of all databases have the same ids: what one test has used up of their limits is not another's. */
    private static void forgetRedis() {
        var redis = URI.create(redisUrl());
        try (var socket = new Socket(redis.getHost(), redis.getPort())) {
            var password =
                    redis.getUserInfo() == null ? "" : redis.getUserInfo().replaceFirst("^[^:]*:", "");
            var commands = (password.isEmpty() ? "" : "AUTH " + password + "\r\n") + "FLUSHALL\r\nQUIT\r\n";
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (answers.contains("-")) {
                throw new IllegalStateException("Redis does not forget: " + answers);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the same database for the role that owns it, which may do anything. */
    public static String ownerUrl(String url) {
        return URI.create(Running.SERVERS.postgres.ownerUrl())
                .resolve(URI.create(url).getPath())
                .toString();
    }

    /** As {@link #createDatabase()}, with the schema of this build: a copy of one that is migrated once for all. */
    public static String createMigratedDatabase() {
        return createDatabase(Migrated.NAME);
    }

    /** The name in a database's address, as a template for {@link #createDatabase(String)}. */
    public static String databaseName(String url) {
        return URI.create(url).getPath().substring(1);
    }

    /** The same address as JDBC wants it, for tests that look at rows directly. */
    public static String jdbcUrl(String url) {
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        return "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath() + "?user=" + user[0]
                + "&password=" + user[1];
    }

    /** Where the run's PostgreSQL has its programs and its data. */
    public static Path postgresHome() {
        return directory().resolve("postgres");
    }

    /** A directory for other things of this test run; it goes away with the servers. */
    public static Path directory() {
        return Running.SERVERS.directory.path();
    }

    /** The address of the Redis that all tests of this run share. */
    public static String redisUrl() {
        return Running.SERVERS.redis.url();
    }

    private void stop() {
        try (directory) {
            redis.close();
            postgres.abandon();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made on first use. */
    private static final class Migrated {
        static final String NAME = create();

        private static String create() {
            var url = createDatabase();
            Migrations.run(ownerUrl(url), url);
            return databaseName(url);
        }
    }

    /** Loaded, and so started, on first use. */
    private static final class Running {
        static final TestServers SERVERS = start();

        private static TestServers start() {
            try {
                TestServers servers = new TestServers();
                Runtime.getRuntime().addShutdownHook(new Thread(servers::stop, "stop-test-servers"));
                return servers;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

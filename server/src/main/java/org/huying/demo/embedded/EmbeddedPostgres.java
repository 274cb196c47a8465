package org.huying.demo.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.huying.command.Failures;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL under a directory of ours, for this process alone. It runs in a session of its own and has no
 * shutdown hook: it ends when {@link #close()} is called. If this process is killed it goes on, and the next start on
 * the directory stops it first.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String DATABASE = "huying";
    private static final int MAX_CONNECTIONS = 200;
    private static final int ATTEMPTS = 3;
    static final int ANY_PORT = 0;

    /** Long, because a server that was killed replays its log first. */
    private static final Duration START = Duration.ofMinutes(2);

    private final DirectoryLock lock;
    private final PostgresCluster cluster;
    private final Durability durability;
    private final int port;
    private volatile Process process;

    private EmbeddedPostgres(
            DirectoryLock lock, PostgresCluster cluster, Durability durability, Process process, int port) {
        this.lock = lock;
        this.cluster = cluster;
        this.durability = durability;
        this.process = process;
        this.port = port;
    }

    /** What a commit promises. */
    public enum Durability {
        /** It survives a crash of the machine. */
        FULL,
        /** It survives a crash of this process; for tests that want speed. */
        NONE
    }

    /**
     * Starts the server, making its directory on first use; blocks until it takes connections.
     *
     * @throws EmbeddedServerException if it cannot start, or if another process has the directory
     */
    public static EmbeddedPostgres start(Path directory) {
        return start(directory, Durability.FULL);
    }

    /** As {@link #start(Path)}, with a choice of durability. */
    public static EmbeddedPostgres start(Path directory, Durability durability) {
        return start(directory, durability, ServerAccount::candidates, ANY_PORT);
    }

    /** As {@link #start(Path)}, on the port that clients know from a start before. */
    static EmbeddedPostgres start(Path directory, Durability durability, PostgresCluster.Accounts accounts, int port) {
        try {
            // The real path, since servers left running are known by it.
            Path home = Files.createDirectories(directory).toRealPath();
            DirectoryLock lock = DirectoryLock.acquire(home);
            try {
                return launch(lock, PostgresCluster.open(home, accounts), durability, port);
            } catch (IOException | SQLException | RuntimeException e) {
                lock.release();
                throw e;
            }
        } catch (IOException | SQLException e) {
            throw new EmbeddedServerException(
                    "cannot start PostgreSQL in " + directory + ": " + Failures.inAnyWords(e), e);
        }
    }

    private static EmbeddedPostgres launch(
            DirectoryLock lock, PostgresCluster cluster, Durability durability, int wanted)
            throws IOException, SQLException {
        for (int attempt = 1; ; attempt++) {
            int port = wanted == ANY_PORT ? Commands.freePort() : wanted;
            Process process = spawn(cluster, port, durability);
            try {
                if (awaitReady(cluster, process)) {
                    EmbeddedPostgres server = new EmbeddedPostgres(lock, cluster, durability, process, port);
                    server.createWhatIsMissing();
                    return server;
                }
            } catch (SQLException | RuntimeException e) {
                // Not forcibly: whatever is wrong, the data stays in order.
                cluster.stop(process.pid());
                throw e;
            }
            String log = Commands.tail(cluster.log());
            if (attempt == ATTEMPTS || !log.contains("in use")) {
                throw new EmbeddedServerException("PostgreSQL cannot start in " + cluster.home() + "\n" + log);
            }
            // "Address already in use": somebody was faster. "Shared memory block still in use": the children of a
            // server that was killed are about to notice.
        }
    }

    private static Process spawn(PostgresCluster cluster, int port, Durability durability) throws IOException {
        return Commands.server(
                cluster.command("postgres", arguments(cluster.data(), port, durability)),
                cluster.home(),
                cluster.log());
    }

    Process process() {
        return process;
    }

    /** After it has died, on its port and data; blocks until it is of use again. */
    void startAgain() {
        try {
            // Waits for what the dead server left behind, which holds its memory and its port.
            new PostmasterFile(cluster.data()).removeIfStale();
            process = spawn(cluster, port, durability);
            if (!awaitReady(cluster, process)) {
                throw new EmbeddedServerException(
                        "PostgreSQL cannot start in " + cluster.home() + "\n" + Commands.tail(cluster.log()));
            }
        } catch (IOException e) {
            throw new EmbeddedServerException("cannot start PostgreSQL again: " + Failures.inAnyWords(e), e);
        }
    }

    private static List<String> arguments(Path data, int port, Durability durability) {
        String durable = durability == Durability.FULL ? "on" : "off";
        List<String> settings = List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "max_connections=" + MAX_CONNECTIONS,
                "fsync=" + durable,
                "full_page_writes=" + durable,
                "synchronous_commit=" + durable,
                "timezone=UTC",
                "log_timezone=UTC",
                // Neither statements nor values: the log must not tell names and phones.
                "log_min_error_statement=panic",
                "log_error_verbosity=terse",
                "log_checkpoints=off");
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString()));
        settings.forEach(setting -> arguments.addAll(List.of("-c", setting)));
        return arguments;
    }

    /** False when the process ended instead. */
    private static boolean awaitReady(PostgresCluster cluster, Process process) {
        PostmasterFile file = new PostmasterFile(cluster.data());
        if (!Processes.await(() -> !process.isAlive() || file.isReady(process.pid()), START)) {
            throw new EmbeddedServerException(
                    "PostgreSQL is not ready after " + START.toMinutes() + " minutes\n" + Commands.tail(cluster.log()));
        }
        return process.isAlive();
    }

    /** The database, and the role that the service runs as, which owns nothing; whatever made the directory. */
    private void createWhatIsMissing() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser(PostgresCluster.USER);
        source.setPassword(cluster.password());
        source.setSslMode("disable");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            if (isMissing(statement, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
                statement.execute("create database " + DATABASE);
            }
            String role = PostgresCluster.SERVICE_USER;
            if (isMissing(statement, "select 1 from pg_roles where rolname = '" + role + "'")) {
                statement.execute("create role " + role);
            }
            statement.execute("alter role " + role
                    + " login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '"
                    + cluster.servicePassword() + "'");
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return !found.next();
        }
    }

    /** {@code postgresql://user:password@127.0.0.1:port/huying}; the user owns nothing and has the rights it was given. */
    public String url() {
        return url(PostgresCluster.SERVICE_USER, cluster.servicePassword(), port);
    }

    /** The same database; the user owns the whole server. */
    public String ownerUrl() {
        return url(PostgresCluster.USER, cluster.password(), port);
    }

    /**
     * The owner's address of the server that runs on a directory, whoever started it; empty when none does.
     *
     * @param directory as it was given to {@link #start(Path)}
     */
    public static Optional<String> runningOn(Path directory) throws IOException {
        if (!Files.exists(directory.resolve("data"))) {
            return Optional.empty();
        }
        Path home = directory.toRealPath();
        OptionalInt port = new PostmasterFile(home.resolve("data")).portIfReady();
        return port.isEmpty()
                ? Optional.empty()
                : Optional.of(url(PostgresCluster.USER, PostgresCluster.knownPassword(home), port.getAsInt()));
    }

    private static String url(String user, String password, int port) {
        return "postgresql://" + user + ":" + password + "@127.0.0.1:" + port + "/" + DATABASE;
    }

    /** Ends all sessions and stops the server; blocks until it has. */
    @Override
    public void close() {
        end(cluster::stop);
    }

    /** The same without writing what is in memory to the disk first: for data that nobody will ask for again. */
    public void abandon() {
        end(cluster::stopAtOnce);
    }

    private interface Stop {
        void accept(long pid) throws IOException;
    }

    private void end(Stop stop) {
        try {
            if (process.isAlive()) {
                stop.accept(process.pid());
            }
        } catch (IOException e) {
            throw new EmbeddedServerException(
                    "cannot stop PostgreSQL in " + cluster.home() + ": " + Failures.inAnyWords(e), e);
        } finally {
            lock.release();
        }
    }
}

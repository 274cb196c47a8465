package org.huying.demo.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data directory that no server runs on, ready to be started: {@code program-…}, {@code data}, {@code password},
 * {@code service-password}, {@code server.log}.
 */
final class PostgresCluster {
    static final String USER = "huying";

    /** What the service runs as: the owner of nothing. */
    static final String SERVICE_USER = "huying_service";

    private static final String PASSWORD = "password";

    /** A fast stop ends all sessions and writes a checkpoint, which takes as long as the disk does. */
    private static final Duration FAST_STOP = Duration.ofMinutes(1);

    private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);

    private final Path home;
    private final Path program;
    private final ServerAccount account;
    private final String password;
    private final String servicePassword;

    private PostgresCluster(Path home, Path program, ServerAccount account, String password, String servicePassword) {
        this.home = home;
        this.program = program;
        this.account = account;
        this.password = password;
        this.servicePassword = servicePassword;
    }

    /** Which accounts may be tried for a data directory. */
    @FunctionalInterface
    interface Accounts {
        List<ServerAccount> candidates(Path data) throws IOException;
    }

    /** Unpacks, stops what a killed process left running, makes the data directory; each only where needed. */
    static PostgresCluster open(Path home, Accounts accounts) throws IOException {
        startLog(home);
        Path program = PostgresProgram.unpack(home);
        Path data = data(home);
        ServerAccount account = ServerAccount.choose(
                accounts.candidates(data), program.resolve("bin").resolve("postgres"), home, log(home));
        PostgresCluster cluster =
                new PostgresCluster(home, program, account, password(home), secret(home, "service-password"));
        cluster.stopOrphans();
        PostgresProgram.removeOthers(home, program);
        if (Files.exists(data)) {
            account.own(data);
            new PostmasterFile(data).removeIfStale();
        } else {
            cluster.initialise();
        }
        return cluster;
    }

    Path home() {
        return home;
    }

    Path data() {
        return data(home);
    }

    Path log() {
        return log(home);
    }

    String password() {
        return password;
    }

    String servicePassword() {
        return servicePassword;
    }

    /** One of PostgreSQL's programs, as it is run under the account of this directory. */
    List<String> command(String name, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(program.resolve("bin").resolve(name).toString());
        command.addAll(arguments);
        return account.command(command);
    }

    /** Stops a server in good order, in bad order where that takes too long; never so that data could be lost. */
    void stop(long pid) throws IOException {
        signal("INT", pid);
        if (!Processes.awaitEnd(pid, FAST_STOP)) {
            LOG.warn("PostgreSQL {} takes more than {} to stop; it will recover at its next start", pid, FAST_STOP);
            stopAtOnce(pid);
        }
    }

    /** Stops a server without a checkpoint: it recovers at its next start, if it has one. */
    void stopAtOnce(long pid) throws IOException {
        signal("QUIT", pid);
        if (!Processes.awaitEnd(pid, IMMEDIATE_STOP)) {
            throw new EmbeddedServerException(
                    "PostgreSQL, process " + pid + ", does not stop\n" + Commands.tail(log()));
        }
    }

    /**
     * The JDK can only send TERM, on which PostgreSQL waits for its clients to leave, and KILL. Sent as ourselves, for
     * a server left running may be another account's than the one chosen now.
     */
    private void signal(String name, long pid) throws IOException {
        List<String> command = List.of("sh", "-c", "kill -" + name + " " + pid);
        if (Commands.run(command, home, log()) != 0 && Processes.isRunning(pid)) {
            throw new EmbeddedServerException(
                    "PostgreSQL, process " + pid + ", cannot be stopped\n" + Commands.tail(log()));
        }
    }

    private void stopOrphans() throws IOException {
        String programs = home + "/" + PostgresProgram.PREFIX;
        Predicate<List<String>> isServer = arguments -> {
            int option = arguments.indexOf("-D");
            return option > 0
                    && option + 1 < arguments.size()
                    && arguments.get(0).startsWith(programs)
                    && arguments.get(option + 1).equals(data().toString());
        };
        for (ProcessHandle orphan : Processes.find(isServer)) {
            LOG.info("stopping PostgreSQL {}, left running on {}", orphan.pid(), data());
            stop(orphan.pid());
        }
        // An initdb that outlived its starter works on what is about to be deleted. It may start another helper before
        // it is gone, hence the loop.
        Predicate<List<String>> isHelper =
                arguments -> !arguments.isEmpty() && arguments.get(0).startsWith(programs);
        for (List<ProcessHandle> helpers = Processes.find(isHelper);
                !helpers.isEmpty();
                helpers = Processes.find(isHelper)) {
            for (ProcessHandle helper : helpers) {
                helper.destroyForcibly();
                if (!Processes.awaitEnd(helper.pid(), IMMEDIATE_STOP)) {
                    throw new EmbeddedServerException("process " + helper.pid() + " works on " + home);
                }
            }
        }
    }

    private void initialise() throws IOException {
        Path unfinished = home.resolve("data-unfinished");
        Trees.delete(unfinished);
        Files.createDirectory(unfinished);
        account.own(unfinished);
        Path secret = home.resolve("password-for-initdb");
        Trees.writePrivately(secret, password);
        account.own(secret);
        List<String> command = command(
                "initdb",
                List.of(
                        "--pgdata=" + unfinished,
                        "--username=" + USER,
                        "--pwfile=" + secret,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        // pg_trgm asks libc, not the provider, what a letter is: under C it sees no Chinese.
                        "--locale=C.UTF-8",
                        "--lc-messages=C",
                        "--no-instructions"));
        int exit = Commands.run(command, home, log());
        Files.delete(secret);
        if (exit != 0) {
            throw new EmbeddedServerException(
                    "PostgreSQL cannot make its data directory in " + home + "\n" + Commands.tail(log()));
        }
        Trees.publish(unfinished, data());
    }

    private static String password(Path home) throws IOException {
        return Files.exists(data(home)) ? knownPassword(home) : secret(home, PASSWORD);
    }

    /** The owner's, of a directory that is there. */
    static String knownPassword(Path home) throws IOException {
        Path file = home.resolve(PASSWORD);
        if (!Files.exists(file)) {
            throw new EmbeddedServerException("the password of the database is missing: " + file);
        }
        return Files.readString(file);
    }

    /** Made on first use. */
    private static String secret(Path home, String name) throws IOException {
        Path file = home.resolve(name);
        if (!Files.exists(file)) {
            Path unfinished = home.resolve(name + "-unfinished");
            Trees.writePrivately(unfinished, Trees.newSecret());
            Trees.publish(unfinished, file);
        }
        return Files.readString(file);
    }

    /** Keeps the log of the start before, and no more. */
    private static void startLog(Path home) throws IOException {
        if (Files.exists(log(home))) {
            Trees.publish(log(home), home.resolve("server.log.1"));
        }
    }

    private static Path data(Path home) {
        return home.resolve("data");
    }

    private static Path log(Path home) {
        return home.resolve("server.log");
    }
}

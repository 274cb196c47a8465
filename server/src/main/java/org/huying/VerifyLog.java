package org.huying;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.huying.app.Environment;
import org.huying.app.Infrastructure;
import org.huying.app.Keys;
import org.huying.app.SettingsException;
import org.huying.app.StartException;
import org.huying.command.Addresses;
import org.huying.command.CommandException;
import org.huying.command.Program;
import org.huying.db.FieldCipher;
import org.huying.demo.embedded.EmbeddedPostgres;
import org.huying.demo.embedded.EmbeddedServerException;
import org.huying.ticket.verify.LogVerifier;
import org.huying.ticket.verify.SavedDigests;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the event log: ends with 0 when all is intact, 1 when something is not, 2 when it could not be told. The
 * database is the one named, else the one of {@code HUYING_DATABASE_URL}, else the embedded one under
 * {@code HUYING_DATA_DIR}, whether it runs or not.
 */
public final class VerifyLog {
    private static final String USAGE =
            "usage: scripts/verify-log [postgresql://user:password@host:port/name] [--digests FILE]";

    private final Map<String, String> environment;
    private final @Nullable String url;
    private final SavedDigests saved;

    private VerifyLog(Map<String, String> environment, @Nullable String url, SavedDigests saved) {
        this.environment = environment;
        this.url = url;
        this.saved = saved;
    }

    /** Runs once. */
    public static void main(String[] args) {
        System.exit(run(args, System.getenv()));
    }

    /** Runs once; returns what the process is to end with. */
    public static int run(String[] args, Map<String, String> environment) {
        var program = new Program(
                "verify-log", List.of(EmbeddedServerException.class, SettingsException.class, StartException.class));
        return program.run(
                () -> parse(Arrays.asList(args), Environment.read(environment)).verify() ? 0 : 1);
    }

    private static VerifyLog parse(List<String> args, Map<String, String> environment) throws IOException {
        String url = environment.get("HUYING_DATABASE_URL");
        var saved = SavedDigests.none();
        for (var rest = args.iterator(); rest.hasNext(); ) {
            var arg = rest.next();
            if (arg.equals("--digests") && rest.hasNext()) {
                saved = digests(Path.of(rest.next()));
            } else if (Addresses.isDatabase(arg)) {
                url = arg;
            } else {
                throw new CommandException(USAGE);
            }
        }
        return new VerifyLog(environment, url, saved);
    }

    private static SavedDigests digests(Path file) throws IOException {
        try {
            return SavedDigests.read(file);
        } catch (IllegalArgumentException e) {
            throw new CommandException("not digests as the public API gives them: " + file, e);
        }
    }

    private boolean verify() throws IOException {
        if (url != null) {
            return verify(Addresses.database(url));
        }
        var directory = dataDirectory().resolve("postgres");
        if (Files.notExists(directory.resolve("data"))) {
            throw new CommandException("no database under " + directory + "; " + USAGE);
        }
        var running = EmbeddedPostgres.runningOn(directory);
        if (running.isPresent()) {
            return verify(running.get());
        }
        try (var started = EmbeddedPostgres.start(directory)) {
            return verify(started.ownerUrl());
        }
    }

    private boolean verify(String databaseUrl) throws IOException {
        return new LogVerifier(cipher(), saved, System.out, System.err).run(databaseUrl, now());
    }

    /** As the service has it. */
    private Instant now() {
        try {
            var offset = environment.getOrDefault("HUYING_DEMO_CLOCK_OFFSET", "PT0S");
            return Infrastructure.domainClock(Clock.systemUTC(), Duration.parse(offset))
                    .instant();
        } catch (DateTimeException e) {
            throw new CommandException("HUYING_DEMO_CLOCK_OFFSET must be a duration such as P8D or PT90M", e);
        }
    }

    /** The key named, or that of the embedded database; null where there is none. */
    private @Nullable FieldCipher cipher() throws IOException {
        var named = environment.get("HUYING_DATA_KEY_FILE");
        var file =
                named != null ? Path.of(named) : url == null ? dataDirectory().resolve("data-keys.properties") : null;
        return file == null || (named == null && Files.notExists(file)) ? null : Keys.data(file);
    }

    private Path dataDirectory() {
        return Path.of(environment.getOrDefault("HUYING_DATA_DIR", "data"));
    }
}

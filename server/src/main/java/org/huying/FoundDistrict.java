package org.huying;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.huying.db.DataKeys;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Migrations;
import org.huying.db.Pools;
import org.huying.db.clock.ClockGuard;
import org.huying.db.clock.ClockWatch;
import org.huying.demo.embedded.EmbeddedPostgres;
import org.huying.demo.embedded.EmbeddedServerException;
import org.huying.identity.staff.StaffBatch;
import org.huying.kernel.Refusal;
import org.huying.place.Places;
import org.huying.place.admin.Founding;

/**
 * Founds a district with its first administrator, whose activation code it prints: ends with 0, with 1 when there is such
 * a district or user name, with 2 when it could not be told. The database is the one of {@code HUYING_DATABASE_URL}, else
 * the embedded one under {@code HUYING_DATA_DIR}, whether it runs or not; it is migrated first.
 */
public final class FoundDistrict {
    private static final String USAGE = "usage: scripts/found-district NAME ADMIN_USERNAME [ZONE]";
    private static final String USERNAME = "[a-z0-9._-]{3,64}";
    private static final int NAME_MAX = 60;

    private FoundDistrict() {}

    /** Runs once. */
    public static void main(String[] args) {
        System.exit(run(args, System.getenv()));
    }

    private static int run(String[] args, Map<String, String> environment) {
        try {
            if (args.length < 2 || args.length > 3) {
                throw new IllegalArgumentException(USAGE);
            }
            var code = found(environment, args[0].strip(), args[1], args.length == 3 ? args[2] : "Asia/Shanghai");
            System.err.println("founded; the administrator sets a password with this code within seven days:");
            System.out.println(code);
            return 0;
        } catch (Refusal refusal) {
            System.err.println("found-district: " + refusal.code());
            return refusal instanceof Refusal.Conflict ? 1 : 2;
        } catch (IllegalArgumentException | IOException | EmbeddedServerException e) {
            System.err.println("found-district: " + e.getMessage());
        } catch (RuntimeException e) {
            System.err.println("found-district: " + e);
        }
        return 2;
    }

    private static String found(Map<String, String> environment, String name, String username, String zone)
            throws IOException {
        if (name.isEmpty() || name.length() > NAME_MAX || !username.matches(USERNAME)) {
            throw new IllegalArgumentException(
                    "a name has 1 to 60 characters, a user name 3 to 64 of a-z, 0-9, dot, underscore and hyphen");
        }
        var inZone = zone(zone);
        var directory = Path.of(environment.getOrDefault("HUYING_DATA_DIR", "data"));
        var url = environment.get("HUYING_DATABASE_URL");
        if (url != null) {
            var file =
                    Objects.requireNonNull(environment.get("HUYING_DATA_KEY_FILE"), "HUYING_DATA_KEY_FILE is missing");
            var owner = environment.getOrDefault("HUYING_MIGRATION_DATABASE_URL", url);
            return found(owner, url, DataKeys.read(Path.of(file)), name, username, inZone);
        }
        Files.createDirectories(directory);
        var keys = directory.resolve("data-keys.properties");
        if (Files.notExists(keys)) {
            DataKeys.generate(keys);
        }
        var cipher = DataKeys.read(keys);
        var postgres = directory.resolve("postgres");
        var running = EmbeddedPostgres.runningOn(postgres);
        if (running.isPresent()) {
            // the node that runs it has migrated it
            return found(running.get(), cipher, name, username, inZone);
        }
        try (var started = EmbeddedPostgres.start(postgres)) {
            return found(started.ownerUrl(), started.url(), cipher, name, username, inZone);
        }
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no such zone: " + zone, e);
        }
    }

    private static String found(
            String ownerUrl, String url, FieldCipher cipher, String name, String username, ZoneId zone) {
        Migrations.run(ownerUrl, url);
        return found(url, cipher, name, username, zone);
    }

    /** On a database that is migrated; shows the code. */
    static String found(String url, FieldCipher cipher, String name, String username, ZoneId zone) {
        var vertx = Vertx.vertx();
        try {
            var clock = Clock.systemUTC();
            var guard = new ClockGuard(clock, clock, System::nanoTime);
            var unguarded = new Database(Pools.forJobs(vertx, "founding", url, 1));
            var database = unguarded.guardedBy(guard);
            var staff = new StaffBatch(
                    cipher, new Places(cipher), (client, districtId, ids) -> Future.succeededFuture(Map.of()), clock);
            return await(database.open()
                    .compose(open -> new ClockWatch(vertx, unguarded, guard).compare())
                    .compose(open -> database.inTransaction(transaction -> Founding.found(transaction, name, zone)
                            .compose(made -> staff.found(
                                    transaction, made.districtId(), username, username, made.topPlaceId())))));
        } finally {
            await(vertx.close());
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}

package org.huying;

import static org.huying.command.Outcomes.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.huying.app.Environment;
import org.huying.app.Keys;
import org.huying.app.SettingsException;
import org.huying.app.StartException;
import org.huying.command.Addresses;
import org.huying.command.CommandException;
import org.huying.command.Program;
import org.huying.db.FieldCipher;
import org.huying.db.Migrations;
import org.huying.db.clock.ClockGuard;
import org.huying.db.clock.ClockWatch;
import org.huying.db.seal.KeyLease;
import org.huying.db.seal.KeyUse;
import org.huying.demo.embedded.EmbeddedPostgres;
import org.huying.demo.embedded.EmbeddedServerException;
import org.huying.identity.staff.StaffBatch;
import org.huying.kernel.Refusal;
import org.huying.kernel.spelling.Shapes;
import org.huying.place.Places;
import org.huying.place.admin.Founding;

/**
 * Founds a district with its first administrator, whose activation code it prints: ends with 0, with 1 when there is such
 * a district or user name, with 2 when it could not be told. The database is the one of {@code HUYING_DATABASE_URL}, else
 * the embedded one under {@code HUYING_DATA_DIR}, whether it runs or not; it is migrated first.
 */
public final class FoundDistrict {
    private static final String USAGE = "usage: scripts/found-district NAME ADMIN_USERNAME [ZONE] [--starter]";
    private static final String USERNAME = "[a-z0-9._-]{3,64}";
    private static final int NAME_MAX = 60;
    private static final String STARTER = "--starter";
    private static final String GIVEN =
            "it begins with the starter's service items, working hours and holidays, and subsidies for"
                    + " the canteens to come: look through them, they are the administrator's to change";
    private static final String NOT_GIVEN =
            "it begins with an empty catalogue, the usual working hours and no subsidies: " + STARTER
                    + " would have given some to begin with";

    private FoundDistrict() {}

    /** Runs once. */
    public static void main(String[] args) {
        System.exit(run(args, System.getenv()));
    }

    /** Runs once; returns what the process is to end with. */
    public static int run(String[] args, Map<String, String> environment) {
        return new Program(
                        "found-district",
                        List.of(
                                EmbeddedServerException.class,
                                StartException.class,
                                SettingsException.class,
                                Migrations.UnfitDatabaseException.class,
                                KeyUse.WrongKeysException.class))
                .run(() -> {
                    var words = Arrays.stream(args)
                            .filter(each -> !each.equals(STARTER))
                            .toList();
                    if (words.size() < 2 || words.size() > 3 || args.length > words.size() + 1) {
                        throw new CommandException(USAGE);
                    }
                    var zone = words.size() == 3 ? words.get(2) : "Asia/Shanghai";
                    var withStarter = args.length > words.size();
                    try {
                        var code = found(environment, words.get(0).strip(), words.get(1), zone, withStarter);
                        System.err.println(
                                "founded; the administrator sets a password with this code within seven days:");
                        System.out.println(code);
                        System.err.println(withStarter ? GIVEN : NOT_GIVEN);
                        return 0;
                    } catch (Refusal.Conflict taken) {
                        System.err.println("found-district: "
                                + (taken.code().equals("district_exists")
                                        ? "there is a district of this name"
                                        : "the user name is taken"));
                        return 1;
                    }
                });
    }

    private static String found(
            Map<String, String> environment, String name, String username, String zone, boolean withStarter)
            throws IOException {
        if (Shapes.isBlank(name) || Shapes.turns(name) || name.length() > NAME_MAX || !username.matches(USERNAME)) {
            throw new CommandException(
                    "a name has 1 to 60 characters, a user name 3 to 64 of a-z, 0-9, dot, underscore and hyphen");
        }
        var inZone = zone(zone);
        var settings = Environment.read(environment);
        var directory = Path.of(settings.getOrDefault("HUYING_DATA_DIR", "data"));
        var url = settings.get("HUYING_DATABASE_URL");
        if (url != null) {
            var file = settings.get("HUYING_DATA_KEY_FILE");
            if (file == null) {
                throw new CommandException("HUYING_DATA_KEY_FILE is required with HUYING_DATABASE_URL");
            }
            var owner = Addresses.database(settings.getOrDefault("HUYING_MIGRATION_DATABASE_URL", url));
            return found(owner, Addresses.database(url), Keys.data(Path.of(file)), name, username, inZone, withStarter);
        }
        Files.createDirectories(directory);
        var cipher = Keys.data(Keys.dataFile(directory));
        var postgres = directory.resolve("postgres");
        var running = EmbeddedPostgres.runningOn(postgres);
        if (running.isPresent()) {
            // the node that runs it has migrated it
            return found(running.get(), cipher, name, username, inZone, withStarter);
        }
        try (var started = EmbeddedPostgres.start(postgres)) {
            return found(started.ownerUrl(), started.url(), cipher, name, username, inZone, withStarter);
        }
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new CommandException("no such zone: " + zone, e);
        }
    }

    private static String found(
            String ownerUrl,
            String url,
            FieldCipher cipher,
            String name,
            String username,
            ZoneId zone,
            boolean withStarter) {
        Migrations.run(ownerUrl, url);
        return found(url, cipher, name, username, zone, withStarter);
    }

    /** On a database that is migrated; shows the code. */
    static String found(
            String url, FieldCipher cipher, String name, String username, ZoneId zone, boolean withStarter) {
        var vertx = Vertx.vertx();
        try {
            var clock = Clock.systemUTC();
            var guard = new ClockGuard(clock, clock, System::nanoTime);
            var lease = new KeyLease(cipher);
            var unguarded = lease.forJobs(vertx, "founding", url, 1);
            var database = unguarded.guardedBy(guard);
            var staff = new StaffBatch(
                    cipher, new Places(cipher), (client, districtId, ids) -> Future.succeededFuture(Map.of()), clock);
            var starter = new Starter(clock, new Places(cipher));
            return await(lease.begin(vertx, url, clock.instant())
                    .compose(begun -> database.open())
                    .compose(open -> new ClockWatch(vertx, unguarded, guard).compare())
                    .compose(open -> database.inTransaction(transaction -> Founding.found(transaction, name, zone)
                            .compose(made -> withStarter
                                    ? starter.give(transaction, made.districtId())
                                            .map(made)
                                    : Future.succeededFuture(made))
                            .compose(made -> staff.found(
                                    transaction, made.districtId(), username, username, made.topPlaceId())))));
        } finally {
            await(vertx.close());
        }
    }
}

package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.huying.db.Database;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No column comes to be that refers to a resident or a household and that nobody has thought about: it is a foreign key, or
 * whoever writes it holds the row, or it needs neither. What holds is what the undoing of an import asks before it takes
 * away.
 */
class WhoIsReferredToTest {
    /** Without a foreign key: whoever writes it holds the resident first, see {@link ImportUndoRaceTest}. */
    private static final Set<String> HELD = Set.of("booking.diner_id", "ticket.reporter_id");

    private static final String LOGS_IN = "of who acts: they log in, and nobody is taken back who does";
    private static final String RESTS = "of whom a meal is booked or a ticket reported for, which holds them";
    private static final String OTHER = "of something else";

    private static final Map<String, String> NEED_NEITHER = Map.ofEntries(
            Map.entry("booking.booked_by_id", LOGS_IN),
            Map.entry("booking.cancelled_by_id", LOGS_IN),
            Map.entry("household_member.agreed_by_id", LOGS_IN),
            Map.entry("household_member.approved_by_id", LOGS_IN),
            Map.entry("household_member.entered_by_id", LOGS_IN),
            Map.entry("idempotency.caller_id", LOGS_IN),
            Map.entry("mandate.offered_by_id", LOGS_IN),
            Map.entry("mandate.proxy_id", LOGS_IN),
            Map.entry("mandate.revoked_by_id", LOGS_IN),
            Map.entry("photo.uploader_id", LOGS_IN),
            Map.entry("resident.registered_by_id", LOGS_IN),
            Map.entry("resident_claim.ended_by_id", LOGS_IN),
            Map.entry("ticket.assignee_id", LOGS_IN),
            Map.entry("ticket_follower.person_id", LOGS_IN),
            Map.entry("care_signal.diner_id", RESTS),
            Map.entry("ticket_actor.person_id", RESTS),
            Map.entry("ticket_co_reporter.person_id", RESTS),
            Map.entry("job.subject_id", "a job finds nobody then, and does nothing"),
            Map.entry("notification.recipient_id", "of nobody it is read by nobody, and goes with its age"),
            Map.entry("notification.subject_id", "a link to what is not there any more"),
            Map.entry("roster_import_row.candidates", "who is not there is not proposed; goes with the import"),
            Map.entry("roster_import_row.decided_resident_id", "who is not there leaves the row in doubt"),
            Map.entry("booking.canteen_id", OTHER),
            Map.entry("booking.meal_id", OTHER),
            Map.entry("booking_dish.booking_id", OTHER),
            Map.entry("booking_dish.dish_id", OTHER),
            Map.entry("completion_day.organization_id", OTHER),
            Map.entry("completion_day.place_path", OTHER),
            Map.entry("completion_delta.organization_id", OTHER),
            Map.entry("completion_delta.place_path", OTHER),
            Map.entry("completion_month.organization_id", OTHER),
            Map.entry("completion_month.place_path", OTHER),
            Map.entry("log_digest_head.ticket_id", OTHER),
            Map.entry("mandate.consent_photo_id", OTHER),
            Map.entry("place.path", OTHER),
            Map.entry("role_grant.scope_id", OTHER),
            Map.entry("ticket.assignee_org_id", OTHER),
            Map.entry("ticket.first_owner_id", OTHER),
            Map.entry("ticket.place_path", OTHER),
            Map.entry("ticket_event.actor_org_id", OTHER),
            Map.entry("unmasking.place_path", OTHER));

    private static Connection connection;

    @BeforeAll
    static void migrated() throws SQLException {
        connection = DriverManager.getConnection(
                TestServers.jdbcUrl(TestServers.ownerUrl(TestServers.createMigratedDatabase())));
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @Test
    void everyColumnWithoutAForeignKeyHasBeenThoughtAbout() throws SQLException {
        var known = new HashSet<>(HELD);
        known.addAll(NEED_NEITHER.keySet());

        assertThat(names("""
                SELECT c.relname || '.' || a.attname
                FROM pg_attribute a
                JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
                  AND a.atttypid IN ('uuid'::regtype, 'uuid[]'::regtype) AND a.attname NOT IN ('id', 'district_id')
                  AND NOT EXISTS (
                      SELECT 1 FROM pg_constraint k
                      WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey))
                """)).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void everyForeignKeyIsAskedAboutAndWhoRunsIntoItLooksAgain() throws SQLException {
        var keys = keys();
        assertThat(keys).isNotEmpty().allSatisfy((column, key) -> {
            assertThat(judges(key.target())).as(column).contains("FROM " + column.replaceAll("\\..*", " "));
            assertThat(judges(key.target())).as(column).contains(column.replaceAll(".*\\.", ".") + " = k.id");
            assertThat(Database.isPassing(violation(key.name()))).as(key.name()).isTrue();
        });
        HELD.forEach(column -> {
            var parts = column.split("\\.", -1);
            assertThat(judges("resident")).contains("FROM " + parts[0] + " ").contains("." + parts[1] + " = k.id");
        });
    }

    /** A foreign key to residents or households. */
    private record Key(String name, String target) {}

    private static Map<String, Key> keys() throws SQLException {
        var keys = new TreeMap<String, Key>();
        try (var found = connection.createStatement().executeQuery("""
                SELECT c.relname || '.' || a.attname, k.conname, k.confrelid::regclass::text
                FROM pg_constraint k
                JOIN pg_class c ON c.oid = k.conrelid
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey) AND a.attname <> 'district_id'
                WHERE k.contype = 'f' AND k.conparentid = 0
                  AND k.confrelid IN ('resident'::regclass, 'household'::regclass)
                """)) {
            while (found.next()) {
                keys.put(found.getString(1), new Key(found.getString(2), found.getString(3)));
            }
        }
        return keys;
    }

    /** What is asked before one of these is taken away. */
    private static String judges(String target) {
        try {
            return names("SELECT prosrc FROM pg_proc WHERE proname = 'take_back_" + target + "s'")
                    .get(0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PgException violation(String constraint) {
        return new PgException(
                "",
                "",
                "23503",
                "",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                constraint);
    }

    private static List<String> names(String sql) throws SQLException {
        try (var found = connection.createStatement().executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        }
    }
}

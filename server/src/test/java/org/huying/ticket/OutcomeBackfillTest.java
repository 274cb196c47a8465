package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the migration makes of tickets that were there before it is what their events would have made of them since. */
@Tag("long")
class OutcomeBackfillTest {
    private static final String MIGRATION = "/db/migration/V7__ticket_outcomes.sql";
    private static final String FROM = "-- The same for tickets that are there already";
    private static final String UNTIL = "-- What other features may read of tickets";
    private static final int STEPS = 500;

    private static final String KEPT = """
            SELECT to_jsonb(t)::text AS kept FROM (
                SELECT id, exclusion_reason, response_late_at, resolution_late_at, transferred_at, escalated_at,
                    suspended_at
                FROM ticket WHERE district_id = $1) t
            UNION ALL SELECT to_jsonb(r)::text FROM ticket_rating r WHERE r.district_id = $1
            UNION ALL SELECT to_jsonb(o)::text FROM ticket_reopening o WHERE o.district_id = $1
            ORDER BY 1
            """;

    @Test
    void theMigrationFillsInWhatTheProjectionWouldHave() {
        // given
        var seed = new Random().nextLong();
        try (var world = new TicketWorld()) {
            new RandomHistory(world, seed).run(STEPS);
            var before = kept(world);
            world.tamper(
                    "DELETE FROM ticket_rating",
                    "DELETE FROM ticket_reopening",
                    "UPDATE ticket SET exclusion_reason = NULL, response_late_at = NULL, resolution_late_at = NULL,"
                            + " transferred_at = NULL, escalated_at = NULL, suspended_at = NULL");
            assertThat(kept(world)).isNotEqualTo(before);

            // when
            world.tamper(backfill());

            // then
            assertThat(kept(world)).as("seed %d", seed).isEqualTo(before);
        }
    }

    private static List<String> kept(TicketWorld world) {
        return world.query(client -> client.preparedQuery(KEPT)
                .execute(Tuple.of(world.district))
                .map(rows -> {
                    var kept = new ArrayList<String>();
                    rows.forEach(row -> kept.add(row.getString("kept")));
                    return kept;
                }));
    }

    private static String backfill() {
        try (var file = OutcomeBackfillTest.class.getResourceAsStream(MIGRATION)) {
            var text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return text.substring(text.indexOf(FROM), text.indexOf(UNTIL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

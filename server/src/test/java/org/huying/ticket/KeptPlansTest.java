package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.huying.db.Rows;
import org.junit.jupiter.api.Test;

/** What commands ask again and again, PostgreSQL does not plan again and again: that costs ten times the answer. */
class KeptPlansTest {
    private static final int STEPS = 50;

    /** It plans five times for the values that come before it keeps a plan for all. */
    private static final String PLANNED_EACH_TIME = """
            SELECT statement FROM pg_prepared_statements
            WHERE custom_plans > 10 AND custom_plans > generic_plans ORDER BY custom_plans DESC
            """;

    @Test
    void noStatementOfACommandIsPlannedEachTime() throws Exception {
        try (var world = new TicketWorld()) {
            // given: tables of which PostgreSQL knows how many rows they have
            var history = new RandomHistory(world, 3);
            history.run(STEPS);
            world.tamper("ANALYZE");

            // when
            history.run(STEPS);

            // then
            var replanned = world.query(client -> client.query(PLANNED_EACH_TIME)
                    .execute()
                    .map(Rows.<String>list(row -> row.getString("statement"))));
            assertThat(replanned).isEmpty();
        }
    }
}

package org.huying.metrics.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.huying.ticket.RandomHistory;
import org.huying.ticket.TicketWorld;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the log itself says of a ticket, against what the figures count it as. */
@Tag("long")
class EvidenceTest {
    private static final int STEPS = 400;
    private static final int INSTANTS = 12;

    @Test
    void theEventsNamedAreThoseThatDecide() {
        // given
        var seed = new Random().nextLong();
        try (var world = new TicketWorld()) {
            var tickets = new RandomHistory(world, seed).run(STEPS);
            var random = new Random(seed);
            var until = Duration.between(world.start, world.clock.instant()).toMillis();
            for (var i = 0; i < INSTANTS; i++) {
                var asOf =
                        i == 0 ? world.clock.instant() : world.start.plusMillis((long) (random.nextDouble() * until));
                for (var ticket : tickets) {
                    // when
                    var explanation = explain(world, ticket, asOf);

                    // then
                    verify(explanation, "seed %d: %s as of %s".formatted(seed, ticket, asOf));
                }
            }
        }
    }

    private static void verify(Explanation explanation, String what) {
        var verdict = explanation.verdict();
        if (verdict == null) {
            assertThat(explanation.decidedBy()).as(what).isEmpty();
            return;
        }
        assertThat(explanation.decidedBy())
                .as(what)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.at()).isBeforeOrEqualTo(explanation.asOf()));
        switch (verdict) {
            case "one_time" -> assertThat(explanation.causes()).as(what).isEmpty();
            case "broken" -> {
                assertThat(explanation.causes().get(0).cause()).as(what).isEqualTo(explanation.cause());
                assertThat(explanation.decidedBy())
                        .as(what)
                        .isEqualTo(explanation.causes().get(0).decidedBy());
            }
            default -> {}
        }
        if (explanation.confirmed()) {
            assertThat(explanation.decidedBy()).as(what).hasSize(2);
        }
    }

    private static Explanation explain(TicketWorld world, UUID ticket, Instant asOf) {
        var service = new ExplanationService(world.clock, world.tickets, world.places, new CompletionStore());
        return world.query(client -> service.explain(client, world.districtSupervisor, ticket, asOf));
    }
}

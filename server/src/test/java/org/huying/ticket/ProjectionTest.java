package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.huying.ticket.catalogue.SlowClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows are what their events say, whatever has happened. */
@Tag("long")
class ProjectionTest {
    private static final int HISTORIES = 6;
    private static final int STEPS = 160;
    private static final int ACTORS = 6;

    @Test
    void rowsEqualTheirRebuiltProjections() {
        for (var i = 0; i < HISTORIES; i++) {
            // given
            var seed = new Random().nextLong();
            try (var world = new TicketWorld()) {
                // when
                var tickets = new RandomHistory(world, seed).run(STEPS);

                // then
                tickets.forEach(ticket -> verify(world, ticket, seed));
            }
        }
    }

    @Test
    void rowsEqualTheirRebuiltProjectionsWhenAllActAtOnce() {
        // given
        var seed = new Random().nextLong();
        try (var world = new TicketWorld()) {
            // when
            var tickets = new RandomHistory(world, seed).runAtOnce(ACTORS, STEPS);

            // then
            tickets.forEach(ticket -> verify(world, ticket, seed));
        }
    }

    private static void verify(TicketWorld world, UUID ticket, long seed) {
        var events = world.events(ticket);
        var rebuilt = TicketState.rebuild(events);
        assertThat(world.state(ticket)).as("seed %d", seed).isEqualTo(rebuilt);
        assertThat(rows(world, ticket)).as("seed %d", seed).isEqualTo(intervals(events));
        assertThat(rebuilt.resolutionDueAt).as("seed %d", seed).isEqualTo(simpleDue(events));
        assertThat(ChainCheck.firstFault(events)).as("seed %d", seed).isEmpty();
        verifyTimes(events, seed);
    }

    private static void verifyTimes(List<TicketEvent> events, long seed) {
        for (var i = 1; i < events.size(); i++) {
            assertThat(events.get(i).at())
                    .as("seed %d", seed)
                    .isAfterOrEqualTo(events.get(i - 1).at());
        }
    }

    /** The resolution clock by the words of the design, event after event. */
    private static @Nullable Instant simpleDue(List<TicketEvent> events) {
        var submitted = events.get(0);
        var clock = submitted.data().getString("serviceItemCode").equals(TicketWorld.ITEM_IN_WORKING_HOURS)
                ? SlowClock.usualWeek(ZoneId.of("Asia/Shanghai"))
                : SlowClock.ALL_HOURS;
        @Nullable Instant due = clock.after(submitted.at(), TicketWorld.RESOLUTION);
        var left = Duration.ZERO;
        for (var event : events) {
            switch (event.type()) {
                case INFO_REQUESTED, SUSPENDED -> {
                    if (due != null && !due.isBefore(event.at())) {
                        left = clock.between(event.at(), due);
                        due = null;
                    }
                }
                case INFO_PROVIDED, REQUEST_WITHDRAWN, RESUMED, ESCALATED -> {
                    if (due == null) {
                        due = clock.after(event.at(), left);
                    }
                }
                default -> {}
            }
        }
        return due;
    }

    private static List<String> intervals(List<TicketEvent> events) {
        var byKind = new EnumMap<Turn.Kind, List<String[]>>(Turn.Kind.class);
        @Nullable TicketState state = null;
        for (var event : events) {
            var next = state == null ? new TicketState(event) : state.apply(event);
            for (var turn : Turn.of(state, next, event)) {
                var list = byKind.computeIfAbsent(turn.kind(), key -> new ArrayList<>());
                if (!list.isEmpty() && list.get(list.size() - 1)[2].equals("open")) {
                    list.get(list.size() - 1)[2] = turn.at().toString();
                }
                if (turn.value() != null) {
                    list.add(new String[] {
                        Integer.toString(turn.seq()),
                        turn.at().toString(),
                        "open",
                        turn.value().toString()
                    });
                }
            }
            state = next;
        }
        return byKind.values().stream()
                .flatMap(List::stream)
                .map(each -> String.join(" ", each))
                .toList();
    }

    private static List<String> rows(TicketWorld world, UUID ticket) {
        return world.query(client -> client.preparedQuery("""
                        SELECT 1 AS kind, seq, from_at, until_at, due_at, NULL AS held
                        FROM ticket_due WHERE district_id = $1 AND ticket_id = $2
                        UNION ALL
                        SELECT 2, seq, from_at, until_at, NULL, reason
                        FROM ticket_exclusion WHERE district_id = $1 AND ticket_id = $2
                        UNION ALL
                        SELECT 3, seq, from_at, until_at, NULL, rating::text
                        FROM ticket_rating WHERE district_id = $1 AND ticket_id = $2
                        UNION ALL
                        SELECT 4, seq, from_at, until_at, NULL, 'true'
                        FROM ticket_reopening WHERE district_id = $1 AND ticket_id = $2
                        ORDER BY kind, seq
                        """)
                .execute(Tuple.of(world.district, ticket))
                .map(found -> StreamSupport.stream(found.spliterator(), false)
                        .map(row -> String.join(
                                " ",
                                row.getInteger("seq").toString(),
                                row.getOffsetDateTime("from_at").toInstant().toString(),
                                row.getOffsetDateTime("until_at") == null
                                        ? "open"
                                        : row.getOffsetDateTime("until_at")
                                                .toInstant()
                                                .toString(),
                                row.getString("held") != null
                                        ? row.getString("held")
                                        : row.getOffsetDateTime("due_at")
                                                .toInstant()
                                                .toString()))
                        .toList()));
    }
}

package org.huying.demo.district;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.UUID;
import org.huying.demo.district.Story.Step;
import org.huying.ticket.Tickets;
import org.jspecify.annotations.Nullable;

/**
 * Plays the stories of one place in the order of their steps, and between them what time owes their tickets. Stories of
 * different places have no ticket in common, so several lanes share a transaction, each with a clock of its own.
 */
final class Lane {
    /** A step of a story; without one, the story's clock. */
    private record Due(Instant at, Story story, @Nullable Step step) {}

    private final SqlClient transaction;
    private final UUID districtId;
    private final Tickets tickets;
    private final MovableClock clock;
    private final Player player;
    private final Instant end;
    private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparing(Due::at)
            .thenComparing(due -> due.step() != null)
            .thenComparing(due -> due.story().number()));
    private final Map<Integer, TicketNow> states = new HashMap<>();
    private final Promise<Void> done = Promise.promise();

    /**
     * A lane that stops before {@code end}.
     *
     * @param tickets takes its now from {@code clock}
     */
    Lane(SqlClient transaction, UUID districtId, Tickets tickets, MovableClock clock, Cast cast, Instant end) {
        this.transaction = transaction;
        this.districtId = districtId;
        this.tickets = tickets;
        this.clock = clock;
        this.player = new Player(transaction, tickets, cast, states);
        this.end = end;
    }

    Future<Void> play(Collection<Story> stories) {
        stories.forEach(story -> story.steps().forEach(step -> dues.add(new Due(step.at(), story, step))));
        next();
        return done.future();
    }

    private void next() {
        var due = dues.poll();
        if (due == null) {
            done.complete();
            return;
        }
        clock.set(due.at());
        take(due).onComplete(taken -> next(), done::fail);
    }

    private Future<Void> take(Due due) {
        int number = due.story().number();
        var now = states.get(number);
        var step = due.step();
        if (step == null) {
            boolean isStale = now == null || !due.at().equals(now.nextClockAt());
            return isStale ? Future.succeededFuture() : advance(due.story(), Objects.requireNonNull(now));
        }
        return player.take(due.story(), step).map(after -> {
            remember(due.story(), after);
            return null;
        });
    }

    private Future<Void> advance(Story story, TicketNow before) {
        return tickets.advance(transaction, districtId, before.id())
                .compose(any -> transaction.preparedQuery(TicketNow.SELECT).execute(Tuple.of(districtId, before.id())))
                .map(rows -> {
                    remember(story, before.with(rows.iterator().next()));
                    return null;
                });
    }

    private void remember(Story story, TicketNow now) {
        states.put(story.number(), now);
        var clockAt = now.nextClockAt();
        if (clockAt != null && clockAt.isBefore(end)) {
            dues.add(new Due(clockAt, story, null));
        }
    }
}

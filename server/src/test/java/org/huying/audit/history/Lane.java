package org.huying.audit.history;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.huying.audit.history.Plan.Ref;
import org.huying.audit.history.Plan.Who;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.testing.TestClock;
import org.huying.ticket.Action;
import org.huying.ticket.ActionInput;
import org.huying.ticket.Status;
import org.huying.ticket.Submission;
import org.huying.ticket.Tickets;
import org.jspecify.annotations.Nullable;

/**
 * Plays the plan of one firm's compounds in the order of time, and between its acts what time itself owes the tickets.
 * Lanes have no ticket in common, so several play at once, each at its own time.
 */
final class Lane {
    /** At one instant the plan's own order holds; the clock comes before all of it or after. */
    private record Due(Instant at, int order, Runnable act) {}

    private final int firm;
    private final Stage stage;
    private final Random random;
    private final TestClock clock;
    private final Tickets tickets;
    private final Map<UUID, UUID> reporters = new HashMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final PriorityQueue<Due> dues =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));

    Lane(int firm, Stage stage, Plan plan, long seed) {
        this.firm = firm;
        this.stage = stage;
        this.random = new Random(seed);
        this.clock = new TestClock(Instant.EPOCH);
        this.tickets = stage.tickets(clock);
        for (var step : plan.steps()) {
            dues.add(new Due(step.at(), dues.size(), () -> step.act().accept(this)));
        }
    }

    /** All that is due before that instant. */
    void playUntil(Instant end) {
        for (var due = dues.peek(); due != null && due.at().isBefore(end); due = dues.peek()) {
            dues.remove();
            clock.set(due.at());
            due.act().run();
        }
    }

    /** By ticket. */
    Map<UUID, UUID> reporters() {
        return reporters;
    }

    /** How often which action was refused with what. */
    Map<String, Integer> refusals() {
        return refusals;
    }

    void report(Ref ref, Caller by, Submission submission) {
        var made = inTransaction(tx -> tickets.submit(tx, by, submission));
        ref.id = made.id();
        reporters.put(made.id(), ref.home.resident().personId());
        note(ref, made);
    }

    /** What the rules refuse is left undone, and counted. */
    void act(Ref ref, Who who, Action action, ActionInput input) {
        var id = ref.id;
        if (id == null) {
            return;
        }
        try {
            if (who == Who.HANDLER || who == Who.WORKER) {
                prepare(ref, action);
            }
            var caller = caller(ref, who);
            note(ref, inTransaction(tx -> tickets.act(tx, caller, id, action, input)));
        } catch (Refusal refusal) {
            refusals.merge(action.code() + " " + refusal.code(), 1, Integer::sum);
        }
    }

    /** Whoever takes over what was handed on or stands still first accepts it or lets it run on. */
    private void prepare(Ref ref, Action action) {
        var isWork = switch (action) {
            case ACCEPT, TRANSFER, ESCALATE, MERGE, WITHDRAW_REQUEST, RESUME -> false;
            default -> true;
        };
        if (isWork && ref.status == Status.SUBMITTED) {
            act(ref, Who.HANDLER, Action.ACCEPT, ActionInput.none());
        } else if (isWork && ref.status == Status.WAITING_INFO) {
            act(ref, Who.HANDLER, Action.WITHDRAW_REQUEST, ActionInput.none());
        } else if (isWork && ref.status == Status.SUSPENDED) {
            act(ref, Who.HANDLER, Action.RESUME, ActionInput.none());
        }
    }

    private Caller caller(Ref ref, Who who) {
        return switch (who) {
            case HANDLER -> stage.handlerOf(Objects.requireNonNull(ref.responsible));
            case WORKER -> worker(ref);
            case RESIDENT -> ref.home.resident();
            case VISITOR -> Stage.hotline();
            case COMMUNITY -> Stage.communitySupervisor(firm);
            case TOWN -> Stage.townSupervisor();
            case DISTRICT -> Stage.districtSupervisor();
        };
    }

    /** Of a firm its own; of an office the grid member. */
    private Caller worker(Ref ref) {
        for (var number = 1; number <= Stage.FIRMS; number++) {
            if (DemoStructure.firm(number).equals(ref.responsible)) {
                return Stage.worker(number);
            }
        }
        return Stage.gridMember(firm);
    }

    /** Sends whoever works for the organization that is responsible by then. */
    void assign(Ref ref) {
        act(
                ref,
                Who.HANDLER,
                Action.ASSIGN,
                ActionInput.none().with("assigneeId", worker(ref).personId()));
    }

    private void note(Ref ref, Tickets.Summary now) {
        ref.status = now.status();
        ref.responsible = now.responsibleOrgId();
        call(ref, now.nextClockAt());
    }

    private void call(Ref ref, @Nullable Instant at) {
        if (at != null && !at.equals(ref.clockAt)) {
            dues.add(new Due(at, random.nextBoolean() ? -1 : Integer.MAX_VALUE, () -> advance(ref, at)));
        }
        ref.clockAt = at;
    }

    private void advance(Ref ref, Instant calledFor) {
        var id = ref.id;
        if (!calledFor.equals(ref.clockAt)) {
            return;
        }
        inTransaction(tx -> tickets.advance(tx, Stage.districtId(), Objects.requireNonNull(id))
                .compose(any -> tx.preparedQuery("""
                                SELECT status, responsible_org_id, clock_due_at FROM ticket
                                WHERE district_id = $1 AND id = $2
                                """).execute(Tuple.of(Stage.districtId(), id)))
                .map(rows -> {
                    var row = rows.iterator().next();
                    ref.status = Status.of(row.getString("status"));
                    ref.responsible = row.getUUID("responsible_org_id");
                    var next = row.getOffsetDateTime("clock_due_at");
                    call(ref, next == null ? null : next.toInstant());
                    return ref;
                }));
    }

    private <T> T inTransaction(Function<SqlConnection, Future<T>> work) {
        try {
            return stage.database()
                    .inTransaction(work)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw e;
        }
    }
}

package org.huying.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;

/** Tickets that live through whatever the table of actions allows, in leaps of time that like to land on edges. */
public final class RandomHistory {
    private final TicketWorld world;
    private final Random random;
    private final List<UUID> tickets = new ArrayList<>();
    private final List<Caller> callers;

    public RandomHistory(TicketWorld world, long seed) {
        this.world = world;
        this.random = new Random(seed);
        this.callers = List.of(
                world.owner,
                world.owner,
                world.family,
                world.stranger,
                world.neighbour,
                world.dispatcher,
                world.dispatcher,
                world.otherDispatcher,
                world.worker,
                world.worker,
                world.secondWorker,
                world.otherWorker,
                world.grid,
                world.hotline,
                world.communitySupervisor,
                world.townSupervisor,
                world.districtSupervisor);
    }

    /** What it came to: the tickets, oldest first. */
    public List<UUID> run(int steps) {
        for (var i = 0; i < steps; i++) {
            world.clock.advance(leap());
            if (tickets.size() < 3 || random.nextInt(6) == 0) {
                tickets.add(report());
            } else if (random.nextInt(5) == 0) {
                tickets.forEach(world::advance);
            } else {
                step(pick(tickets));
            }
        }
        return List.copyOf(tickets);
    }

    private UUID report() {
        var submission = switch (random.nextInt(6)) {
            case 0 -> Submission.ofSpot("street-light", world.compound, "门口", "路灯坏了");
            case 1 -> Submission.ofHousehold("advice", world.household, "怎么办证");
            case 2 -> Submission.ofHousehold("pipe-leak", world.farHousehold, "漏水");
            default -> Submission.ofHousehold("pipe-leak", world.household, "漏水");
        };
        var far = world.farHousehold.equals(submission.householdId());
        return world.report(far ? world.stranger : world.owner, submission).id();
    }

    private void step(UUID ticket) {
        for (var tries = 0; tries < 12; tries++) {
            var caller = pick(callers);
            try {
                var allowed = world.view(caller, ticket).allowedActions();
                if (!allowed.isEmpty()) {
                    var action = Action.valueOf(
                            pick(allowed).toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
                    world.act(caller, ticket, action, input(action));
                    return;
                }
            } catch (Refusal.NotFound | Refusal.RuleBroken e) {
                // somebody else, then
            }
        }
    }

    private ActionInput input(Action action) {
        var input = world.inputFor(action);
        return switch (action) {
            case ASSIGN ->
                input.with(
                        "assigneeId",
                        pick(List.of(world.worker, world.secondWorker, world.hand, world.otherWorker, world.grid))
                                .personId());
            case RESOLVE ->
                input.with("outcome", pick(List.of("fixed", "fixed", "fixed", "fixed", "answered", "unable")));
            case RATE, CONFIRM -> input.with("rating", 1 + random.nextInt(5));
            case FOLLOW_UP -> input.with("solved", random.nextInt(3) > 0);
            case EXCLUDE -> input.with("reason", pick(List.of("test", "out_of_scope")));
            case SUSPEND ->
                input.with(
                        "until",
                        world.clock
                                .instant()
                                .plus(Duration.ofHours(1 + random.nextInt(200)))
                                .toString());
            case MERGE -> input.with("intoTicketId", pick(tickets));
            case LINK -> input.with("ticketId", pick(tickets));
            default -> input;
        };
    }

    private Duration leap() {
        return switch (random.nextInt(8)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofMillis(1);
            case 2 -> Duration.ofDays(2);
            case 3 -> toAnEdge();
            default -> Duration.ofMinutes(random.nextInt(600));
        };
    }

    /** The last millisecond of a window, or the one after. */
    private Duration toAnEdge() {
        if (tickets.isEmpty()) {
            return Duration.ZERO;
        }
        var resolvedAt = world.state(pick(tickets)).firstResolvedAt;
        var edge = resolvedAt == null
                ? Instant.MIN
                : resolvedAt.plus(Windows.AFTER_RESOLVE).plusMillis(random.nextInt(2));
        return edge.isAfter(world.clock.instant()) ? Duration.between(world.clock.instant(), edge) : Duration.ZERO;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}

package org.huying.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;

/** Tickets that live through whatever the table of actions allows, in leaps of time that like to land on edges. */
public final class RandomHistory {
    /** Taken one time in so many: what would end or stall most tickets before anything else could happen to them. */
    private static final Map<Action, Integer> SELDOM = Map.ofEntries(
            Map.entry(Action.CANCEL, 30),
            Map.entry(Action.TRANSFER, 25),
            Map.entry(Action.ESCALATE, 25),
            Map.entry(Action.MERGE, 15),
            Map.entry(Action.COMMENT, 30),
            Map.entry(Action.URGE, 20),
            Map.entry(Action.FOLLOW, 20),
            Map.entry(Action.UNFOLLOW, 20),
            Map.entry(Action.LINK, 12),
            Map.entry(Action.EXCLUDE, 8),
            Map.entry(Action.INCLUDE, 4),
            Map.entry(Action.REOPEN, 8),
            Map.entry(Action.FOLLOW_UP, 8),
            Map.entry(Action.SUSPEND, 3));

    /** Somebody's belonging to a household, to this day. */
    record Stay(Caller resident, UUID household, Instant since) {}

    private final TicketWorld world;
    private final Random random;
    private final List<Stay> stays = new ArrayList<>();
    private final List<UUID> tickets = new CopyOnWriteArrayList<>();
    private final List<Caller> callers;

    public RandomHistory(TicketWorld world, long seed) {
        this.world = world;
        this.random = new Random(seed);
        Stream.of(world.owner, world.family)
                .forEach(each -> stays.add(new Stay(each, world.household, world.clock.instant())));
        Stream.of(world.stranger, world.proxy)
                .forEach(each -> stays.add(new Stay(each, world.farHousehold, world.clock.instant())));
        stays.add(new Stay(world.neighbour, world.otherHousehold, world.clock.instant()));
        this.callers = List.of(
                world.owner,
                world.owner,
                world.family,
                world.tenant,
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
            if (tickets.size() < 3 || random.nextInt(8) == 0) {
                tickets.add(report());
            } else if (random.nextInt(25) == 0) {
                tickets.forEach(world::advance);
            } else if (random.nextInt(10) == 0) {
                move(pick(List.of(world.tenant, world.tenant, world.family)));
            } else if (random.nextInt(10) == 0) {
                stepOnAnEdge(pick(tickets));
            } else {
                step(random.nextInt(4) == 0 ? pick(tickets) : pick(latest()));
            }
            world.clock.advance(leap());
        }
        return List.copyOf(tickets);
    }

    /** Where people belong by now. */
    List<Stay> stays() {
        return List.copyOf(stays);
    }

    /** Into a household where they do not belong, out of one where they do. */
    private void move(Caller who) {
        var household = pick(List.of(world.household, world.farHousehold));
        var left = stays.removeIf(
                stay -> stay.resident().equals(who) && stay.household().equals(household));
        if (left) {
            world.leave(who, household);
        } else {
            world.join(who, household);
            stays.add(new Stay(who, household, world.clock.instant()));
        }
    }

    /** The same with everybody acting at once: of those who get in each other's way, one wins and the others are told. */
    public List<UUID> runAtOnce(int actors, int steps) {
        while (tickets.size() < 3) {
            tickets.add(report());
        }
        var pool = Executors.newFixedThreadPool(actors);
        try {
            var done = Stream.generate(() -> CompletableFuture.runAsync(this::stepAmongOthers, pool))
                    .limit(steps)
                    .toList();
            done.forEach(CompletableFuture::join);
        } finally {
            pool.shutdown();
        }
        return List.copyOf(tickets);
    }

    private void stepAmongOthers() {
        try {
            if (random.nextInt(20) == 0) {
                tickets.add(report());
            } else if (random.nextInt(20) == 0) {
                world.advance(pick(latest()));
            } else {
                step(pick(latest()));
            }
        } catch (Refusal.Conflict | Refusal.Forbidden e) {
            // somebody was faster
        }
        world.clock.advance(leap());
    }

    private List<UUID> latest() {
        var all = List.copyOf(tickets);
        return all.subList(Math.max(0, all.size() - 4), all.size());
    }

    /** On the last millisecond of the ticket's window, or on the one after: by the resident, who can still break it. */
    private void stepOnAnEdge(UUID ticket) {
        var resolvedAt = world.state(ticket).firstResolvedAt;
        if (resolvedAt == null) {
            step(ticket);
            return;
        }
        var edge = resolvedAt.plus(Windows.AFTER_RESOLVE).plusMillis(random.nextInt(2));
        if (edge.isAfter(world.clock.instant())) {
            world.clock.set(edge);
        }
        if (random.nextInt(3) == 0) {
            tickets.add(report());
        } else {
            step(ticket);
        }
    }

    private UUID report() {
        var submission = switch (random.nextInt(6)) {
            case 0 -> Submission.ofSpot("street-light", world.compound, "门口", "路灯坏了");
            case 1 -> Submission.ofHousehold("advice", world.household, "怎么办证");
            case 2 -> Submission.ofHousehold("pipe-leak", world.farHousehold, "漏水");
            default -> Submission.ofHousehold("pipe-leak", world.household, "漏水");
        };
        return world.report(reporter(submission), submission).id();
    }

    /** One of those who belong to the household now. */
    private Caller reporter(Submission submission) {
        var household = submission.householdId();
        return household == null
                ? world.owner
                : pick(stays.stream()
                        .filter(stay -> stay.household().equals(household))
                        .map(Stay::resident)
                        .toList());
    }

    private void step(UUID ticket) {
        for (var tries = 0; tries < 30; tries++) {
            var caller = pick(callers);
            try {
                var allowed = world.view(caller, ticket).allowedActions();
                if (!allowed.isEmpty()) {
                    var action = Action.valueOf(
                            pick(allowed).toUpperCase(Locale.ROOT).replace('-', '_'));
                    if (random.nextInt(SELDOM.getOrDefault(action, 1)) == 0) {
                        world.act(caller, ticket, action, input(action));
                        return;
                    }
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
                input.with(
                        "outcome",
                        random.nextInt(5) > 0 ? "fixed" : pick(List.of("answered", "unable", "not_responsible")));
            case RATE, CONFIRM -> input.with("rating", 1 + random.nextInt(5));
            case FOLLOW_UP -> input.with("solved", random.nextInt(4) > 0);
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
        return switch (random.nextInt(20)) {
            case 0 -> Duration.ofDays(2);
            case 1, 2, 3 -> Duration.ZERO;
            case 4, 5 -> Duration.ofMillis(1);
            case 6, 7 -> Duration.ofHours(random.nextInt(12));
            default -> Duration.ofMinutes(random.nextInt(90));
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}

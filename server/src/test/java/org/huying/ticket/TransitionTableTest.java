package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Walks every (state, action, relation) against the table of the design, written out here once more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransitionTableTest {
    /** action | from | to ("-": stays) | who; N: residents of the place. */
    private static final String TABLE = """
            accept           | submitted                                  | accepted     | D
            assign           | accepted assigned in_progress              | assigned     | D
            start            | assigned                                   | in_progress  | W
            request-info     | accepted assigned in_progress              | waiting_info | D W
            provide-info     | waiting_info                               | in_progress  | R
            withdraw-request | waiting_info                               | in_progress  | D W
            suspend          | accepted assigned in_progress              | suspended    | D
            resume           | suspended                                  | in_progress  | D
            transfer         | submitted accepted assigned in_progress    | submitted    | D S
            escalate         | OPEN                                       | submitted    | D S
            resolve          | in_progress                                | resolved     | W D
            resolve          | accepted assigned                          | resolved     | D
            confirm          | resolved                                   | closed       | R
            reopen           | resolved closed                            | in_progress  | R
            follow-up        | resolved closed                            | -            | G S
            cancel           | OPEN                                       | cancelled    | R
            merge            | submitted accepted                         | merged       | D S
            link             | resolved closed                            | -            | S+
            exclude          | resolved closed                            | -            | S+
            comment          | ALL                                        | -            | R D W G S
            urge             | OPEN                                       | -            | R
            follow           | OPEN                                       | -            | N
            unfollow         | OPEN                                       | -            | N
            rate             | resolved closed                            | -            | R
            """;

    private static final Set<Status> WITH_ASSIGNEE = Set.of(
            Status.ASSIGNED, Status.IN_PROGRESS, Status.WAITING_INFO, Status.SUSPENDED, Status.RESOLVED, Status.CLOSED);

    private final TicketWorld world = new TicketWorld();
    private final Map<Status, UUID> ticketIn = new EnumMap<>(Status.class);
    private UUID mergeTarget = world.district;
    private UUID laterReport = world.district;

    private record Row(Set<Status> from, String to, Set<String> who) {}

    private final Map<String, List<Row>> table = parse();

    @BeforeAll
    void oneTicketInEachState() {
        for (var status : Status.values()) {
            if (status != Status.MERGED) {
                ticketIn.put(status, world.bring(spot(world.owner), status));
            }
        }
        mergeTarget = spot(world.stranger).id();
        var merged = spot(world.owner).id();
        world.act(world.dispatcher, merged, Action.MERGE, ActionInput.none().with("intoTicketId", mergeTarget));
        ticketIn.put(Status.MERGED, merged);
        world.clock.advance(java.time.Duration.ofMinutes(1));
        laterReport = spot(world.stranger).id();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void theTableHoldsForEveryStateActionAndRelation() {
        // given
        var callers = new LinkedHashMap<Caller, Set<String>>();
        callers.put(world.owner, Set.of("R", "N"));
        callers.put(world.proxy, Set.of("R"));
        callers.put(world.neighbour, Set.of("N"));
        callers.put(world.dispatcher, Set.of("D"));
        callers.put(world.worker, Set.of("W"));
        callers.put(world.secondWorker, Set.of());
        callers.put(world.grid, Set.of("G"));
        callers.put(world.hotline, Set.of("G"));
        callers.put(world.communitySupervisor, Set.of("S"));
        callers.put(world.townSupervisor, Set.of("S", "S+"));
        callers.put(world.districtSupervisor, Set.of("S", "S+"));
        callers.put(world.admin, Set.of());
        var wrong = new ArrayList<String>();
        var checked = 0;

        // when
        for (var action : Action.values()) {
            for (var status : Status.values()) {
                for (var caller : callers.entrySet()) {
                    var letters = caller.getValue().contains("W") && !WITH_ASSIGNEE.contains(status)
                            ? Set.<String>of()
                            : caller.getValue();
                    if (action.isOperation() && action != Action.INCLUDE) {
                        checked++;
                        var expected = expected(action, status, letters);
                        var got = outcome(caller.getKey(), action, status);
                        if (!expected.equals(got)) {
                            wrong.add("%s in %s by %s %s: expected %s, got %s"
                                    .formatted(action, status, caller.getKey().roles(), letters, expected, got));
                        }
                    }
                }
            }
        }

        // then
        assertThat(wrong).isEmpty();
        assertThat(checked).isEqualTo(23 * 10 * 12);
    }

    @Test
    void whoSeesNothingIsToldNothing() {
        for (var action : Action.values()) {
            assertThat(outcome(world.stranger, action, Status.SUBMITTED)).isEqualTo("404");
            assertThat(outcome(world.otherDispatcher, action, Status.IN_PROGRESS))
                    .isEqualTo("404");
        }
    }

    @Test
    void allowedActionsAreThoseThatSucceed() {
        for (var caller : List.of(world.owner, world.dispatcher, world.worker, world.grid, world.townSupervisor)) {
            for (var status : Status.values()) {
                var shown = world.view(caller, id(status)).allowedActions();
                var possible = java.util.Arrays.stream(Action.values())
                        .filter(Action::isOperation)
                        .filter(action -> !outcome(caller, action, status).matches("\\d+"))
                        .map(Action::code)
                        .toList();
                assertThat(shown).as("%s in %s", caller.roles(), status).isEqualTo(possible);
            }
        }
    }

    private String expected(Action action, Status status, Set<String> letters) {
        var rows = Objects.requireNonNull(table.get(action.code()), action.code());
        for (var row : rows) {
            if (row.from().contains(status) && row.who().stream().anyMatch(letters::contains)) {
                return row.to().equals("-") ? status.code() : row.to();
            }
        }
        var ever = rows.stream().anyMatch(row -> row.who().stream().anyMatch(letters::contains))
                // a second time a higher supervisor may, so it is not their role that forbids it
                || (action == Action.SUSPEND && letters.contains("S+"));
        return ever ? "409" : "403";
    }

    private String outcome(Caller caller, Action action, Status status) {
        var input = world.inputFor(action).with("intoTicketId", mergeTarget).with("ticketId", laterReport);
        try {
            return world.tryOut(tx -> world.tickets.act(tx, caller, id(status), action, input))
                    .status()
                    .code();
        } catch (Refusal.NotFound e) {
            return "404";
        } catch (Refusal.Forbidden e) {
            return "403";
        } catch (Refusal.Conflict e) {
            assertThat(e.code()).isEqualTo("action_not_allowed");
            assertThat(e.extras()).containsEntry("ticketStatus", status.code()).containsKey("allowedActions");
            return "409";
        }
    }

    private UUID id(Status status) {
        return Objects.requireNonNull(ticketIn.get(status));
    }

    private Tickets.Summary spot(Caller caller) {
        return world.report(caller, Submission.ofSpot("street-light", world.compound, "南门", "路灯不亮"));
    }

    private static Map<String, List<Row>> parse() {
        var parsed = new LinkedHashMap<String, List<Row>>();
        TABLE.lines().forEach(line -> {
            var cells = line.split("\\|", -1);
            var from = switch (cells[1].strip()) {
                case "OPEN" -> Status.OPEN;
                case "ALL" -> Status.ALL;
                default ->
                    java.util.Arrays.stream(cells[1].strip().split(" ", -1))
                            .map(Status::of)
                            .collect(java.util.stream.Collectors.toSet());
            };
            parsed.computeIfAbsent(cells[0].strip(), key -> new ArrayList<>())
                    .add(new Row(from, cells[2].strip(), Set.of(cells[3].strip().split(" ", -1))));
        });
        return parsed;
    }
}

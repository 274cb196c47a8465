package org.huying.ticket.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.huying.ticket.matrix.ActionTable.Situation;
import org.huying.ticket.matrix.MatrixTickets.Pair;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks every (state, action, person), allowed or not, through HTTP and holds the answers against the table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActionMatrixTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final int THREADS = 12;

    private final ActionTable table = new ActionTable(MatrixCast.KINDS);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** One request, and what it meets: an own ticket if it is to succeed, else the one that all refusals share. */
    private record Cell(Situation situation, String actor, Set<String> letters, String action) {}

    private record Made(Situation situation, Pair shared, Map<Cell, Pair> own) {}

    @AfterAll
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void everyCellOfTheTableHolds() {
        // given
        var begin = Instant.now();
        var cast = new MatrixCast(APP);
        var tickets = new MatrixTickets(APP, cast);
        var start = APP.clock().instant();
        tickets.reportAnother();
        var made = make(tickets);
        cast.moveOut(DemoStructure.resident(MatrixCast.MERGED_REPORTER));
        APP.clock().set(start.plusSeconds(1));
        tickets.reportAnother();

        // when
        System.out.println("made in " + java.time.Duration.between(begin, Instant.now()));
        var walk = new Walk(cast, tickets);
        byAge(made, start).forEach((now, group) -> {
            APP.clock().set(now);
            walk.through(group);
        });

        // then
        System.out.println("walked in " + java.time.Duration.between(begin, Instant.now()) + " " + walk.walked
                + " wrong " + walk.wrong.size());
        assertThat(walk.wrong).isEmpty();
        assertThat(walk.walked).isGreaterThan(3 * 10 * 30 * (24 + 1));
    }

    /** First what succeeds, each on a ticket of its own; then one for all that is refused. */
    private List<Made> make(MatrixTickets tickets) {
        var succeeding = table.situations().stream()
                .flatMap(situation -> cells(situation).stream())
                .filter(cell -> cell.situation().triedOf(table.actions()).contains(cell.action()))
                .filter(cell -> table.allows(cell.action(), cell.situation(), cell.letters()))
                .toList();
        var pairs = all(succeeding.stream().map(cell -> own(tickets, cell)).toList());
        var own = new HashMap<Situation, Map<Cell, Pair>>();
        for (var i = 0; i < pairs.size(); i++) {
            var cell = succeeding.get(i);
            own.computeIfAbsent(cell.situation(), key -> new HashMap<>()).put(cell, pairs.get(i));
        }
        return all(table.situations().stream()
                .map(each -> (Callable<Made>)
                        () -> new Made(each, tickets.make(each, true, false), own.getOrDefault(each, Map.of())))
                .toList());
    }

    private static Callable<Pair> own(MatrixTickets tickets, Cell cell) {
        var merged = cell.actor().equals("reporter of one merged into it");
        return () -> tickets.make(cell.situation(), merged, cell.action().equals("merge"));
    }

    private static Map<Instant, List<Made>> byAge(List<Made> made, Instant start) {
        return made.stream()
                .collect(Collectors.groupingBy(
                        each -> start.plus(each.situation().age()), TreeMap::new, Collectors.toList()));
    }

    private List<Cell> cells(Situation situation) {
        var cells = new ArrayList<Cell>();
        MatrixCast.lettersOn(situation.kind()).forEach((actor, letters) -> {
            var present = new HashSet<>(letters);
            if (!situation.isAssigned()) {
                present.remove("W");
            }
            table.actions().forEach(action -> cells.add(new Cell(situation, actor, present, action)));
        });
        return cells;
    }

    private <T> List<T> all(Collection<Callable<T>> work) {
        try {
            var done = new ArrayList<T>();
            for (Future<T> each : threads.invokeAll(work)) {
                done.add(each.get());
            }
            return done;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Goes through the cells of situations at one moment and remembers what differs. */
    private final class Walk {
        private final MatrixCast cast;
        private final MatrixTickets tickets;
        private final List<String> wrong = new ArrayList<>();
        private int walked;

        Walk(MatrixCast cast, MatrixTickets tickets) {
            this.cast = cast;
            this.tickets = tickets;
        }

        void through(List<Made> group) {
            var before = seen(group);
            var checks = new ArrayList<Callable<List<String>>>();
            for (var made : group) {
                var tried = made.situation().triedOf(table.actions());
                var byActor = cells(made.situation()).stream()
                        .collect(Collectors.groupingBy(Cell::actor, LinkedHashMap::new, Collectors.toList()));
                byActor.values().forEach(cells -> checks.add(() -> read(made, cells)));
                cells(made.situation()).stream()
                        .filter(cell -> tried.contains(cell.action()))
                        .forEach(cell -> checks.add(() -> act(made, cell)));
            }
            all(checks).forEach(wrong::addAll);
            walked += checks.size();
            seen(group).forEach((situation, now) -> {
                if (!now.equals(before.get(situation))) {
                    wrong.add(
                            "a refusal changed the ticket: " + situation + ": " + before.get(situation) + " → " + now);
                }
            });
        }

        private Map<String, String> seen(List<Made> group) {
            var seen = new LinkedHashMap<String, String>();
            for (var made : group) {
                var path = "/v1/tickets/" + made.shared().ticket();
                var reader = cast.caller("supervisor of the district");
                seen.put(
                        made.situation().kind() + ", " + made.situation().name(),
                        reader.get(path).text()
                                + reader.get(path + "/events?limit=100").text());
            }
            return seen;
        }

        /** What they are told that they may do. */
        private List<String> read(Made made, List<Cell> cells) {
            var cell = cells.get(0);
            var reply =
                    cast.caller(cell.actor()).get("/v1/tickets/" + made.shared().ticket());
            var status = sightOf(cell);
            return status != 200
                    ? differences(cell, "GET", status, reply, null)
                    : differences(
                            cell,
                            "GET",
                            200,
                            reply,
                            "%s %s".formatted(made.situation().state(), allowed(cells)));
        }

        private List<String> act(Made made, Cell cell) {
            var pair = made.own().getOrDefault(cell, made.shared());
            var body = cell.action().equals("merge")
                    ? MatrixTickets.into(pair.mergeTarget())
                    : tickets.body(cell.action(), cell.situation().kind());
            var reply = tickets.tryTo(cast.caller(cell.actor()), pair.ticket(), cell.action(), body);
            var state = cell.situation().state();
            if (sightOf(cell) != 200) {
                return differences(cell, cell.action(), sightOf(cell), reply, null);
            }
            if (table.allows(cell.action(), cell.situation(), cell.letters())) {
                return differences(cell, cell.action(), 200, reply, table.after(cell.action(), state));
            }
            if (!table.allowsEver(cell.action(), cell.letters())) {
                return differences(cell, cell.action(), 403, reply, null);
            }
            var mates = cells(cell.situation()).stream()
                    .filter(each -> each.actor().equals(cell.actor()))
                    .toList();
            return differences(cell, cell.action(), 409, reply, "%s %s".formatted(state, allowed(mates)));
        }

        private Set<String> allowed(List<Cell> cells) {
            return cells.stream()
                    .filter(each -> table.allows(each.action(), each.situation(), each.letters()))
                    .map(Cell::action)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private int sightOf(Cell cell) {
            return cell.letters().contains("401") ? 401 : cell.letters().contains("-") ? 404 : 200;
        }
    }

    /** Nothing, or one line that says which cell is not as the table has it. */
    private static List<String> differences(
            Cell cell, String request, int status, Reply reply, @Nullable String detail) {
        var got = reply.status() + (detail == null || reply.status() != status ? "" : " " + detail(request, reply));
        var expected = status + (detail == null || reply.status() != status ? "" : " " + detail);
        return got.equals(expected)
                ? List.of()
                : List.of("%s on a ticket of kind %s, %s, by the %s %s: expected %s, got %s%n"
                        .formatted(
                                request,
                                cell.situation().kind(),
                                cell.situation().name(),
                                cell.actor(),
                                cell.letters(),
                                expected,
                                got));
    }

    private static String detail(String request, Reply reply) {
        if (reply.status() == 200 && !request.equals("GET")) {
            return reply.json().getString("status");
        }
        var allowed = Objects.requireNonNullElse(reply.json().getJsonArray("allowedActions"), new JsonArray());
        var state = reply.status() == 200 ? "status" : "ticketStatus";
        return "%s %s"
                .formatted(
                        reply.json().getString(state),
                        allowed.stream().map(String::valueOf).sorted().toList());
    }
}

package org.huying.ticket.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.TestApp;
import org.huying.ticket.matrix.ActionTable.Cell;
import org.huying.ticket.matrix.ActionTable.Situation;
import org.huying.ticket.matrix.ActionWalk.Made;
import org.huying.ticket.matrix.MatrixTickets.Pair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Walks every (state, action, person), allowed or not, through HTTP and holds the answers against the table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class ActionMatrixTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private final ActionTable table = new ActionTable(MatrixCast.KINDS);
    private final AtOnce threads = new AtOnce();

    @AfterAll
    void stop() {
        threads.close();
    }

    @Test
    void everyCellOfTheTableHolds() {
        // given
        var cast = new MatrixCast(APP);
        var tickets = new MatrixTickets(APP, cast);
        var start = APP.clock().instant();
        tickets.reportAnother();
        var made = make(tickets);
        cast.moveOut(DemoStructure.resident(MatrixCast.MERGED_REPORTER));
        APP.clock().set(start.plusSeconds(1));
        tickets.reportAnother();

        // when
        var walk = new ActionWalk(table, cast, tickets, threads);
        byAge(made, start).forEach((now, group) -> {
            APP.clock().set(now);
            walk.through(group);
        });

        // then
        assertThat(walk.wrong()).isEmpty();
        assertThat(walk.walked()).isGreaterThan(3 * 10 * 30 * (24 + 1));
    }

    /** First what succeeds and moves it, each on a ticket of its own; then one for all that is refused, and one for the rest. */
    private List<Made> make(MatrixTickets tickets) {
        var succeeding = table.situations().stream()
                .flatMap(situation -> table.cells(situation).stream())
                .filter(cell -> cell.situation().triedOf(table.actions()).contains(cell.action()))
                .filter(table::allows)
                .filter(cell -> !ActionTable.LASTING.contains(cell.action()))
                .toList();
        var pairs =
                threads.all(succeeding.stream().map(cell -> own(tickets, cell)).toList());
        var own = new HashMap<Situation, Map<Cell, Pair>>();
        for (var i = 0; i < pairs.size(); i++) {
            var cell = succeeding.get(i);
            own.computeIfAbsent(cell.situation(), key -> new HashMap<>()).put(cell, pairs.get(i));
        }
        return threads.all(table.situations().stream()
                .map(each -> (Callable<Made>) () -> new Made(
                        each,
                        tickets.make(each, true, false),
                        tickets.make(each, true, false),
                        own.getOrDefault(each, Map.of())))
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
}

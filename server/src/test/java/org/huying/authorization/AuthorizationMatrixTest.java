package org.huying.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.huying.http.Contract;
import org.huying.http.ContractOperation;
import org.huying.testing.TestApp;
import org.huying.ticket.matrix.AtOnce;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls every cell of docs/authorization.md through HTTP: every operation, every caller, own, foreign and far objects. */
@Tag("long")
class AuthorizationMatrixTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final Set<String> CONTRACT =
            Contract.load().operations().stream().map(ContractOperation::id).collect(Collectors.toSet());

    private final List<MatrixPage.Row> rows = MatrixPage.rows();

    @Test
    void everyCellOfThePageHolds() {
        // given
        var stage = new Stage(APP);
        var probes = probes(stage);
        var cells = rows.stream()
                .filter(row -> probes.rows().contains(row.name()))
                .flatMap(row -> cells(stage, probes, row).stream())
                .toList();

        // when
        List<String> wrong;
        try (var threads = new AtOnce()) {
            wrong = threads.all(cells).stream().flatMap(Collection::stream).toList();
        }

        // then
        assertThat(wrong)
                .as("%d wrong cells:%n%s%n", wrong.size(), String.join("\n", wrong))
                .isEmpty();
        assertThat(cells).hasSizeGreaterThan(18 * CONTRACT.size());
    }

    @Test
    void everyOperationHasARowAndEveryRowAnOperationAndAProbe() {
        var onThePage = rows.stream().map(MatrixPage.Row::operation).collect(Collectors.toSet());
        var named = rows.stream().map(MatrixPage.Row::name).toList();
        var probes = probes(new Stage(APP)).rows();

        assertThat(CONTRACT).as("operations without a row").isSubsetOf(onThePage);
        assertThat(onThePage).as("rows without an operation").isSubsetOf(CONTRACT);
        assertThat(named).as("rows without a probe").isSubsetOf(probes);
        assertThat(probes).as("probes without a row").isSubsetOf(named);
    }

    private static Probes probes(Stage stage) {
        var probes = new Probes();
        SystemProbes.addTo(probes);
        NoticeProbes.addTo(probes);
        PlaceProbes.addTo(probes);
        AdminProbes.addTo(probes, stage);
        StaffProbes.addTo(probes, stage);
        HouseholdProbes.addTo(probes);
        PersonalProbes.addTo(probes, stage);
        MealProbes.addTo(probes, stage);
        BookingProbes.addTo(probes);
        CatalogueProbes.addTo(probes, stage);
        TicketProbes.addTo(probes);
        TicketActionProbes.addTo(probes);
        FigureProbes.addTo(probes, stage);
        ImportProbes.addTo(probes);
        return probes;
    }

    /** Each gives what is wrong with it, or nothing. */
    private static List<Callable<List<String>>> cells(Stage stage, Probes probes, MatrixPage.Row row) {
        var cells = new ArrayList<Callable<List<String>>>();
        for (var who : Who.values()) {
            for (var which : row.objects()) {
                row.expected(who, which)
                        .forEach(expected -> cells.add(() -> {
                            var outcome = outcome(probes, row.name(), stage.turn(row, who, which));
                            return outcome.equals(expected)
                                    ? List.of()
                                    : List.of("%s, %s, %s: %s instead of %s"
                                            .formatted(row.name(), who.code(), which, outcome, expected));
                        }));
            }
        }
        return cells;
    }

    /** A probe that breaks is a wrong cell like any other, so that all are told at once. */
    private static String outcome(Probes probes, String row, Turn turn) {
        try {
            return probes.outcome(row, turn);
        } catch (RuntimeException | AssertionError e) {
            return e.toString();
        }
    }
}

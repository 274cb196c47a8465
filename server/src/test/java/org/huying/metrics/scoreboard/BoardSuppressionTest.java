package org.huying.metrics.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.huying.metrics.scoreboard.Exposure.Crossing;
import org.junit.jupiter.api.Test;

/** What both lists of a page tell together, against somebody who solves it. */
class BoardSuppressionTest {
    /** Firms and compounds from 0; {@link Exposure#NONE} for what is in no list. */
    private record Board(int firms, int compounds, List<Crossing> crossings) {
        List<Long> ofFirms() {
            return IntStream.range(0, firms).mapToObj(firm -> sum(firm, true)).toList();
        }

        List<Long> ofCompounds() {
            return IntStream.range(0, compounds)
                    .mapToObj(compound -> sum(compound, false))
                    .toList();
        }

        private long sum(int number, boolean isFirm) {
            return crossings.stream()
                    .filter(each -> (isFirm ? each.firm() : each.compound()) == number)
                    .mapToLong(Crossing::tickets)
                    .sum();
        }

        BitSet hidden() {
            return BoardSuppression.of(ofFirms(), ofCompounds(), crossings);
        }

        boolean[] takesPart(int number, boolean isFirm) {
            var part = new boolean[crossings.size()];
            for (var i = 0; i < part.length; i++) {
                var each = crossings.get(i);
                part[i] = (isFirm ? each.firm() : each.compound()) == number;
            }
            return part;
        }

        boolean[] cell(int cell) {
            return cell < firms ? takesPart(cell, true) : takesPart(cell - firms, false);
        }

        /** Who knows the total, what is in no list, and every cell that is not hidden. */
        Attacker attacker(BitSet hidden) {
            var attacker = new Attacker(crossings.size());
            var all = new boolean[crossings.size()];
            java.util.Arrays.fill(all, true);
            attacker.learns(all, crossings.stream().mapToLong(Crossing::tickets).sum());
            attacker.learns(takesPart(Exposure.NONE, true), sum(Exposure.NONE, true));
            attacker.learns(takesPart(Exposure.NONE, false), sum(Exposure.NONE, false));
            for (var cell = 0; cell < firms + compounds; cell++) {
                if (!hidden.get(cell)) {
                    attacker.learns(cell(cell), cell < firms ? sum(cell, true) : sum(cell - firms, false));
                }
            }
            return attacker;
        }
    }

    @Test
    void aFirmIsTheSumOfWhatItServes() {
        // firm 0 serves compounds 0 and 1 alone; 2 of its 22 are compound 1's
        var board = new Board(
                2,
                4,
                List.of(new Crossing(0, 0, 20), new Crossing(0, 1, 2), new Crossing(1, 2, 30), new Crossing(1, 3, 4)));
        var eachForItself = new BitSet();
        eachForItself.or(Suppression.of(board.ofFirms()));
        Suppression.of(board.ofCompounds()).stream().forEach(cell -> eachForItself.set(2 + cell));
        assertThat(board.attacker(eachForItself).determines(board.cell(3))).isTrue();

        var hidden = board.hidden();

        assertThat(board.attacker(hidden).determines(board.cell(3))).isFalse();
        assertThat(board.attacker(hidden).determines(board.cell(5))).isFalse();
        assertThat(hidden.cardinality()).as("%s", hidden).isEqualTo(4);
    }

    @Test
    void nothingMoreIsHiddenThanNeeded() {
        var board = new Board(
                2, 2, List.of(new Crossing(0, 0, 20), new Crossing(1, 1, 30), new Crossing(Exposure.NONE, 1, 3)));
        assertThat(board.hidden().isEmpty()).isTrue();
    }

    @Test
    void noHiddenCellIsTheSolutionOfWhatIsShown() {
        for (var seed = 0; seed < 300; seed++) {
            verify(random(new Random(seed)), "seed " + seed);
        }
    }

    /** As many firms and compounds as a large district has: what it costs is bounded, and the answer is whole. */
    @Test
    void aLargeDistrictIsCoveredToo() {
        var random = new Random(7);
        var crossings = new ArrayList<Crossing>();
        for (var compound = 0; compound < 400; compound++) {
            crossings.add(new Crossing(compound % 40, compound, random.nextInt(60)));
        }
        var board = new Board(40, 400, crossings);
        var exposure = new Exposure(board.ofFirms(), board.ofCompounds(), crossings);

        var hidden = board.hidden();

        assertThat(hidden.stream().filter(cell -> exposure.width(cell, hidden, 5) < 5))
                .isEmpty();
        assertThat(hidden.cardinality()).isLessThan(200);
    }

    /** Nor is it bounded more narrowly than by five tickets, unless by the total itself. */
    private static void verify(Board board, String as) {
        var hidden = board.hidden();
        var attacker = board.attacker(hidden);
        var all = new BitSet();
        all.set(0, board.firms() + board.compounds());
        var withoutCells = board.attacker(all);
        hidden.stream().forEach(cell -> {
            var part = board.cell(cell);
            var width = width(attacker, part);
            var widest = width(withoutCells, part);
            assertThat(width)
                    .as("%s: cell %d of %s, hidden %s", as, cell, board, hidden)
                    .isGreaterThanOrEqualTo(Math.min(5, widest));
            assertThat(attacker.determines(part))
                    .as("%s: cell %d of %s, hidden %s", as, cell, board, hidden)
                    .isEqualTo(withoutCells.determines(part));
        });
        assertThat(IntStream.range(0, board.firms())
                        .filter(cell -> board.ofFirms().get(cell) < 5))
                .allMatch(hidden::get);
    }

    private static long width(Attacker attacker, boolean[] part) {
        var most = attacker.most(part);
        return most.minus(attacker.least(part)).over().longValueExact();
    }

    /** Firms that serve a few compounds, some of them together; offices and grids beside them. */
    private static Board random(Random random) {
        var firms = 1 + random.nextInt(4);
        var compounds = 1 + random.nextInt(6);
        var crossings = new ArrayList<Crossing>();
        for (var compound = 0; compound < compounds; compound++) {
            crossings.add(new Crossing(random.nextInt(firms), compound, random.nextInt(14)));
            if (random.nextInt(3) == 0) {
                crossings.add(new Crossing(Exposure.NONE, compound, random.nextInt(5)));
            }
            if (random.nextInt(4) == 0) {
                crossings.add(new Crossing(random.nextInt(firms), compound, random.nextInt(5)));
            }
        }
        if (random.nextBoolean()) {
            crossings.add(new Crossing(Exposure.NONE, Exposure.NONE, random.nextInt(9)));
            crossings.add(new Crossing(random.nextInt(firms), Exposure.NONE, random.nextInt(9)));
        }
        return new Board(firms, compounds, crossings);
    }
}

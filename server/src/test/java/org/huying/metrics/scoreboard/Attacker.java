package org.huying.metrics.scoreboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Somebody who has written down every equation that a page gives, over the unknown entries of the table of firms by
 * compounds, and solves them: by elimination for what they determine, and by the simplex method for what they leave to
 * entries that are not negative. Shares no code with the suppression.
 */
final class Attacker {
    private final int unknowns;
    private final List<Fraction[]> equations = new ArrayList<>();

    Attacker(int unknowns) {
        this.unknowns = unknowns;
    }

    /** That the entries in which the sum takes part add up to so much. */
    void learns(boolean[] sum, long value) {
        var row = new Fraction[unknowns + 1];
        Arrays.setAll(row, i -> i == unknowns ? Fraction.of(value) : sum[i] ? Fraction.ONE : Fraction.ZERO);
        equations.add(row);
    }

    /** Whether the sum is a linear combination of what is known. */
    boolean determines(boolean[] sum) {
        var rows = eliminated();
        var rest = new Fraction[unknowns];
        Arrays.setAll(rest, i -> sum[i] ? Fraction.ONE : Fraction.ZERO);
        for (var row : rows) {
            var lead = lead(row).orElse(-1);
            if (lead >= 0) {
                var factor = rest[lead];
                for (var i = 0; i < unknowns; i++) {
                    rest[i] = rest[i].minus(factor.times(row[i]));
                }
            }
        }
        return Arrays.stream(rest).allMatch(each -> each.sign() == 0);
    }

    /** The most that the sum can be. */
    Fraction most(boolean[] sum) {
        return new Simplex(eliminated(), unknowns).most(objective(sum, 1));
    }

    /** The least. */
    Fraction least(boolean[] sum) {
        return Fraction.ZERO.minus(new Simplex(eliminated(), unknowns).most(objective(sum, -1)));
    }

    private Fraction[] objective(boolean[] sum, long factor) {
        return IntStream.range(0, unknowns)
                .mapToObj(i -> sum[i] ? Fraction.of(factor) : Fraction.ZERO)
                .toArray(Fraction[]::new);
    }

    private OptionalInt lead(Fraction[] row) {
        return IntStream.range(0, unknowns).filter(i -> row[i].sign() != 0).findFirst();
    }

    /** In reduced row echelon form, without rows that say nothing. */
    private List<Fraction[]> eliminated() {
        var rows = new ArrayList<Fraction[]>();
        equations.forEach(each -> rows.add(each.clone()));
        var done = 0;
        for (var column = 0; column < unknowns && done < rows.size(); column++) {
            var pivot = done;
            while (pivot < rows.size() && rows.get(pivot)[column].sign() == 0) {
                pivot++;
            }
            if (pivot < rows.size()) {
                var row = rows.remove(pivot);
                rows.add(done, row);
                Simplex.clear(rows, done, column);
                done++;
            }
        }
        return rows.subList(0, done);
    }
}

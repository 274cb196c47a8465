package org.huying.metrics.scoreboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The simplex method in exact numbers, by Bland's rule, which never goes round in circles. */
final class Simplex {
    private final List<Fraction[]> rows = new ArrayList<>();
    private final int[] basis;
    private final int unknowns;
    private final int columns;

    /** Equations, each with its value last, between unknowns that are not negative; they have a solution. */
    Simplex(List<Fraction[]> equations, int unknowns) {
        this.unknowns = unknowns;
        this.columns = unknowns + equations.size();
        this.basis = new int[equations.size()];
        for (var i = 0; i < equations.size(); i++) {
            var equation = equations.get(i);
            var sign = Fraction.of(equation[unknowns].sign() < 0 ? -1 : 1);
            var row = new Fraction[columns + 1];
            Arrays.fill(row, Fraction.ZERO);
            for (var j = 0; j < unknowns; j++) {
                row[j] = equation[j].times(sign);
            }
            row[unknowns + i] = Fraction.ONE;
            row[columns] = equation[unknowns].times(sign);
            rows.add(row);
            basis[i] = unknowns + i;
        }
    }

    /** The greatest value of the objective. */
    Fraction most(Fraction[] objective) {
        var artificial = new Fraction[columns];
        Arrays.setAll(artificial, i -> i < unknowns ? Fraction.ZERO : Fraction.of(-1));
        var start = climb(artificial, columns);
        if (start.sign() != 0) {
            throw new IllegalStateException("what is published contradicts itself");
        }
        leaveArtificial();
        var real = Arrays.copyOf(objective, columns);
        Arrays.fill(real, unknowns, columns, Fraction.ZERO);
        return climb(real, unknowns);
    }

    /** What is zero and still in the basis makes way for an unknown; every row has one. */
    private void leaveArtificial() {
        for (var i = 0; i < basis.length; i++) {
            for (var j = 0; j < unknowns && basis[i] >= unknowns; j++) {
                if (rows.get(i)[j].sign() != 0) {
                    basis[i] = j;
                    clear(rows, i, j);
                }
            }
        }
    }

    private Fraction climb(Fraction[] objective, int allowed) {
        while (true) {
            var enters = -1;
            for (var j = 0; j < allowed && enters < 0; j++) {
                enters = gain(objective, j).sign() > 0 ? j : -1;
            }
            if (enters < 0) {
                var sum = Fraction.ZERO;
                for (var i = 0; i < basis.length; i++) {
                    sum = sum.plus(objective[basis[i]].times(rows.get(i)[columns]));
                }
                return sum;
            }
            var leaves = leaves(enters);
            if (leaves < 0) {
                throw new IllegalStateException("without a bound");
            }
            basis[leaves] = enters;
            clear(rows, leaves, enters);
        }
    }

    private Fraction gain(Fraction[] objective, int column) {
        var gain = objective[column];
        for (var i = 0; i < basis.length; i++) {
            gain = gain.minus(objective[basis[i]].times(rows.get(i)[column]));
        }
        return gain;
    }

    private int leaves(int enters) {
        var leaves = -1;
        var least = Fraction.ZERO;
        for (var i = 0; i < basis.length; i++) {
            if (rows.get(i)[enters].sign() > 0) {
                var ratio = rows.get(i)[columns].by(rows.get(i)[enters]);
                var order = leaves < 0 ? -1 : ratio.minus(least).sign();
                if (order < 0 || (order == 0 && basis[i] < basis[leaves])) {
                    leaves = i;
                    least = ratio;
                }
            }
        }
        return leaves;
    }

    /** Makes the row's entry one, and that of all others zero. */
    static void clear(List<Fraction[]> rows, int pivot, int column) {
        var row = rows.get(pivot);
        var head = row[column];
        for (var j = 0; j < row.length; j++) {
            row[j] = row[j].by(head);
        }
        for (var other : rows) {
            var factor = other[column];
            if (other != row && factor.sign() != 0) {
                for (var j = 0; j < row.length; j++) {
                    other[j] = other[j].minus(factor.times(row[j]));
                }
            }
        }
    }
}

package org.huying.metrics.scoreboard;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * How narrowly a hidden cell is told by all that is shown. A ticket counts in one firm, or in none that is listed, and in
 * one compound, or in none. So what is shown fixes sums of a table of firms by compounds of which everybody may know where
 * it is empty, as a firm serves few compounds. Whoever sees the sums knows of a cell just the values that such a table
 * without negative entries leaves it: these are the flows through a network from the total by way of firms and compounds,
 * and how far a cell can move is how much can go round through it. That the sums are whole numbers and the network is one
 * of arcs makes this exact: no combination of what is shown tells more.
 */
final class Exposure {
    /** What both lists leave of the tickets; which firm and which compound, by number, or {@link #NONE}. */
    record Crossing(int firm, int compound, long tickets) {}

    static final int NONE = -1;

    private static final long ANY = Long.MAX_VALUE / 4;

    private final int firms;
    private final int source;
    private final int sink;
    private final int[] from;
    private final int[] to;
    private final int[][] arcsAt;
    private final long[] tickets;

    /** As many arcs as crossings, and then one for each cell. Each is followed by its reverse. */
    Exposure(List<Long> firms, List<Long> compounds, List<Crossing> crossings) {
        this.firms = firms.size();
        var cells = firms.size() + compounds.size();
        var otherFirms = cells;
        var otherCompounds = cells + 1;
        this.source = cells + 2;
        this.sink = cells + 3;
        var arcs = cells + crossings.size();
        this.from = new int[2 * arcs];
        this.to = new int[2 * arcs];
        this.tickets = new long[arcs];
        for (var cell = 0; cell < cells; cell++) {
            var isFirm = cell < firms.size();
            arc(
                    cell,
                    isFirm ? source : cell,
                    isFirm ? cell : sink,
                    isFirm ? firms.get(cell) : compounds.get(cell - firms.size()));
        }
        for (var i = 0; i < crossings.size(); i++) {
            var crossing = crossings.get(i);
            arc(
                    cells + i,
                    crossing.firm() == NONE ? otherFirms : crossing.firm(),
                    crossing.compound() == NONE ? otherCompounds : firms.size() + crossing.compound(),
                    crossing.tickets());
        }
        this.arcsAt = arcsAt(cells + 4);
    }

    private void arc(int number, int begin, int end, long carried) {
        from[2 * number] = begin;
        to[2 * number] = end;
        from[2 * number + 1] = end;
        to[2 * number + 1] = begin;
        tickets[number] = carried;
    }

    private int[][] arcsAt(int nodes) {
        var sizes = new int[nodes];
        Arrays.stream(from).forEach(node -> sizes[node]++);
        var at = new int[nodes][];
        Arrays.setAll(at, node -> new int[sizes[node]]);
        for (var arc = 0; arc < from.length; arc++) {
            at[from[arc]][--sizes[from[arc]]] = arc;
        }
        return at;
    }

    /**
     * The difference between the most and the fewest tickets that the cell may have, as far as anybody can tell; not
     * counted on above {@code enough}. What counts in no listed cell is taken for known.
     *
     * @param cell   firms first, then compounds
     * @param hidden cells that are not shown
     */
    long width(int cell, BitSet hidden, long enough) {
        var root = cell < firms ? source : sink;
        var more = flow(cell, root, cell, hidden, enough);
        return more + flow(root, cell, cell, hidden, enough - more);
    }

    /** How much can go from one node to another without the arc of the cell itself. */
    private long flow(int begin, int end, int cell, BitSet hidden, long enough) {
        var room = room(cell, hidden);
        var sum = 0L;
        while (sum < enough) {
            var cameBy = path(begin, end, room);
            if (cameBy[end] < 0) {
                return sum;
            }
            var least = enough - sum;
            for (var node = end; node != begin; node = from[cameBy[node]]) {
                least = Math.min(least, room[cameBy[node]]);
            }
            for (var node = end; node != begin; node = from[cameBy[node]]) {
                room[cameBy[node]] -= least;
                room[cameBy[node] ^ 1] += least;
            }
            sum += least;
        }
        return sum;
    }

    /** What is shown cannot move; what is hidden can grow, and shrink to nothing. */
    private long[] room(int cell, BitSet hidden) {
        var room = new long[to.length];
        for (var arc = 0; arc < tickets.length; arc++) {
            var isCell = arc < source - 2;
            if (arc != cell && (!isCell || hidden.get(arc))) {
                room[2 * arc] = ANY;
                room[2 * arc + 1] = tickets[arc];
            }
        }
        return room;
    }

    /** By which arc each node is reached on a shortest way; below zero where none leads there. */
    private int[] path(int begin, int end, long[] room) {
        var cameBy = new int[arcsAt.length];
        Arrays.fill(cameBy, -1);
        var next = new ArrayDeque<Integer>(List.of(begin));
        while (!next.isEmpty() && cameBy[end] < 0) {
            for (var arc : arcsAt[next.remove()]) {
                if (room[arc] > 0 && cameBy[to[arc]] < 0 && to[arc] != begin) {
                    cameBy[to[arc]] = arc;
                    next.add(to[arc]);
                }
            }
        }
        return cameBy;
    }
}

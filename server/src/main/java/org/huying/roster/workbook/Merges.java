package org.huying.roster.workbook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cells that are shown as one: what stands in the uppermost is said of each row that it reaches into. Rows are asked for from
 * the top down, once.
 */
final class Merges {
    private static final int MAX = 200_000;

    private record Range(int column, int from, int to) {}

    private static final class Open {
        private final Range range;
        private Cell said = Cell.EMPTY;

        private Open(Range range) {
            this.range = range;
        }
    }

    private final List<Range> ranges;
    private final @Nullable Open[] byColumn = new @Nullable Open[SheetPart.COLUMNS_MAX];
    private int next;

    private Merges(List<Range> ranges) {
        this.ranges = ranges;
    }

    static Merges read(Xml xml) throws IOException {
        var ranges = new ArrayList<Range>();
        while (xml.next()) {
            var ref = xml.starts("mergeCell") ? xml.attribute("ref") : null;
            int colon = ref == null ? -1 : ref.indexOf(':');
            if (ref != null && colon > 0) {
                var range = new Range(
                        Reference.column(ref),
                        Reference.row(ref.substring(0, colon)),
                        Reference.row(ref.substring(colon + 1)));
                if (range.to() > range.from() && range.column() >= 0 && range.column() < SheetPart.COLUMNS_MAX) {
                    ranges.add(range);
                }
            }
            if (ranges.size() > MAX) {
                throw new IOException("too many merged cells");
            }
        }
        ranges.sort(Comparator.comparingInt(Range::from));
        return new Merges(ranges);
    }

    /** Fills a row in which something stands by itself; one that is all empty stays so. */
    void fill(int row, List<Cell> cells) {
        while (next < ranges.size() && ranges.get(next).from() <= row) {
            var range = ranges.get(next++);
            byColumn[range.column()] = new Open(range);
        }
        var isEmpty = cells.stream().allMatch(Cell::isEmpty);
        for (int column = 0; column < byColumn.length; column++) {
            var open = byColumn[column];
            if (open == null || open.range.to() < row) {
                byColumn[column] = null;
            } else if (row == open.range.from()) {
                open.said = column < cells.size() ? cells.get(column) : Cell.EMPTY;
            } else if (!isEmpty && !open.said.isEmpty()) {
                while (cells.size() <= column) {
                    cells.add(Cell.EMPTY);
                }
                if (cells.get(column).isEmpty()) {
                    cells.set(column, open.said);
                }
            }
        }
    }
}

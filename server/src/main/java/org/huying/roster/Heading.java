package org.huying.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.huying.kernel.Fault;
import org.huying.kernel.spelling.Typed;
import org.huying.roster.workbook.Cell;
import org.jspecify.annotations.Nullable;

/**
 * What a line says the columns are, if it is a heading.
 *
 * @param columns in their order; nothing where a column is passed over
 * @param faults  why it is none, or none that is taken
 * @param isWhole whether every column that must be there is
 */
record Heading(List<@Nullable Column> columns, List<Fault> faults, boolean isWhole) {
    private static final int HINT_MAX = 40;

    /** A column that counts the rows says nothing of them. */
    private static final Set<String> COUNTS = Set.of("序号", "序", "行号", "编号", "no", "no.", "nr", "nr.", "#");

    static Heading of(Kind kind, List<Cell> cells) {
        var found = new ArrayList<@Nullable Column>();
        var faults = new ArrayList<Fault>();
        for (var cell : cells) {
            var text = Sheet.tidy(cell.text());
            var column = text.isEmpty() ? null : column(kind, text);
            if (column == null && !text.isEmpty() && !COUNTS.contains(plain(text))) {
                faults.add(new Fault(Sheet.POINTER, "column_unknown", hint(text)));
            } else if (column != null && found.contains(column)) {
                faults.add(new Fault(Sheet.POINTER, "column_repeated", column.heading()));
            }
            found.add(column);
        }
        var isWhole = true;
        for (var column : kind.required()) {
            if (!found.contains(column)) {
                isWhole = false;
                faults.add(new Fault(Sheet.POINTER, "column_missing", column.heading()));
            }
        }
        return new Heading(found, faults, isWhole);
    }

    boolean isGood() {
        return faults.isEmpty();
    }

    long known() {
        return columns.stream().filter(column -> column != null).distinct().count();
    }

    /** Whether a line says the same again, as on every page of a print. */
    boolean isRepeatedBy(Kind kind, List<Cell> cells) {
        var other = of(kind, cells);
        return other.isWhole() && other.columns().equals(columns);
    }

    private static @Nullable Column column(Kind kind, String heading) {
        var plain = plain(heading);
        for (var columns : List.of(kind.required(), kind.optional())) {
            for (var column : columns) {
                if (column.isHeadedBy(plain)) {
                    return column;
                }
            }
        }
        return null;
    }

    private static String plain(String heading) {
        return Typed.keyword(heading).replace("*", "");
    }

    static String hint(String text) {
        return text.substring(0, Math.min(text.length(), HINT_MAX));
    }
}

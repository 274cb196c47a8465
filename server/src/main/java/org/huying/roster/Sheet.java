package org.huying.roster;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.jspecify.annotations.Nullable;

/** Makes rows of what a reader finds, line after line: the first says what the columns are. */
final class Sheet {
    private static final int HINT_MAX = 40;

    /** Longer than anything that is taken: what is cut off is refused as too long all the same. */
    private static final int CELL_MAX = 1_000;

    private static final String POINTER = "/file";

    private final Kind kind;
    private final List<FileRow> rows = new ArrayList<>();
    private @Nullable List<@Nullable Column> columns;

    Sheet(Kind kind) {
        this.kind = kind;
    }

    void line(int number, List<String> cells) {
        var texts = cells.stream().map(Sheet::tidy).toList();
        if (texts.stream().allMatch(String::isEmpty)) {
            return;
        }
        if (columns == null) {
            columns = columns(texts);
        } else {
            rows.add(row(number, texts, columns));
            if (rows.size() > kind.rowsMax()) {
                throw Faults.of(new Fault(POINTER, "import_too_long", Integer.toString(kind.rowsMax())));
            }
        }
    }

    List<FileRow> rows() {
        if (rows.isEmpty()) {
            throw Faults.of(POINTER, "import_empty");
        }
        return rows;
    }

    private static FileRow row(int number, List<String> texts, List<@Nullable Column> columns) {
        var cells = new EnumMap<Column, String>(Column.class);
        for (int i = 0; i < Math.min(texts.size(), columns.size()); i++) {
            var column = columns.get(i);
            var text = texts.get(i);
            if (column != null && !text.isEmpty()) {
                cells.put(column, text);
            }
        }
        return new FileRow(number, cells);
    }

    /** Refuses with everything that is wrong with the headings. */
    private List<@Nullable Column> columns(List<String> headings) {
        var found = new ArrayList<@Nullable Column>();
        var faults = new ArrayList<Fault>();
        for (var heading : headings) {
            var column = heading.isEmpty() ? null : column(heading);
            if (column == null && !heading.isEmpty()) {
                faults.add(new Fault(POINTER, "column_unknown", hint(heading)));
            } else if (column != null && found.contains(column)) {
                faults.add(new Fault(POINTER, "column_repeated", column.heading()));
            }
            found.add(column);
        }
        for (var column : kind.required()) {
            if (!found.contains(column)) {
                faults.add(new Fault(POINTER, "column_missing", column.heading()));
            }
        }
        Faults.refuse(faults);
        return found;
    }

    private @Nullable Column column(String heading) {
        var plain = Normalizer.normalize(heading, Normalizer.Form.NFKC)
                .replaceAll("[\\s*]", "")
                .toLowerCase(Locale.ROOT);
        for (var columns : List.of(kind.required(), kind.optional())) {
            for (var column : columns) {
                if (column.isHeadedBy(plain)) {
                    return column;
                }
            }
        }
        return null;
    }

    private static String hint(String heading) {
        return heading.substring(0, Math.min(heading.length(), HINT_MAX));
    }

    /**
     * Blanks of any kind around it, and characters that nobody sees, are nobody's intention. Of a text that is too long,
     * so much is left that it still is. Each character is looked at a few times at most, however many there are.
     */
    static String tidy(CharSequence text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        var tidy = new StringBuilder();
        for (int at = from; at < to && tidy.length() <= CELL_MAX; at++) {
            var c = text.charAt(at);
            if (c == '\n' || !Character.isISOControl(c)) {
                tidy.append(c);
            }
        }
        return tidy.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == '\u00a0'
                || (c >= '\u2000' && c <= '\u200f')
                || c == '\u3000'
                || c == '\ufeff';
    }
}

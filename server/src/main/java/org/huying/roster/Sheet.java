package org.huying.roster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.regex.Pattern;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.spelling.Typed;
import org.huying.roster.workbook.Cell;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of what a reader finds, line after line: one of the first says what the columns are, what stands above it are
 * titles, and what follows below it are rows, but for sums and for who made the list.
 */
final class Sheet {
    static final String POINTER = "/file";

    /** Lines that are not blank, among which the heading is looked for. */
    private static final int WINDOW = 20;

    /** Longer than anything that is taken: what is cut off is refused as too long all the same. */
    private static final int CELL_MAX = 1_000;

    /** Longer than any words that are looked for at the beginning of a line. */
    private static final int LABEL_MAX = 60;

    private static final Pattern SUM = Pattern.compile(
            "(本页|本表|全村|全组)?(合计|总计|小计|共计|累计|总数|合计数|总人数|总户数|grandtotal|subtotal|total|sum)[:：]?(共?\\d{0,9}(人|户|名|条|行)?)?"
                    + "|共\\d{1,9}(人|户|名|条|行)");

    private static final Pattern MADE_BY = Pattern.compile("(制表|填表|审核|复核|填报|统计|经办|负责人|单位负责人|日期|备注|说明|注)[^:]{0,8}:.*");

    private record Line(int number, List<Cell> cells) {}

    private final Kind kind;
    private final List<FileRow> rows = new ArrayList<>();
    private final List<Line> first = new ArrayList<>();
    private @Nullable Heading heading;

    Sheet(Kind kind) {
        this.kind = kind;
    }

    /** Whether more are wanted: none where there is no heading among so many. */
    boolean line(int number, List<Cell> cells) {
        if (cells.stream()
                .allMatch(cell -> cell.slip() == null && tidy(cell.text()).isEmpty())) {
            return true;
        }
        if (heading != null) {
            add(new Line(number, cells), heading);
            return true;
        }
        first.add(new Line(number, List.copyOf(cells)));
        return first.size() < WINDOW || findHeading();
    }

    /** No more lines follow. */
    void end() {
        if (heading == null) {
            findHeading();
        }
    }

    private boolean findHeading() {
        for (var line : first) {
            var found = heading;
            if (found != null) {
                add(line, found);
            } else {
                var maybe = Heading.of(kind, line.cells());
                heading = maybe.isGood() ? maybe : null;
            }
        }
        if (heading != null) {
            first.clear();
        }
        return heading != null;
    }

    boolean isHeaded() {
        return heading != null;
    }

    /** Whether it would be a list if its columns were those that are wanted: to pass it over would lose its rows. */
    boolean isNearlyHeaded() {
        return heading == null
                && first.stream()
                        .anyMatch(line -> Heading.of(kind, line.cells()).known() > 1);
    }

    boolean isEmpty() {
        return heading == null && first.isEmpty();
    }

    boolean hasRows() {
        return !rows.isEmpty();
    }

    List<FileRow> rows() {
        if (rows.isEmpty()) {
            throw Faults.of(POINTER, "import_empty");
        }
        return rows;
    }

    /** Everything that is wrong with the line that is most like a heading. */
    Refusal headless() {
        var like = first.stream()
                .map(line -> Heading.of(kind, line.cells()))
                .max(Comparator.comparing(Heading::isWhole)
                        .thenComparing(Heading::known)
                        .thenComparing(each -> -each.faults().size()));
        return like.map(found -> Refusal.ruleBroken(found.faults().get(0).code(), found.faults()))
                .orElseGet(() -> Faults.of(POINTER, "import_empty"));
    }

    private void add(Line line, Heading by) {
        if (isAside(line.cells()) || by.isRepeatedBy(kind, line.cells())) {
            return;
        }
        rows.add(row(line, by.columns()));
        if (rows.size() > kind.rowsMax()) {
            throw Faults.of(new Fault(POINTER, "import_too_long", Integer.toString(kind.rowsMax())));
        }
    }

    /** A sum, or who made the list: told by the first words of the line. */
    private static boolean isAside(List<Cell> cells) {
        var words = cells.stream()
                .map(cell -> tidy(cell.text()))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        if (words.length() > CELL_MAX) {
            return false;
        }
        var label = Typed.keyword(words);
        return (label.length() <= LABEL_MAX && SUM.matcher(label).matches())
                || MADE_BY.matcher(label).matches();
    }

    private static FileRow row(Line line, List<@Nullable Column> columns) {
        var cells = new EnumMap<Column, String>(Column.class);
        var slips = new EnumMap<Column, String>(Column.class);
        for (int i = 0; i < Math.min(line.cells().size(), columns.size()); i++) {
            var column = columns.get(i);
            var cell = line.cells().get(i);
            var text = tidy(cell.text());
            if (column == null || (text.isEmpty() && cell.slip() == null)) {
                continue;
            }
            var slip = column.slip(cell, text);
            if (slip != null) {
                slips.put(column, slip);
            }
            cells.put(column, column.reads(cell, text));
        }
        return new FileRow(line.number(), cells, slips);
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

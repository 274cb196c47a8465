package org.huying.roster.workbook;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a sheet, one after the other. */
final class SheetPart {
    /** Wider than any file that is meant: what lies beyond is a slip. */
    static final int COLUMNS_MAX = 50;

    /** An error in a formula, a number that is none, a day that no calendar has. */
    private static final String UNREADABLE = "cell_unreadable";

    /** Longer than any number that a spreadsheet writes; the time that it takes to read one grows with its square. */
    private static final int NUMBER_MAX = 64;

    private static final int SCALE_MAX = 20;
    private static final int ISO_DAY = 10;

    private final List<String> shared;
    private final Formats formats;
    private final boolean is1904;

    SheetPart(List<String> shared, Formats formats, boolean is1904) {
        this.shared = shared;
        this.formats = formats;
        this.is1904 = is1904;
    }

    /** @param takes says whether it wants more */
    void read(Xml xml, Merges merges, Workbook.Lines takes) throws IOException {
        int row = 0;
        while (xml.next() && !xml.ends("sheetData")) {
            if (xml.starts("row")) {
                row = xml.number("r", row + 1);
                var cells = cells(xml);
                merges.fill(row, cells);
                if (!takes.line(row, cells)) {
                    return;
                }
            }
        }
    }

    private List<Cell> cells(Xml xml) throws IOException {
        var cells = new ArrayList<Cell>();
        int column = -1;
        while (xml.next() && !xml.ends("row")) {
            if (xml.starts("c")) {
                var reference = xml.attribute("r");
                column = reference == null ? column + 1 : Reference.column(reference);
                var cell = cell(xml);
                if (column >= 0 && column < COLUMNS_MAX) {
                    while (cells.size() <= column) {
                        cells.add(Cell.EMPTY);
                    }
                    cells.set(column, cell);
                }
            }
        }
        return cells;
    }

    private Cell cell(Xml xml) throws IOException {
        var type = xml.attribute("t");
        var format = formats.of(xml.number("s", 0));
        @Nullable String value = null;
        @Nullable String inline = null;
        while (xml.next() && !xml.ends("c")) {
            if (xml.starts("v")) {
                value = xml.text(RichText.MAX, element -> false);
            } else if (xml.starts("is")) {
                inline = RichText.of(xml);
            }
        }
        if (inline != null) {
            return Cell.text(inline);
        }
        return value == null || value.isEmpty() ? Cell.EMPTY : cell(type == null ? "n" : type, value, format);
    }

    private Cell cell(String type, String value, Format format) {
        return switch (type) {
            case "s" -> shared(value);
            case "str", "inlineStr" -> Cell.text(value);
            case "b" ->
                Cell.text(value.strip().equals("1") || value.strip().equalsIgnoreCase("true") ? "true" : "false");
            case "d" -> iso(value.strip());
            case "n" -> number(value.strip(), format);
            default -> Cell.slip(value, UNREADABLE);
        };
    }

    private Cell shared(String value) {
        try {
            return Cell.text(shared.get(Integer.parseInt(value.strip())));
        } catch (NumberFormatException | IndexOutOfBoundsException noSuchText) {
            return Cell.slip(value, UNREADABLE);
        }
    }

    private static Cell iso(String value) {
        try {
            return Cell.date(LocalDate.parse(value.substring(0, Math.min(value.length(), ISO_DAY))), true);
        } catch (DateTimeException noDay) {
            return Cell.slip(value, UNREADABLE);
        }
    }

    private Cell number(String value, Format format) {
        if (value.length() > NUMBER_MAX) {
            return Cell.slip(value, UNREADABLE);
        }
        BigDecimal number;
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException notANumber) {
            return Cell.slip(value, UNREADABLE);
        }
        if (Math.abs((long) number.scale()) > SCALE_MAX) {
            return Cell.slip(value, UNREADABLE);
        }
        var plain = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        var day = Serials.day(number, is1904);
        if (format.isDate()) {
            return day.map(date -> Cell.date(date, format.hasDay())).orElseGet(() -> Cell.slip(plain, UNREADABLE));
        }
        return Cell.number(format.shown(plain), number.stripTrailingZeros().scale() > 0 ? null : day.orElse(null));
    }
}

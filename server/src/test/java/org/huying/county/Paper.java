package org.huying.county;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.huying.roster.Ooxml;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a file, whatever program has made it.
 *
 * @param below sums, and who made it
 */
record Paper(List<String> titles, List<String> headings, List<List<Cell>> lines, List<String> below) {
    /**
     * A cell.
     *
     * @param text  as it is typed
     * @param date  where a spreadsheet has it as a date
     * @param style of the number, where it is one: 0 for none, 1 for a day, 2 for a month
     * @param group cells below each other that have the same are merged where they can be
     */
    record Cell(
            String text,
            @Nullable LocalDate date,
            int style,
            @Nullable Object group) {
        static Cell of(String text) {
            return new Cell(text, null, 0, null);
        }

        static Cell of(String text, Object group) {
            return new Cell(text, null, 0, group);
        }
    }

    /** A program, and how it is used. */
    enum Form {
        GB18030,
        UTF8_SEMICOLONS,
        UTF16_TABS,
        WORKBOOK,
        WORKBOOK_OF_1904,
        STRICT_WORKBOOK;

        boolean isWorkbook() {
            return this == WORKBOOK || this == WORKBOOK_OF_1904 || this == STRICT_WORKBOOK;
        }
    }

    /** As a spreadsheet counts, from 1. */
    int number(int line) {
        return titles.size() + 2 + line;
    }

    byte[] in(Form form) {
        return switch (form) {
            case GB18030 -> text(",").getBytes(Charset.forName("GB18030"));
            case UTF8_SEMICOLONS -> ("\ufeff" + text(";")).getBytes(StandardCharsets.UTF_8);
            case UTF16_TABS -> ("\ufeff" + text("\t")).getBytes(StandardCharsets.UTF_16LE);
            default -> workbook(form);
        };
    }

    private String text(String separator) {
        var all = new ArrayList<String>();
        all.addAll(titles);
        all.add(String.join(separator, headings));
        for (var line : lines) {
            all.add(line.stream().map(cell -> quoted(cell.text(), separator)).collect(Collectors.joining(separator)));
        }
        all.addAll(below);
        return String.join("\r\n", all) + "\r\n";
    }

    private static String quoted(String text, String separator) {
        return text.contains(separator) || text.contains("\"") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    private byte[] workbook(Form form) {
        var merged = new ArrayList<String>();
        var rows = new StringBuilder();
        for (int i = 0; i < titles.size(); i++) {
            rows.append(Ooxml.row(i + 1, titles.get(i)));
            merged.add("A" + (i + 1) + ":" + (char) ('A' + headings.size() - 1) + (i + 1));
        }
        rows.append(Ooxml.row(titles.size() + 1, headings.toArray(String[]::new)));
        for (int i = 0; i < lines.size(); i++) {
            var cells = new String[headings.size()];
            for (int column = 0; column < cells.length; column++) {
                cells[column] = isWithUpper(i, column) ? "" : xml(lines.get(i).get(column), form);
                if (!isWithUpper(i, column) && isWithUpper(i + 1, column)) {
                    merged.add(range(i, column));
                }
            }
            rows.append(Ooxml.row(number(i), cells));
        }
        for (int i = 0; i < below.size(); i++) {
            rows.append(Ooxml.row(number(lines.size() + i), below.get(i)));
        }
        var ranges =
                merged.stream().map(each -> "<mergeCell ref=\"" + each + "\"/>").collect(Collectors.joining());
        var book = new Ooxml().format("yyyy-mm-dd").format("yyyy\"年\"m\"月\"");
        if (form == Form.STRICT_WORKBOOK) {
            book.strict();
        }
        if (form == Form.WORKBOOK_OF_1904) {
            book.of1904();
        }
        try {
            return book.hiddenSheet(Ooxml.row(1, "填表说明"))
                    .sheet(rows.toString(), "<mergeCells>" + ranges + "</mergeCells>")
                    .bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isWithUpper(int line, int column) {
        if (line == 0 || line >= lines.size()) {
            return false;
        }
        var group = lines.get(line).get(column).group();
        return group != null && group.equals(lines.get(line - 1).get(column).group());
    }

    private String range(int line, int column) {
        int last = line;
        while (isWithUpper(last + 1, column)) {
            last++;
        }
        var letter = (char) ('A' + column);
        return letter + Integer.toString(number(line)) + ":" + letter + number(last);
    }

    private static String xml(Cell cell, Form form) {
        var date = cell.date();
        if (date == null) {
            return cell.text();
        }
        if (form == Form.STRICT_WORKBOOK && cell.style() == 1) {
            return "<c t=\"d\" s=\"1\"><v>" + date + "</v></c>";
        }
        var zero = form == Form.WORKBOOK_OF_1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, 30);
        return "<c s=\"" + cell.style() + "\"><v>" + ChronoUnit.DAYS.between(zero, date) + "</v></c>";
    }
}

package org.huying.http;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.huying.kernel.spelling.Shapes;

/** A table that spreadsheets open (RFC 4180). */
public final class Csv {
    public static final String MEDIA_TYPE = "text/csv";

    private static final String CONTENT_TYPE = MEDIA_TYPE + "; charset=utf-8";

    /** Without it, spreadsheets take the text for something else than UTF-8. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private static final String LINE_END = "\r\n";
    /** With these, also when wide, a spreadsheet takes a text for a formula. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

    private Csv() {}

    public static Buffer write(List<String> headings, List<List<String>> rows) {
        return head(headings).appendBuffer(lines(rows));
    }

    /** How a table begins. */
    public static Buffer head(List<String> headings) {
        var text = new StringBuilder(BYTE_ORDER_MARK);
        line(text, headings);
        return Buffer.buffer(text.toString());
    }

    /** How it goes on. */
    public static Buffer lines(List<List<String>> rows) {
        var text = new StringBuilder();
        rows.forEach(row -> line(text, row));
        return Buffer.buffer(text.toString());
    }

    /** The same, made while it is taken. */
    public static Answer file(StreamedBody table, String asciiName, String name) {
        return Answer.file(CONTENT_TYPE, table, asciiName, name);
    }

    /** An answer to be kept under a name; the first name is for what cannot read the second. */
    public static Answer file(Buffer table, String asciiName, String name) {
        return Answer.file(CONTENT_TYPE, table, asciiName, name);
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(",")))
                .append(LINE_END);
    }

    /** Nothing here is negative, so whatever begins like a formula is a text that must not become one. */
    static String cell(String value) {
        var safe = !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        safe = Shapes.isolated(safe);
        return NEEDS_QUOTES.matcher(safe).find() ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}

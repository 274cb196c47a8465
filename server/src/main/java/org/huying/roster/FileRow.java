package org.huying.roster;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file.
 *
 * @param number   as a spreadsheet counts: the first line is 1
 * @param slips    codes of what a spreadsheet did to cells, which cannot be read for that
 * @param decision where it was doubtful, and somebody has decided
 */
record FileRow(
        int number,
        Map<Column, String> cells,
        Map<Column, String> slips,
        @Nullable Decision decision) {
    private static final String SLIPS = "slips";

    FileRow(int number, Map<Column, String> cells, Map<Column, String> slips) {
        this(number, cells, slips, null);
    }

    FileRow decided(@Nullable Decision as) {
        return new FileRow(number, cells, slips, as);
    }

    /** What stands there, without blanks around it; nothing where nothing does. */
    String text(Column column) {
        return cells.getOrDefault(column, "");
    }

    boolean has(Column column) {
        return !text(column).isEmpty();
    }

    @Nullable
    String slip(Column column) {
        return slips.get(column);
    }

    String encoded() {
        var json = encoded(cells);
        return slips.isEmpty() ? json.encode() : json.put(SLIPS, encoded(slips)).encode();
    }

    private static JsonObject encoded(Map<Column, String> texts) {
        var json = new JsonObject();
        texts.forEach((column, text) -> json.put(column.name(), text));
        return json;
    }

    static FileRow decoded(int number, String text) {
        var json = new JsonObject(text);
        var slips = json.remove(SLIPS);
        return new FileRow(number, decoded(json), slips == null ? Map.of() : decoded((JsonObject) slips));
    }

    private static Map<Column, String> decoded(JsonObject json) {
        var texts = new EnumMap<Column, String>(Column.class);
        json.forEach(entry -> texts.put(Column.valueOf(entry.getKey()), (String) entry.getValue()));
        return texts;
    }
}

package org.huying.roster;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;

/**
 * A row of a file.
 *
 * @param number as a spreadsheet counts: the heading is 1
 */
record FileRow(int number, Map<Column, String> cells) {
    /** What stands there, without blanks around it; nothing where nothing does. */
    String text(Column column) {
        return cells.getOrDefault(column, "");
    }

    boolean has(Column column) {
        return !text(column).isEmpty();
    }

    String encoded() {
        var json = new JsonObject();
        cells.forEach((column, text) -> json.put(column.name(), text));
        return json.encode();
    }

    static FileRow decoded(int number, String text) {
        var cells = new EnumMap<Column, String>(Column.class);
        new JsonObject(text).forEach(entry -> cells.put(Column.valueOf(entry.getKey()), (String) entry.getValue()));
        return new FileRow(number, cells);
    }
}

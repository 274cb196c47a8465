package org.huying.roster;

import io.vertx.core.json.JsonObject;
import org.huying.kernel.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Why a row is bad.
 *
 * @param column absent where it is the row as a whole
 * @param hint   a bound or the number of another row; nothing that stands in the file
 */
record RowError(@Nullable Column column, String code, String hint) {
    RowError(Column column, String code) {
        this(column, code, "");
    }

    JsonObject json() {
        return new JsonObject()
                .put("column", column == null ? null : column.name())
                .put("code", code)
                .put("hint", hint);
    }

    static RowError from(JsonObject json) {
        var column = json.getString("column");
        return new RowError(
                column == null ? null : Column.valueOf(column), json.getString("code"), json.getString("hint"));
    }

    Fault fault() {
        return new Fault("/row", code, hint);
    }
}

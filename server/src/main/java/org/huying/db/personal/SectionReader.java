package org.huying.db.personal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.huying.db.FieldCipher;
import org.jspecify.annotations.Nullable;

/** Reads rows as their subject may read them: columns by their names, sealed ones opened. */
public final class SectionReader {
    private static final String SEALED = "_sealed";

    private final FieldCipher cipher;

    public SectionReader(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * The latest rows.
     *
     * @param sql    with the limit as its last parameter
     * @param values without the limit
     */
    public Section section(String name, String sql, Object... values) {
        return new Section(name, sql, List.of(values), this::told);
    }

    private Map<String, Object> told(Row row) {
        var told = new LinkedHashMap<String, Object>();
        for (int i = 0; i < row.size(); i++) {
            var column = row.getColumnName(i);
            var value = column.endsWith(SEALED) ? cipher.open(row.getBuffer(i)) : readable(row.getValue(i));
            if (value != null) {
                told.put(camel(column), value);
            }
        }
        return told;
    }

    private static @Nullable Object readable(@Nullable Object value) {
        if (value instanceof OffsetDateTime at) {
            return at.toInstant();
        }
        if (value instanceof JsonObject json) {
            return json.getMap();
        }
        if (value instanceof Object[] many) {
            return List.of(many);
        }
        if (value instanceof Buffer) {
            throw new IllegalArgumentException("bytes are not for reading");
        }
        return value;
    }

    private static String camel(String column) {
        var words = (column.endsWith(SEALED) ? column.substring(0, column.length() - SEALED.length()) : column)
                .split("_", -1);
        var name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
        }
        return name.toString();
    }
}

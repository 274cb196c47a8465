package org.huying.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON by RFC 8785, as far as events need it: their numbers are whole. */
final class Canonical {
    /** Beyond it a number is not exact for everybody. */
    private static final long LARGEST = 1L << 53;

    private Canonical() {}

    static String of(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof JsonObject object) {
            // by UTF-16 code units, which is how Java compares strings
            return new TreeSet<>(object.fieldNames())
                    .stream()
                            .map(name -> text(name) + ":" + of(object.getValue(name)))
                            .collect(Collectors.joining(",", "{", "}"));
        } else if (value instanceof JsonArray array) {
            return array.stream().map(Canonical::of).collect(Collectors.joining(",", "[", "]"));
        } else if (value instanceof String string) {
            return text(string);
        } else if (value instanceof Boolean) {
            return value.toString();
        } else if ((value instanceof Integer || value instanceof Long)
                && Math.abs(((Number) value).longValue()) < LARGEST) {
            return value.toString();
        }
        throw new IllegalStateException("an event holds no such value: " + value);
    }

    private static String text(String string) {
        var written = new StringBuilder("\"");
        for (var i = 0; i < string.length(); i++) {
            var c = string.charAt(i);
            switch (c) {
                case '"', '\\' -> written.append('\\').append(c);
                case '\b' -> written.append("\\b");
                case '\t' -> written.append("\\t");
                case '\n' -> written.append("\\n");
                case '\f' -> written.append("\\f");
                case '\r' -> written.append("\\r");
                default -> written.append(c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
            }
        }
        return written.append('"').toString();
    }
}

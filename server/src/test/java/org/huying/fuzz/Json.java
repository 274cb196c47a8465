package org.huying.fuzz;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes JSON as a JSON library would not: half surrogate pairs, fields twice, numbers that are none. */
final class Json {
    /** Stands in the text as it is. */
    record Raw(String text) {}

    private static final HexFormat HEX = HexFormat.of();

    private final Random random;
    private final boolean escapesAll;

    Json(Random random) {
        this.random = random;
        this.escapesAll = random.nextBoolean();
    }

    String write(@Nullable Object value) {
        if (value instanceof Raw raw) {
            return raw.text();
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Map<?, ?> object) {
            var fields = object.entrySet().stream()
                    .map(entry -> quoted(entry.getKey().toString()) + blank() + ":" + write(entry.getValue()))
                    .collect(Collectors.joining("," + blank()));
            return "{" + blank() + fields + "}";
        }
        if (value instanceof List<?> array) {
            return array.stream().map(this::write).collect(Collectors.joining(",", "[", "]" + blank()));
        }
        return String.valueOf(value);
    }

    private String blank() {
        return random.nextInt(20) == 0 ? " \r\n\t" : "";
    }

    private String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || isLone(text, i) || (escapesAll && c > '~')) {
                quoted.append("\\u").append(HEX.toHexDigits(c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isLone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}

package org.huying.notify;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What WeChat takes in a field, by the kind that its name begins with ({@code thing1}, {@code phrase3}): what is too long
 * or empty would be refused with 47003, and the message with it.
 */
final class MessageField {
    private static final Map<String, Integer> LENGTH_MAX = Map.of(
            "thing", 20, "phrase", 5, "character_string", 32, "number", 32, "letter", 32, "symbol", 5, "name", 10);
    private static final Pattern NUMBERED = Pattern.compile("\\.?[0-9]*$");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern NOT_HAN = Pattern.compile("[^\\p{IsHan}]");
    private static final Pattern NOT_PRINTABLE_ASCII = Pattern.compile("[^\\x21-\\x7e]");
    private static final DateTimeFormatter CHINESE_DATE = DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.CHINA);

    private MessageField() {}

    static String fit(String field, String text) {
        var kind = NUMBERED.matcher(field).replaceFirst("");
        var value = text.strip();
        return switch (kind) {
            case "date", "time" -> DATE.matcher(value).replaceAll(found -> chinese(found.group()));
            case "phrase" -> cut(kind, NOT_HAN.matcher(value).replaceAll(""), "通知");
            case "character_string" ->
                cut(kind, NOT_PRINTABLE_ASCII.matcher(value).replaceAll(""), "-");
            default -> cut(kind, value, "-");
        };
    }

    private static String chinese(String date) {
        return LocalDate.parse(date).format(CHINESE_DATE);
    }

    private static String cut(String kind, String value, String ifEmpty) {
        if (value.isEmpty()) {
            return ifEmpty;
        }
        int max = LENGTH_MAX.getOrDefault(kind, Integer.MAX_VALUE);
        if (value.codePointCount(0, value.length()) <= max) {
            return value;
        }
        // A thing shows that it goes on; the others have no room for that.
        var end = kind.equals("thing") ? "…" : "";
        return value.substring(0, value.offsetByCodePoints(0, max - end.length())) + end;
    }
}

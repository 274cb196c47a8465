package org.huying.fuzz;

import java.util.List;
import java.util.Random;

/** Texts and numbers that programs stumble over. */
final class Odd {
    /** Harmful to nobody who treats text as text: all of this may be stored, and must come back as it is. */
    private static final List<String> STORABLE = List.of(
            "楼道灯坏了",
            "漏水，请尽快处理",
            "\uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
            "e\u0301\u0323\u0308 a\u030a \u00e5",
            "\u202eolleh\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
            "line\u2028separated\u2029text",
            "tab\tand\r\nbreaks\u0085\u000b",
            "\u0001\u001b[31m\u007f\u009b",
            "x\ufeffy\ufffe\uffff",
            "\uDBFF\uDFFF\uD800\uDC00",
            "a\u00a0b\u3000c\u200bd",
            "\ufdfa\u1e9e\u0130\u0131\ufb03",
            "'; DROP TABLE ticket; --",
            "\" OR \"\"=\"",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1/a}",
            "{{7*7}} %s%n %00 {0} \\u0000 \\\\",
            "../../../../etc/passwd",
            "=cmd|' /C calc'!A0",
            "\u0915\u094d\u0937\u093f \u1100\u1161\u11a8 \uD840\uDC00",
            "null",
            "0");

    /** No text at all, or none that may be stored. */
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\u3000\u00a0\u2003\ufeff\u200b",
            "\u0000",
            "before\u0000after",
            "\ud800",
            "\udc00",
            "x\udfff\ud800y",
            "\ud800\ud800\udc00");

    static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1.5",
            "1.0",
            "-0.0",
            "2147483647",
            "2147483648",
            "-2147483649",
            "4294967296",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "1e2",
            "1e308",
            "-1e308",
            "1e400",
            "1E-400",
            "4.9e-324",
            "12345678901234567890123456789012345678901234567890",
            "9".repeat(900),
            "9".repeat(5_000),
            "0." + "3".repeat(900),
            "\"NaN\"",
            "\"Infinity\"",
            "\"1\"",
            "true");

    /** Not even JSON. */
    static final List<String> BROKEN = List.of(
            "NaN",
            "-Infinity",
            "01",
            "+1",
            "1.",
            ".5",
            "0x10",
            "'a'",
            "undefined",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\n\"",
            "tru",
            "/* */ 1",
            "[1,]",
            "{,}",
            "\"",
            "\\");

    private Odd() {}

    static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    /** Between so many code points, such as may be stored. */
    static String storable(int min, int max, Random random) {
        var text = new StringBuilder();
        do {
            text.append(one(STORABLE, random));
        } while (random.nextInt(3) == 0 || length(text) < Math.min(min, 4096));
        return cut(random.nextInt(12) == 0 ? full(text, Math.min(max, 4096)) : text, max);
    }

    /** Anything, of any length. */
    static String any(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "\uD83D\uDE00".repeat(50_000);
            case 1, 2 -> storable(0, 10_000, random);
            case 3 -> one(HOSTILE, random) + one(STORABLE, random);
            case 4 -> one(STORABLE, random).repeat(1 + random.nextInt(400));
            default -> one(HOSTILE, random);
        };
    }

    private static StringBuilder full(StringBuilder text, int length) {
        // Two more each time.
        for (int now = length(text); now < length; now += 2) {
            text.append("\uD83D\uDE00\u5b57");
        }
        return text;
    }

    private static int length(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }

    private static String cut(StringBuilder text, int max) {
        return length(text) <= max ? text.toString() : text.substring(0, text.offsetByCodePoints(0, max));
    }
}

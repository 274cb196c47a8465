package org.huying.roster.workbook;

import java.util.Set;

/**
 * How a number is shown.
 *
 * @param isDate as a date or a time
 * @param hasDay a day of the month is to be seen; a date without one was typed without
 * @param digits what is put around and between the digits of a whole number, {@code 0} where one stands in any case, and
 *               {@code #} where one stands if there is one; empty where just the number is shown
 */
record Format(boolean isDate, boolean hasDay, String digits) {
    static final Format PLAIN = new Format(false, true, "");

    /** Of those that are never written out: dates and times of all countries, then those of China and its neighbours. */
    private static final Set<Integer> WITHOUT_DAY = Set.of(17, 18, 19, 20, 21, 45, 46, 47, 27, 36, 50, 52, 57);

    private static final int CODE_MAX = 255;

    /** As files of a table of numbers have it, where no code is given for the number. */
    static Format builtIn(int id) {
        var isDate =
                (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
        return isDate ? new Format(true, !WITHOUT_DAY.contains(id), "") : PLAIN;
    }

    static Format of(String code) {
        if (code.length() > CODE_MAX || code.equalsIgnoreCase("general")) {
            return PLAIN;
        }
        var signs = new StringBuilder();
        var digits = new StringBuilder();
        take(code, signs, digits);
        var letters = signs.toString();
        if (letters.equals("general")) {
            return PLAIN;
        }
        var isExponent = letters.contains("e+") || letters.contains("e-");
        if (!isExponent && letters.chars().anyMatch(sign -> "ydmhseb".indexOf(sign) >= 0)) {
            return new Format(true, letters.indexOf('d') >= 0, "");
        }
        var isSimple = !isExponent && letters.chars().noneMatch(sign -> ".%@?/".indexOf(sign) >= 0);
        return isSimple && letters.contains("00") ? new Format(false, true, digits.toString()) : PLAIN;
    }

    /**
     * The first section of a code, that of positive numbers: {@code signs} without any words, in small letters;
     * {@code digits} with the words that are shown.
     */
    private static void take(String code, StringBuilder signs, StringBuilder digits) {
        for (int at = 0; at < code.length(); at++) {
            var c = code.charAt(at);
            switch (c) {
                case ';' -> {
                    return;
                }
                case '"' -> {
                    int end = code.indexOf('"', at + 1);
                    end = end < 0 ? code.length() : end;
                    words(code.substring(at + 1, end), digits);
                    at = end;
                }
                case '[' -> {
                    int end = code.indexOf(']', at);
                    end = end < 0 ? code.length() : end;
                    signs.append(elapsed(code.substring(at + 1, end)));
                    at = end;
                }
                case '\\' -> {
                    at++;
                    words(code.substring(Math.min(at, code.length()), Math.min(at + 1, code.length())), digits);
                }
                case '_', '*' -> at++;
                case ',' -> {
                    // thousands are not set apart: what is read is no sum
                }
                default -> {
                    signs.append(Character.toLowerCase(c));
                    digits.append(c);
                }
            }
        }
    }

    /** Hours, minutes or seconds that go on beyond a day; anything else in brackets is a colour, a country or a bound. */
    private static String elapsed(String bracketed) {
        var plain = bracketed.toLowerCase(java.util.Locale.ROOT);
        return plain.matches("h+|m+|s+") ? plain : "";
    }

    /** Digits among the words are not places for digits. */
    private static void words(String words, StringBuilder digits) {
        words.chars().map(c -> c == '0' ? '\uE000' : c == '#' ? '\uE001' : c).forEach(c -> digits.append((char) c));
    }

    /** A whole number as it is shown: no zero in front is lost, and nothing that stands between. */
    String shown(String number) {
        if (digits.isEmpty() || !number.matches("\\d{1,30}")) {
            return number;
        }
        var shown = new StringBuilder();
        int rest = number.length();
        int first = firstPlace();
        for (int at = digits.length() - 1; at >= 0; at--) {
            var c = digits.charAt(at);
            if (c != '0' && c != '#') {
                shown.append(c == '\uE000' ? '0' : c == '\uE001' ? '#' : c);
                continue;
            }
            if (rest > 0) {
                shown.append(number.charAt(--rest));
            } else if (c == '0') {
                shown.append('0');
            }
            if (at == first) {
                while (rest > 0) {
                    shown.append(number.charAt(--rest));
                }
            }
        }
        return shown.reverse().toString();
    }

    private int firstPlace() {
        int zero = digits.indexOf('0');
        int maybe = digits.indexOf('#');
        return zero < 0 ? maybe : maybe < 0 ? zero : Math.min(zero, maybe);
    }
}

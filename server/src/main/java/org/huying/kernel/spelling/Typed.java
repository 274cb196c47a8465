package org.huying.kernel.spelling;

import java.util.Locale;
import java.util.function.IntPredicate;

/** What somebody types off, or a scanner types for them, on a keyboard that may stand at Chinese. */
public final class Typed {
    private Typed() {}

    /** A code: its letters, in capitals, and digits; whatever groups it is gone. */
    public static String code(String typed) {
        return only(typed, c -> c != '-' && c != ' ' && c != '·').toUpperCase(Locale.ROOT);
    }

    /** Whether a code is so many digits. */
    public static boolean isDigits(String typed, int count) {
        var code = code(typed);
        return code.length() == count && code.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The name of an account, of one width and case, without blanks. */
    public static String loginName(String typed) {
        return only(typed, c -> c != ' ').replace('。', '.').toLowerCase(Locale.ROOT);
    }

    /** A word that is one of a few, such as a heading, a yes or a tick: in small letters, of one width, without blanks. */
    public static String keyword(String typed) {
        return loginName(typed);
    }

    /** What a machine wrote for machines, in small letters: of one width and case, without blanks. */
    public static String signs(String typed) {
        return loginName(typed);
    }

    private static String only(String typed, IntPredicate isKept) {
        return NormalForm.plain(typed)
                .codePoints()
                .filter(isKept)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

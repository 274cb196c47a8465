package org.huying.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.huying.kernel.Fault;

/**
 * Which passwords are taken, after NIST SP 800-63B-4, section 3.1.1.2: long enough for a single factor, no rule on what
 * characters it is made of, and nothing that is guessed first. No list of leaked passwords knows many of this length; what
 * is guessed of this length is put together out of common words, runs and repetitions. So these are taken away, and
 * enough has to be left.
 */
public final class PasswordRules {
    static final int LENGTH_MIN = 15;
    static final int LENGTH_MAX = 128;

    /** What has to be left without all that is guessable. */
    private static final int LEFT_MIN = 8;

    private static final int RUN_MIN = 4;
    private static final int DIFFERENT_MIN = 5;

    /** Of the service. */
    private static final List<String> OWN_NAMES = List.of("huying", "呼应");

    /** What fingers walk along on a keyboard; backwards too. */
    private static final List<String> WALKS = List.of(
            "01234567890",
            "qwertyuiop",
            "asdfghjkl",
            "zxcvbnm",
            "abcdefghijklmnopqrstuvwxyz",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
            "1q2w3e4r5t6y7u8i9o0p",
            "!@#$%^&*()_+");

    /** Letters that are written as something else; the word stays as easy to guess. */
    private static final String DISGUISED = "@$03!";

    private static final String PLAIN = "asoei";

    private static final List<String> WORDS = words();

    private PasswordRules() {}

    /**
     * All that is wrong with a password to be set.
     *
     * @param pointer where it stands in the request
     */
    public static List<Fault> faults(String pointer, String password, String username) {
        var text = PasswordCost.normalized(password);
        var faults = new ArrayList<Fault>();
        var length = text.codePointCount(0, text.length());
        if (length < LENGTH_MIN) {
            faults.add(new Fault(pointer, "password_too_short", String.valueOf(LENGTH_MIN)));
        }
        if (length > LENGTH_MAX) {
            faults.add(new Fault(pointer, "password_too_long", String.valueOf(LENGTH_MAX)));
        }
        if (isCommon(text.toLowerCase(Locale.ROOT), username)) {
            faults.add(new Fault(pointer, "password_too_common"));
        }
        return faults;
    }

    private static boolean isCommon(String text, String username) {
        return text.contains(username)
                || OWN_NAMES.stream().anyMatch(text::contains)
                || text.codePoints().distinct().count() < DIFFERENT_MIN
                || isRepeated(text)
                || isPutTogether(text);
    }

    /** Whether the whole is one part after another of at most half its length, the last one perhaps cut off. */
    private static boolean isRepeated(String text) {
        for (int period = 1; period <= text.length() / 2; period++) {
            if (text.regionMatches(0, text, period, text.length() - period)) {
                return true;
            }
        }
        return false;
    }

    /** What is too short is told just that. */
    private static boolean isPutTogether(String text) {
        return text.codePointCount(0, text.length()) >= LENGTH_MIN
                && (lengthLeft(text) < LEFT_MIN || lengthLeft(undisguised(text)) < LEFT_MIN);
    }

    private static int lengthLeft(String text) {
        var left = text;
        for (var word : WORDS) {
            left = left.replace(word, " ");
        }
        return withoutRuns(left.replaceAll("[\\s\\p{Punct}]", ""));
    }

    /** How many characters are in no run of four or more that are equal or follow each other. */
    private static int withoutRuns(String text) {
        int left = 0;
        int from = 0;
        while (from < text.length()) {
            int to = runEnd(text, from);
            left += to - from >= RUN_MIN ? 0 : 1;
            from = to - from >= RUN_MIN ? to : from + 1;
        }
        return left;
    }

    private static int runEnd(String text, int from) {
        int to = from + 1;
        while (to < text.length() && isWalked(text.substring(from, to + 1))) {
            to++;
        }
        return to;
    }

    private static boolean isWalked(String part) {
        var backwards = new StringBuilder(part).reverse().toString();
        return part.chars().allMatch(each -> each == part.charAt(0))
                || WALKS.stream().anyMatch(walk -> walk.contains(part) || walk.contains(backwards));
    }

    private static String undisguised(String text) {
        var plain = text;
        for (int i = 0; i < DISGUISED.length(); i++) {
            plain = plain.replace(DISGUISED.charAt(i), PLAIN.charAt(i));
        }
        return plain;
    }

    /** The longest first, so that none hides in a longer one. */
    private static List<String> words() {
        try (var in = Objects.requireNonNull(PasswordRules.class.getResourceAsStream("common-words.txt"));
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

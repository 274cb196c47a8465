package org.huying.ticket;

import java.util.HashMap;
import java.util.Map;
import org.huying.kernel.spelling.NormalForm;

/**
 * How alike two short texts are, from 0 to 1. Chinese does not part its words, so what counts is how many characters and
 * pairs of neighbouring characters they share; a pair says more than a character. Width, case, punctuation and the script
 * of a number make no difference.
 */
final class Likeness {
    private static final String CHINESE_DIGITS = "零一二三四五六七八九";
    private static final int PAIR_WEIGHT = 2;

    private final Map<String, Integer> grams;
    private final int total;

    private Likeness(Map<String, Integer> grams) {
        this.grams = grams;
        this.total = grams.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Prepared for being compared with many. */
    static Likeness of(String text) {
        var characters = normalized(text);
        var grams = new HashMap<String, Integer>();
        for (var i = 0; i < characters.length; i++) {
            grams.merge(Character.toString(characters[i]), 1, Integer::sum);
            if (i > 0) {
                grams.merge(new String(characters, i - 1, 2), PAIR_WEIGHT, Integer::sum);
            }
        }
        return new Likeness(grams);
    }

    double to(Likeness other) {
        var shared = grams.entrySet().stream()
                .mapToInt(gram -> Math.min(gram.getValue(), other.grams.getOrDefault(gram.getKey(), 0)))
                .sum();
        return total + other.total == 0 ? 0 : 2.0 * shared / (total + other.total);
    }

    private static int[] normalized(String text) {
        return NormalForm.ofName(text)
                .text()
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Likeness::digit)
                .toArray();
    }

    private static int digit(int character) {
        var value = CHINESE_DIGITS.indexOf(character);
        return value < 0 ? character : '0' + value;
    }
}

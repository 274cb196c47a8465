package org.huying.kernel.spelling;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * What texts are compared, looked up and held unique by; two spellings of one name or number have the same. Never shown:
 * what is shown is as it was typed.
 */
public record NormalForm(String text) {
    /** Raised with every change that gives some text another form: what was indexed under an older one is indexed anew. */
    public static final byte EDITION = 1;

    private static final int MIDDLE_DOT = '\u00b7';
    private static final int APOSTROPHE = '\'';

    /** Bullets, hyphenation points, operators and the dots of other scripts, all typed for the one between two names. */
    private static final String DOTS =
            "\u00b7\u0387\u1427\u16eb\u2022\u2027\u2219\u22c5\u25cf\u25e6\u2981\u2e30\u2e31\u2e33\u30fb\uff65\ua78f\u318d\u2b1d";

    /** Not dashes by their property, but typed and drawn as such. */
    private static final String DASHES = "\u2212\u02d7\u2043\u2500\u2501\u2796\u207b\u208b\u30fc\uff70";

    private static final String APOSTROPHES =
            "\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u2032\u00b4`\uff40\u055a\uff07";

    /** Circles that are typed for the zero of Chinese numbers. */
    private static final String CIRCLES = "\u25cb\u25ef\u2b58";

    private static final String COLONS = "\u2236\ua789\u0589\u05c3";

    private static final int ZERO = '\u3007';

    /** Of a name, an address or any other words by which something is known. */
    public static NormalForm ofName(String name) {
        var text = folded(plain(name));
        // What is taken apart may have characters to be unified, and these may join with those beside them.
        for (var next = folded(text); !next.equals(text); next = folded(text)) {
            text = next;
        }
        return new NormalForm(text);
    }

    /** Of a telephone number: E.164, where it can be read as one; else as any words. */
    public static NormalForm ofNumber(String number) {
        return phone(number).orElseGet(() -> ofName(number));
    }

    /** E.164 of what was typed for a telephone number, of this country where it names none; empty of anything else. */
    public static Optional<NormalForm> phone(String typed) {
        return PhoneNumber.e164(typed).map(NormalForm::new);
    }

    /** Whether one of these names is this one, however it is spelled. */
    public boolean isAmong(Collection<String> names) {
        return names.stream().map(NormalForm::ofName).anyMatch(this::equals);
    }

    /** Of one width, without characters that have no shape, with one of each sign. */
    static String plain(String text) {
        return unified(Normalizer.normalize(unified(text), Normalizer.Form.NFKC));
    }

    private static String folded(String text) {
        // By character, because the whole text has a small sigma of its own at the end of words.
        var small = plain(text.toUpperCase(Locale.ROOT)).codePoints().map(Character::toLowerCase);
        return Normalizer.normalize(joined(small.toArray()), Normalizer.Form.NFKC);
    }

    private static String unified(String text) {
        return text.codePoints()
                .filter(c -> !Shapes.isShapeless(c))
                .map(NormalForm::unified)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int unified(int c) {
        if (Shapes.isSpace(c)) {
            return ' ';
        }
        if (DOTS.indexOf(c) >= 0) {
            return MIDDLE_DOT;
        }
        if (Character.getType(c) == Character.DASH_PUNCTUATION || DASHES.indexOf(c) >= 0) {
            return '-';
        }
        if (APOSTROPHES.indexOf(c) >= 0) {
            return APOSTROPHE;
        }
        if (COLONS.indexOf(c) >= 0) {
            return ':';
        }
        if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
            return '0' + Character.digit(c, 10);
        }
        return CIRCLES.indexOf(c) >= 0 ? ZERO : c;
    }

    /** Blanks stay only where they part two words or two numbers, dots and dashes do not pile up. */
    private static String joined(int[] characters) {
        var text = new StringBuilder();
        int last = -1;
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            while (c == ' ' && i + 1 < characters.length && characters[i + 1] == ' ') {
                i++;
            }
            int next = i + 1 < characters.length ? characters[i + 1] : -1;
            if (c == ' ') {
                c = isParted(last, next) ? ' ' : -1;
            } else if (c == '.' && isHan(last) && isHan(next)) {
                c = MIDDLE_DOT;
            }
            if (c >= 0 && !(c == last && (c == '-' || c == MIDDLE_DOT))) {
                text.appendCodePoint(c);
                last = c;
            }
        }
        return text.toString();
    }

    /** Whether a blank between two characters parts words or numbers. */
    private static boolean isParted(int before, int after) {
        return (isOfWord(before) && isOfWord(after)) || (Character.isDigit(before) && Character.isDigit(after));
    }

    private static boolean isOfWord(int c) {
        return Character.isLetter(c) && !isWrittenWithoutBlanks(c);
    }

    private static boolean isHan(int c) {
        return c >= 0 && Character.isIdeographic(c);
    }

    private static boolean isWrittenWithoutBlanks(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, HANGUL, YI -> true;
            default -> false;
        };
    }
}

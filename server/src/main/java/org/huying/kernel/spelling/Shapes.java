package org.huying.kernel.spelling;

/** Which characters can be seen, and which turn the direction of what stands beside them. */
public final class Shapes {
    private static final char ISOLATE = '\u2068';
    private static final char END_OF_ISOLATE = '\u2069';

    /**
     * From, to, from, to, …: characters that a font draws nothing for, by the derived property
     * Default_Ignorable_Code_Point, and some more that are drawn as nothing: anchors of annotations, the empty braille
     * cell, the place of an object that is not there, a note without a head, the blanks of Egyptian.
     */
    private static final int[] SHAPELESS = {
        0x00ad, 0x00ad, 0x034f, 0x034f, 0x061c, 0x061c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x200b, 0x200f,
        0x202a, 0x202e, 0x2060, 0x206f, 0x2800, 0x2800, 0x3164, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xfeff, 0xffa0, 0xffa0,
        0xfff0, 0xfffc, 0x13441, 0x13442, 0x16fe4, 0x16fe4, 0x1bca0, 0x1bca3, 0x1d159, 0x1d159, 0x1d173, 0x1d17a,
        0xe0000, 0xe0fff
    };

    private Shapes() {}

    /** Whether nothing of it can be seen: blanks, characters without a shape, and marks on nothing. */
    public static boolean isBlank(String text) {
        return text.codePoints().noneMatch(Shapes::showsAlone);
    }

    /** Whether it has controls that turn the direction of writing, marks of a direction among them. */
    public static boolean turns(String text) {
        return text.codePoints().anyMatch(Shapes::isControlOfDirection);
    }

    /**
     * For being put into a sentence or a table: what is written from right to left stays within itself, and controls of
     * direction, which might reach beyond, are gone. Any other text is as it was.
     */
    public static String isolated(String text) {
        if (text.codePoints().noneMatch(c -> isControlOfDirection(c) || isFromRightToLeft(c))) {
            return text;
        }
        return text.codePoints()
                .filter(c -> !isControlOfDirection(c))
                .collect(
                        () -> new StringBuilder().append(ISOLATE),
                        StringBuilder::appendCodePoint,
                        StringBuilder::append)
                .append(END_OF_ISOLATE)
                .toString();
    }

    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    static boolean isShapeless(int c) {
        for (int i = 0; i < SHAPELESS.length && c >= SHAPELESS[i]; i += 2) {
            if (c <= SHAPELESS[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static boolean showsAlone(int c) {
        int type = Character.getType(c);
        return type != Character.NON_SPACING_MARK && type != Character.ENCLOSING_MARK && !isSpace(c) && !isShapeless(c);
    }

    private static boolean isControlOfDirection(int c) {
        return c == 0x061c
                || c == 0x200e
                || c == 0x200f
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x206f);
    }

    private static boolean isFromRightToLeft(int c) {
        return switch (Character.getDirectionality(c)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        };
    }
}

package org.huying.roster.workbook;

/** The address of a cell, such as {@code B12}. */
final class Reference {
    private static final int LETTERS_MAX = 4;
    private static final int DIGITS_MAX = 7;

    private Reference() {}

    /** From 0; -1 where there are no letters, or too many. */
    static int column(String reference) {
        int column = 0;
        int letters = 0;
        for (int at = 0; at < reference.length(); at++) {
            var c = Character.toUpperCase(reference.charAt(at));
            if (c >= 'A' && c <= 'Z') {
                column = column * 26 + (c - 'A' + 1);
                letters++;
            } else if (c != '$') {
                break;
            }
            if (letters > LETTERS_MAX) {
                return -1;
            }
        }
        return column - 1;
    }

    /** From 1; 0 where there are no digits, or too many. */
    static int row(String reference) {
        int from = reference.length();
        while (from > 0 && reference.charAt(from - 1) >= '0' && reference.charAt(from - 1) <= '9') {
            from--;
        }
        var digits = reference.length() - from;
        return digits == 0 || digits > DIGITS_MAX ? 0 : Integer.parseInt(reference.substring(from));
    }
}

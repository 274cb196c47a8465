package org.huying.kernel.spelling;

import java.util.Optional;

/** Telephone numbers as people write them. */
final class PhoneNumber {
    private static final String COUNTRY = "86";
    private static final int DIGITS_MIN = 5;
    private static final int DIGITS_MAX = 20;

    /** Of which numbers without an area code are shorter. */
    private static final int WITH_AREA_MIN = 9;

    /** With the country before it, where the plus was left out: nothing shorter has one. */
    private static final int WITH_COUNTRY_MIN = 12;

    /** Which is dialled behind the number like more of its digits. */
    private static final char EXTENSION = '转';

    /** How the zero is written that is dialled only within the country before it. */
    private static final String TRUNK = "(0)";

    private static final String BETWEEN = " -()[].·";

    private PhoneNumber() {}

    /** {@code +} and digits; empty where the text is no number. */
    static Optional<String> e164(String typed) {
        var digits = new StringBuilder();
        var isAbroad = false;
        int ofNumber = -1;
        for (int c : NormalForm.plain(typed).replace(TRUNK, "").codePoints().toArray()) {
            if (c >= '0' && c <= '9') {
                digits.append((char) c);
            } else if (c == '+' && digits.length() == 0 && !isAbroad) {
                isAbroad = true;
            } else if (c == EXTENSION && digits.length() > 0) {
                ofNumber = ofNumber < 0 ? digits.length() : ofNumber;
            } else if (BETWEEN.indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        return digits.length() < DIGITS_MIN || digits.length() > DIGITS_MAX
                ? Optional.empty()
                : Optional.of(
                        "+" + international(digits.toString(), ofNumber < 0 ? digits.length() : ofNumber, isAbroad));
    }

    /** @param ofNumber how many of the digits are the number's, and not an extension's */
    private static String international(String digits, int ofNumber, boolean isAbroad) {
        if (digits.startsWith("00")) {
            return withoutTrunkZero(digits.substring(2));
        }
        if (isAbroad || (digits.startsWith(COUNTRY) && ofNumber >= WITH_COUNTRY_MIN)) {
            return withoutTrunkZero(digits);
        }
        return withoutTrunkZero(COUNTRY + digits);
    }

    /** The zero before an area code, which is not dialled behind a country; before a mobile number it once was dialled too. */
    private static String withoutTrunkZero(String digits) {
        var isOurs = digits.startsWith(COUNTRY + "0") && digits.length() >= COUNTRY.length() + WITH_AREA_MIN;
        return isOurs ? COUNTRY + digits.substring(COUNTRY.length() + 1) : digits;
    }
}

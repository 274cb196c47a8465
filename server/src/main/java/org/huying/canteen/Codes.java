package org.huying.canteen;

import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** Makes the six digits that a diner shows at the counter; knowing some of them tells nothing of the others. */
final class Codes {
    private static final int BOUND = 1_000_000;
    /** More than needed, because some will be in use already: these, and a quarter. */
    private static final int SPARE = 4;

    private final SecureRandom random = new SecureRandom();

    /** Distinct candidates for so many bookings of one meal, to be held against those in use. */
    List<String> candidates(int bookings) {
        var codes = new LinkedHashSet<String>();
        while (codes.size() < bookings + bookings / 4 + SPARE) {
            codes.add(String.format(Locale.ROOT, "%06d", random.nextInt(BOUND)));
        }
        return List.copyOf(codes);
    }
}

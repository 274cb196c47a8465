package org.huying.canteen;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;

/** Makes the six digits that a diner shows at the counter; knowing some of them tells nothing of the others. */
final class Codes {
    private static final int BOUND = 1_000_000;
    /** Up to here every code is as likely as any other. */
    private static final int EVEN_BOUND = Integer.MAX_VALUE - Integer.MAX_VALUE % BOUND;

    /** More than needed, because some will be in use already: these, and a quarter. */
    private static final int SPARE = 4;

    private final SecureRandom random = new SecureRandom();

    /** Distinct candidates for so many bookings of one meal, to be held against those in use. */
    List<String> candidates(int bookings) {
        int wanted = bookings + bookings / 4 + SPARE;
        var codes = new LinkedHashSet<String>();
        while (codes.size() < wanted) {
            // All at once: asking the generator costs more than what it gives.
            var bytes = new byte[wanted * Integer.BYTES];
            random.nextBytes(bytes);
            var numbers = ByteBuffer.wrap(bytes).asIntBuffer();
            while (numbers.hasRemaining() && codes.size() < wanted) {
                int number = numbers.get() & Integer.MAX_VALUE;
                if (number < EVEN_BOUND) {
                    codes.add(sixDigits(number % BOUND));
                }
            }
        }
        return List.copyOf(codes);
    }

    private static String sixDigits(int number) {
        return Integer.toString(BOUND + number).substring(1);
    }
}

package org.huying.demo.district;

import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * One booking of the history, from the first wish to what came of it.
 *
 * @param diner     {@code resident-31}, {@code elder-2}
 * @param bookedBy  the user name of the staff who booked for the diner; nobody if they did it themselves
 * @param isLight   only two of the dishes
 * @param bookedAt  on the day before
 * @param arrivesAt for those who come
 */
record Visit(
        String diner,
        @Nullable String bookedBy,
        int canteen,
        LocalDate date,
        String period,
        String mode,
        int portions,
        boolean isLight,
        Outcome outcome,
        LocalTime bookedAt,
        LocalTime arrivesAt) {
    /** What came of it. */
    enum Outcome {
        SERVED,
        MISSED
    }

    LocalDate bookedOn() {
        return date.minusDays(1);
    }
}

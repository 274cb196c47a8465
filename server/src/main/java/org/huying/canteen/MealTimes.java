package org.huying.canteen;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.huying.kernel.Fault;
import org.jspecify.annotations.Nullable;

/** When booking of a meal opens, when it ends, and when the meal does. */
record MealTimes(Instant opensAt, Instant cutoffAt, Instant servingEndsAt) {
    static MealTimes of(Meal meal) {
        return new MealTimes(meal.bookingOpensAt(), meal.cutoffAt(), meal.servingEndsAt());
    }

    /** What was asked for, else what the canteen's rule says; what neither says is noted as a fault. */
    static MealTimes of(NewMeal asked, Optional<PeriodRule> rule, ZoneId zone, List<Fault> faults) {
        var opensAt = rule.map(r -> at(asked.date(), r.opensDaysBefore(), r.opensAt(), zone));
        var cutoffAt = rule.map(r -> at(asked.date(), r.cutoffDaysBefore(), r.cutoffAt(), zone));
        var endsAt = rule.map(r -> at(asked.date(), 0, r.servingEndsAt(), zone));
        return new MealTimes(
                present(asked.bookingOpensAt(), opensAt, "/bookingOpensAt", faults),
                present(asked.cutoffAt(), cutoffAt, "/cutoffAt", faults),
                present(asked.servingEndsAt(), endsAt, "/servingEndsAt", faults));
    }

    /** The same hours of the day, so many days later. */
    MealTimes later(long days, ZoneId zone) {
        return new MealTimes(later(opensAt, days, zone), later(cutoffAt, days, zone), later(servingEndsAt, days, zone));
    }

    /** Whether the meal ends on the day of which it is; midnight is the next day's. */
    boolean endOn(LocalDate date, ZoneId zone) {
        return servingEndsAt.atZone(zone).toLocalDate().equals(date);
    }

    /** Whether serving is over. */
    boolean areOver(Instant now) {
        return !now.isBefore(servingEndsAt);
    }

    /** What is wrong with them for a meal of the day that is made, or given another end, now. */
    List<Fault> faults(LocalDate date, ZoneId zone, Instant now) {
        var faults = faults();
        if (!endOn(date, zone)) {
            faults.add(new Fault("/servingEndsAt", "end_not_on_meal_day", date.toString()));
        } else if (areOver(now)) {
            faults.add(new Fault("/servingEndsAt", "end_in_past"));
        }
        return faults;
    }

    /** What is wrong with their order. */
    List<Fault> faults() {
        var faults = new ArrayList<Fault>();
        if (!opensAt.isBefore(cutoffAt)) {
            faults.add(new Fault("/cutoffAt", "cutoff_not_after_opening"));
        }
        if (cutoffAt.isAfter(servingEndsAt)) {
            faults.add(new Fault("/servingEndsAt", "end_before_cutoff"));
        }
        return faults;
    }

    private static Instant later(Instant instant, long days, ZoneId zone) {
        return instant.atZone(zone).plusDays(days).toInstant();
    }

    private static Instant present(
            @Nullable Instant asked, Optional<Instant> rule, String pointer, List<Fault> faults) {
        if (asked == null && rule.isEmpty()) {
            faults.add(new Fault(pointer, "time_missing"));
        }
        return asked == null ? rule.orElse(Instant.EPOCH) : asked;
    }

    private static Instant at(LocalDate date, int daysBefore, LocalTime time, ZoneId zone) {
        return date.minusDays(daysBefore).atTime(time).atZone(zone).toInstant();
    }
}

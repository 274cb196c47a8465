package org.huying.ticket.catalogue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.Predicate;

/** A clock that looks at every minute by itself: too slow for use, too simple to be wrong. */
public final class SlowClock implements TargetClock {
    private static final long MINUTE_MILLIS = 60_000;

    private final Predicate<Instant> runs;

    /** @param runs whether the clock runs in the minute that begins at an instant */
    SlowClock(Predicate<Instant> runs) {
        this.runs = runs;
    }

    /** Runs day and night. */
    public static final SlowClock ALL_HOURS = new SlowClock(minute -> true);

    /** Runs from nine to five, Monday to Friday. */
    public static SlowClock usualWeek(ZoneId zone) {
        return new SlowClock(minute -> {
            var local = LocalDateTime.ofInstant(minute, zone);
            var weekend = local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY;
            return !weekend && local.getHour() >= 9 && local.getHour() < 17;
        });
    }

    @Override
    public Instant after(Instant start, Duration time) {
        var leftMillis = time.toMillis();
        for (var now = start; ; now = nextMinute(now)) {
            if (runs.test(minuteOf(now))) {
                var lengthMillis = Duration.between(now, nextMinute(now)).toMillis();
                if (lengthMillis >= leftMillis) {
                    return now.plusMillis(leftMillis);
                }
                leftMillis -= lengthMillis;
            }
        }
    }

    @Override
    public Duration between(Instant start, Instant end) {
        var millis = 0L;
        for (var now = start; now.isBefore(end); now = nextMinute(now)) {
            if (runs.test(minuteOf(now))) {
                var until = nextMinute(now).isBefore(end) ? nextMinute(now) : end;
                millis += Duration.between(now, until).toMillis();
            }
        }
        return Duration.ofMillis(millis);
    }

    private static Instant minuteOf(Instant instant) {
        return Instant.ofEpochMilli(Math.floorDiv(instant.toEpochMilli(), MINUTE_MILLIS) * MINUTE_MILLIS);
    }

    private static Instant nextMinute(Instant instant) {
        return minuteOf(instant).plusMillis(MINUTE_MILLIS);
    }
}

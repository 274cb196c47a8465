package org.huying.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * When the domain's time of every test begins: {@code huying.today}, a date or a date with a time in the districts' zone,
 * {@code 2028-02-29} or {@code 2026-12-31T23:59:30}; else a day that does not move. It is said once in each run.
 */
public final class TestDay {
    /** The system property that gives another. */
    public static final String PROPERTY = "huying.today";

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** A Wednesday in the middle of a month, long past: whoever takes the real time for the domain's, shows. */
    private static final String USUAL = "2026-09-16";

    private static final LocalTime FRIENDLY_HOUR = LocalTime.of(10, 0);

    private static final LocalDateTime OF_THIS_RUN = said(parse(System.getProperty(PROPERTY, USUAL)));

    private static final ThreadLocal<LocalDateTime> NOW = ThreadLocal.withInitial(() -> OF_THIS_RUN);

    private TestDay() {}

    /** The instant with which the domain begins. */
    public static Instant start() {
        return NOW.get().atZone(ZONE).toInstant();
    }

    /** Its date in the zone. */
    public static LocalDate date() {
        return NOW.get().toLocalDate();
    }

    /** A time of a day after it, {@code 17:00} in the zone. */
    public static Instant at(long daysAfter, String time) {
        return date().plusDays(daysAfter)
                .atTime(LocalTime.parse(time))
                .atZone(ZONE)
                .toInstant();
    }

    /** For what lives by itself, such as a node that does what is due: begins with the day, and goes on as time does. */
    public static Clock running() {
        return runningFrom(start());
    }

    /** Goes on from there as time does. */
    public static Clock runningFrom(Instant start) {
        var ahead = Duration.between(Clock.systemUTC().instant(), start);
        return Clock.tick(Clock.offset(Clock.systemUTC(), ahead), Duration.ofMillis(1));
    }

    /** What the work, on this thread, takes for the day. */
    static <T> T on(LocalDateTime begins, Supplier<T> work) {
        var before = NOW.get();
        NOW.set(begins);
        try {
            return work.get();
        } finally {
            NOW.set(before);
        }
    }

    /** A date begins at a friendly hour. */
    static LocalDateTime parse(String text) {
        return text.contains("T")
                ? LocalDateTime.parse(text)
                : LocalDate.parse(text).atTime(FRIENDLY_HOUR);
    }

    private static LocalDateTime said(LocalDateTime day) {
        var weekday = day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        System.out.println("domain day: " + weekday + ", " + day + " in " + ZONE + "; another by -D" + PROPERTY + "=");
        return day;
    }
}

package org.huying.audit.history;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;

/** Chance with a liking for edges. */
final class Dice {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final Duration WEEK = Duration.ofDays(7);
    static final Duration MILLI = Duration.ofMillis(1);

    private final Random random;
    private final LocalDate firstDay;
    private final int days;

    /** For instants that, edges apart, lie within these days. */
    Dice(long seed, LocalDate firstDay, int days) {
        this.random = new Random(seed);
        this.firstDay = firstDay;
        this.days = days;
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Any length up to that one, to the millisecond. */
    Duration within(Duration longest) {
        return Duration.ofMillis((long) (random.nextDouble() * longest.toMillis()));
    }

    /** An instant; often the last of a day or the first of one, or of a month. */
    Instant instant() {
        var day = firstDay.plusDays(random.nextInt(days));
        return switch (random.nextInt(10)) {
            case 0 -> midnight(YearMonth.from(day).atDay(1).plusMonths(1)).minus(MILLI);
            case 1 -> midnight(YearMonth.from(day).atDay(1).plusMonths(1));
            case 2 -> midnight(day).minus(MILLI);
            case 3 -> midnight(day);
            default -> midnight(day).plus(within(Duration.ofDays(1)));
        };
    }

    /** Within or about the window after a first resolve; mostly one of its edges. */
    Instant edge(Instant resolvedAt) {
        return switch (random.nextInt(9)) {
            case 0 -> resolvedAt;
            case 1 -> resolvedAt.plus(MILLI);
            case 2 -> resolvedAt.plus(WEEK).minus(MILLI);
            case 3 -> resolvedAt.plus(WEEK);
            case 4 -> resolvedAt.plus(WEEK).plus(MILLI);
            case 5 -> resolvedAt.plus(WEEK).plus(within(Duration.ofDays(3)));
            default -> resolvedAt.plus(within(WEEK));
        };
    }

    static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }
}

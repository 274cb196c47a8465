package org.huying.ticket.digest;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** A day of a district's log, from midnight to midnight in the district's zone. */
public record LogDay(LocalDate date, ZoneId zone) {
    /**
     * How long after midnight a day is closed. An event is written with the clock of its node and committed at most 30 s
     * later; the rest is for nodes whose clocks are late. What is dated on a closed day after all is found as a fault.
     */
    static final Duration MARGIN = Duration.ofMinutes(15);

    static LogDay of(Instant instant, ZoneId zone) {
        return new LogDay(LocalDate.ofInstant(instant, zone), zone);
    }

    /** The latest that may be published by now. */
    public static LogDay latestClosed(Instant now, ZoneId zone) {
        return of(now.minus(MARGIN), zone).plus(-1);
    }

    public LogDay plus(int days) {
        return new LogDay(date.plusDays(days), zone);
    }

    public Instant from() {
        return date.atStartOfDay(zone).toInstant();
    }

    /** Not included. */
    public Instant until() {
        return plus(1).from();
    }

    Instant closesAt() {
        return until().plus(MARGIN);
    }
}

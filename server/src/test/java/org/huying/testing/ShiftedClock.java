package org.huying.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A machine's clock that somebody sets: for what is held against real time, as the database has it. */
public final class ShiftedClock extends Clock {
    private final Clock base;
    private volatile Duration shift = Duration.ZERO;

    /** @param base what it shows before it is set */
    public ShiftedClock(Clock base) {
        this.base = base;
    }

    /** One that is right before it is set. */
    public static ShiftedClock real() {
        return new ShiftedClock(Clock.systemUTC());
    }

    /** So much ahead of that. */
    public void shift(Duration ahead) {
        shift = ahead;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(shift);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}

package org.huying.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves; it stands still. */
public final class TestClock extends Clock {
    private final AtomicLong nowMillis;

    /** Begins with the day of the tests. */
    public TestClock() {
        this(TestDay.start());
    }

    public TestClock(Instant start) {
        this.nowMillis = new AtomicLong(start.toEpochMilli());
    }

    public void advance(Duration by) {
        nowMillis.addAndGet(by.toMillis());
    }

    public void set(Instant instant) {
        nowMillis.set(instant.toEpochMilli());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMillis.get());
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

package org.huying.trial;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.huying.db.clock.ClockGuard;
import org.huying.testing.Eventually;
import org.huying.testing.ShiftedClock;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;

/** The clock of a node is set under callers, and put right again. No process can be given a clock, so the node is in this one. */
final class ClockTrial {
    private static final int CALLERS = 8;
    private static final int BEFORE = 20;
    private static final String REFUSED = "clock_wrong";

    private final Installation on;
    private final Bounds bounds;

    ClockTrial(Installation on, Bounds bounds) {
        this.on = on;
        this.bounds = bounds;
    }

    Outcome aheadAndBack() {
        return run("clock a day ahead, and back", Duration.ofDays(1));
    }

    Outcome behindAndBack() {
        return run("clock two minutes behind, and back", Duration.ofMinutes(-2));
    }

    private Outcome run(String name, Duration by) {
        var outcome = new Outcome(name);
        var real = ShiftedClock.real();
        var domain = new ShiftedClock(TestDay.running());
        var guard = new ClockGuard(real, domain, System::nanoTime);
        try (var node = TestNode.on(on.postgres().url(), on.keys(), domain)
                        .guard(guard)
                        .answer();
                var callers = new Callers(node::uri, on.district(), CALLERS)) {
            Eventually.until("callers are at it", () -> callers.booked() >= BEFORE);
            domain.shift(by);
            real.shift(by);
            var since = System.nanoTime();
            LockSupport.parkNanos(bounds.fault().toNanos());
            var asked = callers.askedBetween(since, System.nanoTime());
            domain.shift(Duration.ZERO);
            real.shift(Duration.ZERO);
            var mended = System.nanoTime();
            Eventually.until("booked again", () -> callers.firstBookedAfter(mended) != null);
            callers.end();
            outcome.measured("answers", asked.size())
                    .require(!asked.isEmpty(), "callers are answered")
                    .require(asked.stream().allMatch(each -> each.code().equals(REFUSED)), "all hear " + REFUSED)
                    .measured("booked again after", OutageTrial.millis(callers.waitForBooking(mended)));
            on.district().audit(callers, outcome);
        }
        return outcome;
    }
}

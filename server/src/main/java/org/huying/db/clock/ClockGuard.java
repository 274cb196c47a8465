package org.huying.db.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node may write with its clock. It may not while the clock differs from the database's by more than the
 * tolerance, or is behind the latest instant that was written by so much. Between two comparisons the machine's steady
 * clock tells at once when the other one is set, so nothing is written with a clock that has just jumped. One for a node;
 * thread-safe.
 */
public final class ClockGuard {
    /** The code of the refusal, and the reason why a node is not ready. */
    public static final String CODE = "clock_wrong";

    public static final Duration TOLERANCE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(ClockGuard.class);

    /**
     * What the last comparison found.
     *
     * @param steadyNanos when, by the steady clock
     * @param database    the database's clock then
     * @param latest      the latest instant of the domain that was written; null where nothing was
     */
    private record Seen(
            long steadyNanos,
            Instant database,
            Duration error,
            @Nullable Instant latest) {}

    private final @Nullable Clock real;
    private final Clock domain;
    private final LongSupplier steadyNanos;
    private volatile @Nullable Seen seen;
    private volatile boolean wrong;

    /**
     * Makes one that has not compared anything yet, and so refuses nothing.
     *
     * @param real        the machine's clock, which is held against the database's
     * @param domain      the clock that is written with: the same, or ahead of it in the demo
     * @param steadyNanos what nobody sets, as {@link System#nanoTime}
     */
    public ClockGuard(Clock real, Clock domain, LongSupplier steadyNanos) {
        this.real = real;
        this.domain = domain;
        this.steadyNanos = steadyNanos;
    }

    private ClockGuard() {
        this.real = null;
        this.domain = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        this.steadyNanos = System::nanoTime;
    }

    /** For clocks that are given, and right by that. */
    public static ClockGuard trusting() {
        return new ClockGuard();
    }

    public boolean isTrusting() {
        return real == null;
    }

    Instant domainNow() {
        return domain.instant();
    }

    long steadyNow() {
        return steadyNanos.getAsLong();
    }

    /**
     * Takes note of a comparison.
     *
     * @param askedNanos when the database was asked, by the steady clock; it answered by now
     * @param latest     the latest instant written; null where nothing was
     */
    void compared(long askedNanos, Instant database, @Nullable Instant latest) {
        var roundTrip = Duration.ofNanos(steadyNow() - askedNanos);
        var error = roundTrip.dividedBy(2);
        seen = new Seen(steadyNow(), database.plus(error), error, latest);
        refusal();
    }

    /** Why nothing may be written now; null when all is well. */
    public @Nullable Refusal refusal() {
        var fault = fault();
        if ((fault != null) != wrong) {
            wrong = fault != null;
            if (fault == null) {
                LOG.warn("the clock is right again: this node writes again");
            } else {
                LOG.error(
                        "this node does not write until its clock is put right, see operations.md: {}",
                        fault.inWords());
            }
        }
        return fault == null ? null : Refusal.unavailable(CODE);
    }

    /** How far what is written reaches beyond the clock, where that is too far. */
    public Optional<Duration> backwards() {
        return Optional.ofNullable(fault())
                .filter(fault -> fault.kind() == ClockFault.Kind.BACKWARDS)
                .map(ClockFault::by);
    }

    /** What is wrong now; null when nothing is, or nothing has been compared. */
    @Nullable
    ClockFault fault() {
        var known = seen;
        if (real == null || known == null) {
            return null;
        }
        var expected = known.database().plusNanos(steadyNow() - known.steadyNanos());
        var ahead = Duration.between(expected, real.instant());
        if (ahead.abs().minus(known.error()).compareTo(TOLERANCE) > 0) {
            return new ClockFault(ahead.isNegative() ? ClockFault.Kind.BEHIND : ClockFault.Kind.AHEAD, ahead.abs());
        }
        var latest = known.latest();
        if (latest == null) {
            return null;
        }
        var backwards = Duration.between(domain.instant(), latest);
        return backwards.compareTo(TOLERANCE) > 0 ? new ClockFault(ClockFault.Kind.BACKWARDS, backwards) : null;
    }
}

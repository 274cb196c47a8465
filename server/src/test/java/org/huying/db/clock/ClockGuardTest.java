package org.huying.db.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.huying.testing.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockGuardTest {
    private static final Instant NOON = Instant.parse("2028-02-29T04:00:00Z");

    private final AtomicLong steadyNanos = new AtomicLong(-5);
    private final TestClock clock = new TestClock(NOON);
    private final ClockGuard guard = new ClockGuard(clock, clock, steadyNanos::get);

    @ParameterizedTest
    @CsvSource({
        "PT0S, false",
        "PT60S, false",
        "PT-60S, false",
        "PT61S, true",
        "PT-61S, true",
        "P1D, true",
        "P-366D, true"
    })
    void aClockThatIsNotTheDatabasesIsRefused(Duration ahead, boolean refused) {
        // when
        compare(NOON.minus(ahead), null);

        // then
        assertThat(guard.refusal() != null).isEqualTo(refused);
    }

    @Test
    void whatTheAnswerTookIsNoError() {
        // given
        var asked = guard.steadyNow();
        pass(Duration.ofSeconds(10));

        // when
        guard.compared(asked, NOON.minusSeconds(55), null);

        // then
        assertThat(guard.refusal()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2M", "PT-2M", "P1D", "P-1D"})
    void aClockThatIsSetIsRefusedAtOnceAndNotOnlyAtTheNextComparison(Duration by) {
        // given
        compare(NOON, null);
        pass(Duration.ofSeconds(3));
        assertThat(guard.refusal()).isNull();

        // when
        clock.advance(by);

        // then
        assertThat(guard.refusal()).isNotNull().extracting("code").isEqualTo("clock_wrong");
    }

    @Test
    void aClockThatIsPutRightIsTakenAtOnce() {
        // given
        compare(NOON, NOON);
        clock.advance(Duration.ofDays(1));
        assertThat(guard.refusal()).isNotNull();

        // when
        clock.advance(Duration.ofDays(-1));

        // then
        assertThat(guard.refusal()).isNull();
    }

    @Test
    void timeDoesNotRunBackwardsAgainstWhatIsWritten() {
        // when
        compare(NOON, NOON.plusSeconds(61));

        // then
        assertThat(guard.refusal()).isNotNull();
        assertThat(guard.backwards()).contains(Duration.ofSeconds(61));
    }

    @Test
    void whatIsWrittenIsWaitedFor() {
        // given
        compare(NOON, NOON.plusSeconds(90));

        // when
        pass(Duration.ofSeconds(30));

        // then
        assertThat(guard.refusal()).isNull();
    }

    @Test
    void theDemosTimeIsAheadAndMayBe() {
        // given
        var demo = new ClockGuard(clock, new TestClock(NOON.plus(Duration.ofDays(7))), steadyNanos::get);

        // when
        demo.compared(demo.steadyNow(), NOON, NOON.plus(Duration.ofDays(7)));

        // then
        assertThat(demo.refusal()).isNull();
    }

    private void compare(Instant database, @Nullable Instant latest) {
        guard.compared(guard.steadyNow(), database, latest);
    }

    /** Time as it passes, for both clocks of the machine. */
    private void pass(Duration time) {
        steadyNanos.addAndGet(time.toNanos());
        clock.advance(time);
    }
}

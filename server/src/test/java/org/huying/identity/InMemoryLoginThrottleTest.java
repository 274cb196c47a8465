package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.huying.kernel.Refusal;
import org.huying.testing.TestClock;
import org.junit.jupiter.api.Test;

class InMemoryLoginThrottleTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-05-04T00:00:00Z"));
    private final LoginThrottle throttle = new InMemoryLoginThrottle(clock);

    @Test
    void the_tenth_failure_locks_the_name_for_this_address_only() {
        // given
        fail(9);
        assertThat(wait("name", "a")).isZero();

        // when
        fail(1);

        // then
        assertThat(wait("name", "a")).isEqualTo(Duration.ofSeconds(30));
        assertThat(wait("name", "b")).isZero();
        assertThat(wait("other", "a")).isZero();
        clock.advance(Duration.ofMillis(29_001));
        assertThat(wait("name", "a")).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofMillis(999));
        assertThat(wait("name", "a")).isZero();
    }

    @Test
    void the_lock_doubles_up_to_an_hour() {
        // given
        fail(10);

        for (var seconds : new int[] {30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600}) {
            // when
            var wait = wait("name", "a");

            // then
            assertThat(wait).isEqualTo(Duration.ofSeconds(seconds));
            clock.advance(wait);
            fail(1);
        }
    }

    @Test
    void success_and_a_day_forget_failures() {
        // given
        fail(9);
        throttle.settle("name", "a", true);
        fail(9);
        assertThat(wait("name", "a")).isZero();

        // when
        clock.advance(Duration.ofHours(25));
        fail(1);

        // then
        assertThat(wait("name", "a")).isZero();
    }

    @Test
    void while_locked_no_outcome_is_told_nor_counted() {
        // given
        fail(10);

        // when
        var settled = throttle.settle("name", "a", true);

        // then
        assertThat(settled.failed()).isTrue();
        assertThat(wait("name", "a")).isEqualTo(Duration.ofSeconds(30));
    }

    private void fail(int times) {
        for (var i = 0; i < times; i++) {
            throttle.settle("name", "a", false);
        }
    }

    private Duration wait(String username, String address) {
        return throttle.check(username, address).cause() instanceof Refusal.TooMany locked
                ? locked.retryAfter()
                : Duration.ZERO;
    }
}

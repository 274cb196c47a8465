package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.huying.kernel.Refusal;
import org.huying.testing.TestClock;
import org.huying.testing.TestDay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Anybody can have a password hashed, and nobody keeps anybody else from it. */
class PasswordsTest {
    private static final String OFFICE = "192.0.2.1";

    /** Hashes one password for each permit. */
    private static final class Gate implements PasswordHasher {
        final Semaphore permits = new Semaphore(0);
        final List<String> done = new CopyOnWriteArrayList<>();

        @Override
        public String hash(String password) {
            return pass("hashed " + password);
        }

        @Override
        public boolean verify(String password, String hash) {
            return pass(password).equals(hash);
        }

        @Override
        public boolean isOutdated(String hash) {
            return false;
        }

        private String pass(String what) {
            permits.acquireUninterruptibly();
            done.add(what);
            return what;
        }
    }

    private final Gate gate = new Gate();
    private final TestClock clock = new TestClock(TestDay.start());
    private Vertx vertx;
    private Passwords passwords;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        passwords = new Passwords(vertx, gate, "nobody's hash", 1, clock);
    }

    @AfterEach
    void stop() {
        gate.permits.release(10_000);
        await(vertx.close());
    }

    @Test
    void aFloodFromManyAddressesDoesNotKeepOutWhoHasLoggedInLately() {
        // given
        passwords.remember("operator", OFFICE);
        var flood = flood(500);

        // when
        var operator = passwords.matches("operator", OFFICE, "right", "right");
        gate.permits.release(2);

        // then
        assertThat(await(operator)).isTrue();
        assertThat(gate.done.get(1)).isEqualTo("right");
        assertRefused(flood, "overloaded", 399);
    }

    @Test
    void aFloodFromTheirOwnAddressDoesNotEither() {
        // given
        passwords.remember("operator", OFFICE);
        var flood = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < 100; i++) {
            flood.add(passwords.matches(i % 2 == 0 ? "admin" : "nobody" + i, OFFICE, "guess" + i, null));
        }

        // when
        var operator = passwords.matches("operator", OFFICE, "right", "right");
        gate.permits.release(2);

        // then
        assertThat(await(operator)).isTrue();
        assertRefused(flood, "share_used_up", 79);
    }

    @Test
    void aStrangerWaitsForOneOfEachAddressAndNotForAllOfOne() {
        // given: somebody with one address
        for (int i = 0; i < 100; i++) {
            passwords.matches("admin", "198.51.100.7", "guess" + i, null);
        }

        // when
        var newcomer = passwords.matches("operator", OFFICE, "right", "right");
        gate.permits.release(3);

        // then
        assertThat(await(newcomer)).isTrue();
        assertThat(gate.done.indexOf("right")).isLessThanOrEqualTo(2);
    }

    @Test
    void whoLoggedInLongAgoOrFromElsewhereIsAStranger() {
        var regulars = new Regulars(clock);
        regulars.add("operator", OFFICE);

        assertThat(regulars.has("operator", OFFICE)).isTrue();
        assertThat(regulars.has("operator", "192.0.2.2")).isFalse();
        assertThat(regulars.has("admin", OFFICE)).isFalse();
        clock.advance(Duration.ofDays(31));
        assertThat(regulars.has("operator", OFFICE)).isFalse();
    }

    /** Of known and unknown names alike. */
    @Test
    void anUnknownNameIsHashedForLikeAKnownOne() {
        var unknown = passwords.matches("nobody", OFFICE, "guess", null);
        var known = passwords.matches("operator", OFFICE, "other", "right");
        gate.permits.release(2);

        assertThat(await(unknown)).isFalse();
        assertThat(await(known)).isFalse();
        assertThat(gate.done).containsExactly("guess", "other");
    }

    private List<Future<Boolean>> flood(int addresses) {
        var flood = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < addresses; i++) {
            flood.add(passwords.matches("admin", "2001:db8:0:" + Integer.toHexString(i) + "::/64", "guess" + i, null));
        }
        return flood;
    }

    private static void assertRefused(List<Future<Boolean>> flood, String code, int count) {
        assertThat(flood.stream().filter(Future::failed).map(each -> ((Refusal) each.cause()).code()))
                .hasSize(count)
                .containsOnly(code);
    }
}

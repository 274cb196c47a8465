package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.identity.IdentityFixture.PASSWORD;
import static org.huying.identity.IdentityFixture.await;
import static org.huying.identity.IdentityFixture.settled;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class StaffLoginTest {
    @TempDir
    private Path directory;

    private IdentityFixture fixture;

    @BeforeEach
    void setUp() {
        fixture = new IdentityFixture(directory);
    }

    @AfterEach
    void tearDown() {
        fixture.close();
    }

    @Test
    void the_right_password_lets_in_with_the_roles_held() {
        // given
        var id = fixture.staff(fixture.farDistrict, "worker");
        fixture.grant(fixture.farDistrict, id, "worker", "organization", Ids.next());
        fixture.grant(fixture.farDistrict, id, "worker", "organization", Ids.next());
        fixture.grant(fixture.farDistrict, id, "dispatcher", "organization", Ids.next());

        // when
        var login = await(fixture.staffLogins.asStaff("worker", PASSWORD, "a"));

        // then
        assertThat(login.principal()).isEqualTo(new Principal.View(id, "staff", "张三", List.of("dispatcher", "worker")));
        assertThat(fixture.shared.tokens().verify(login.accessToken()).districtId())
                .isEqualTo(fixture.farDistrict);
    }

    @Test
    void unknown_names_wrong_passwords_and_suspended_staff_get_the_same_answer() {
        // given
        var id = fixture.staff(fixture.district, "suspended");
        fixture.staff(fixture.district, "known");
        fixture.sql("UPDATE staff SET suspended = true WHERE id = $1", id);

        // when, then
        assertBad("known", "wrong");
        assertBad("known", "");
        assertBad("unknown", PASSWORD);
        assertBad("unknown", "nobody's password");
        assertBad("suspended", PASSWORD);
    }

    /** What that costs in time: {@code scripts/bench login-timing}. */
    @Test
    void a_password_is_compared_for_unknown_names_as_for_known_ones() {
        // given
        fixture.staff(fixture.district, "known");

        // when
        for (var username : List.of("known", "unknown")) {
            assertBad(username, "wrong");
        }

        // then
        assertThat(fixture.compared).containsExactly(IdentityFixture.PASSWORD_HASH, IdentityFixture.NOBODYS_HASH);
    }

    @Test
    void ten_failures_lock_known_and_unknown_names_for_a_while() {
        // given
        fixture.staff(fixture.district, "known");
        for (var i = 0; i < 10; i++) {
            assertBad("known", "wrong");
            assertBad("unknown", "wrong");
        }

        // when
        var known = fixture.staffLogins.asStaff("known", PASSWORD, "a");
        var unknown = fixture.staffLogins.asStaff("unknown", PASSWORD, "a");

        // then
        for (var locked : settled(List.of(known, unknown))) {
            assertThat(locked.cause()).isInstanceOfSatisfying(Refusal.TooMany.class, refusal -> {
                assertThat(refusal.code()).isEqualTo("login_locked");
                assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(30));
            });
        }
        await(fixture.staffLogins.asStaff("known", PASSWORD, "elsewhere"));
        fixture.clock.advance(Duration.ofSeconds(30));
        await(fixture.staffLogins.asStaff("known", PASSWORD, "a"));
    }

    @Test
    void guesses_made_all_at_once_learn_of_ten_at_most() {
        // given
        fixture.staff(fixture.district, "known");

        // when
        var guesses = settled(IntStream.range(0, 30)
                .mapToObj(i -> fixture.staffLogins.asStaff("known", i == 29 ? PASSWORD : "guess" + i, "a"))
                .toList());

        // then
        assertThat(guesses).allMatch(Future::failed);
        assertThat(guesses.stream().filter(guess -> guess.cause() instanceof Refusal.Unauthenticated))
                .hasSize(10);
    }

    private void assertBad(String username, String password) {
        assertThatThrownBy(() -> await(fixture.staffLogins.asStaff(username, password, "a")))
                .isInstanceOf(Refusal.Unauthenticated.class)
                .hasMessage("bad_credentials");
    }
}

package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.identity.IdentityFixture.PASSWORD;
import static org.huying.identity.IdentityFixture.await;
import static org.huying.identity.IdentityFixture.settled;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class RefreshTest {
    @TempDir
    private Path directory;

    private IdentityFixture fixture;
    private Login login;

    @BeforeEach
    void setUp() {
        fixture = new IdentityFixture(directory);
        login = await(fixture.logins.withWechat("somebody", null));
    }

    @AfterEach
    void tearDown() {
        fixture.close();
    }

    @Test
    void a_refresh_token_is_exchanged_for_a_new_pair_of_the_same_session() {
        // when
        var next = await(fixture.logins.refresh(login.refreshToken()));

        // then
        assertThat(next.refreshToken()).hasSize(43).isNotEqualTo(login.refreshToken());
        assertThat(next.principal()).isEqualTo(login.principal());
        assertThat(fixture.shared.tokens().verify(next.accessToken()).sessionId())
                .isEqualTo(fixture.shared.tokens().verify(login.accessToken()).sessionId());
        await(fixture.logins.refresh(next.refreshToken()));
        assertThat(fixture.count("session")).isEqualTo(1);
    }

    @Test
    void the_database_has_no_token_that_could_be_used() {
        // when
        var stored = fixture.sql("SELECT token_hash FROM refresh_token").get(0).getBuffer(0);

        // then
        assertThat(stored.length()).isEqualTo(32);
        assertThat(stored.getBytes()).isNotEqualTo(login.refreshToken().getBytes(StandardCharsets.UTF_8));
        assertThat(login.toString()).doesNotContain(login.refreshToken()).doesNotContain(login.accessToken());
    }

    @Test
    void a_token_used_again_ends_its_whole_family() {
        // given
        var other = await(fixture.logins.withWechat("somebody", null));
        var next = await(fixture.logins.refresh(login.refreshToken()));

        // when
        assertRefused(login.refreshToken());

        // then
        assertRefused(next.refreshToken());
        assertThat(fixture.shared
                        .revoked()
                        .contains(fixture.shared
                                .tokens()
                                .verify(next.accessToken())
                                .sessionId()))
                .isTrue();
        await(fixture.logins.refresh(other.refreshToken()));
    }

    @Test
    void of_refreshes_at_once_exactly_one_wins() {
        for (var round = 0; round < 20; round++) {
            // given
            var token = await(fixture.logins.withWechat("racer", null)).refreshToken();

            // when
            var attempts = settled(IntStream.range(0, 8)
                    .mapToObj(i -> fixture.logins.refresh(token))
                    .toList());

            // then
            assertThat(attempts.stream().filter(Future::succeeded)).hasSize(1);
            assertThat(attempts.stream().filter(Future::failed).map(Future::cause))
                    .allMatch(cause -> cause instanceof Refusal.Unauthenticated);
        }
    }

    @Test
    void a_session_lives_thirty_days_from_its_latest_renewal() {
        // given
        fixture.clock.advance(Duration.ofDays(29));
        var next = await(fixture.logins.refresh(login.refreshToken()));
        fixture.clock.advance(Duration.ofDays(29));
        var last = await(fixture.logins.refresh(next.refreshToken()));

        // when
        fixture.clock.advance(Duration.ofDays(30));

        // then
        assertRefused(last.refreshToken());
    }

    @Test
    void a_session_of_staff_lives_twelve_hours_unused() {
        // given
        fixture.staff(fixture.district, "staff");
        var staff = await(fixture.staffLogins.asStaff("staff", PASSWORD, "a"));
        fixture.clock.advance(Duration.ofHours(12).minusSeconds(1));
        var next = await(fixture.logins.refresh(staff.refreshToken()));

        // when
        fixture.clock.advance(Duration.ofHours(12));

        // then
        assertRefused(next.refreshToken());
    }

    @Test
    void no_session_lives_for_ever() {
        // given
        fixture.staff(fixture.district, "staff");
        var staff = await(fixture.staffLogins.asStaff("staff", PASSWORD, "a")).refreshToken();
        var resident = login.refreshToken();
        for (var hours = 11; hours < 30 * 24; hours += 11) {
            fixture.clock.advance(Duration.ofHours(11));
            staff = await(fixture.logins.refresh(staff)).refreshToken();
            resident = await(fixture.logins.refresh(resident)).refreshToken();
        }

        // when
        fixture.clock.advance(Duration.ofHours(5));

        // then
        assertRefused(staff);
        for (var day = 30; day < 179; day += 29) {
            resident = await(fixture.logins.refresh(resident)).refreshToken();
            fixture.clock.advance(Duration.ofDays(29));
        }
        fixture.clock.advance(Duration.ofDays(6));
        assertRefused(resident);
    }

    @Test
    void logout_ends_the_session_and_may_be_repeated() {
        // given
        await(fixture.logins.logout(login.refreshToken()));

        // when
        await(fixture.logins.logout(login.refreshToken()));

        // then
        assertRefused(login.refreshToken());
        await(fixture.logins.logout("unknown"));
    }

    @Test
    void unknown_tokens_are_refused() {
        assertRefused("");
        assertRefused("unknown");
        assertRefused(login.accessToken());
        assertRefused(login.refreshToken() + "=");
    }

    @Test
    void suspended_staff_cannot_renew() {
        // given
        var id = fixture.staff(fixture.district, "staff");
        var staff = await(fixture.staffLogins.asStaff("staff", PASSWORD, "a"));
        var next = await(fixture.logins.refresh(staff.refreshToken()));

        // when
        fixture.sql("UPDATE staff SET suspended = true WHERE id = $1", id);

        // then
        assertRefused(next.refreshToken());
    }

    private void assertRefused(String refreshToken) {
        assertThatThrownBy(() -> await(fixture.logins.refresh(refreshToken)))
                .isInstanceOf(Refusal.Unauthenticated.class)
                .hasMessage("refresh_token_invalid");
    }
}

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
import java.util.function.BooleanSupplier;
import org.huying.identity.session.Sessions;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class AuthenticatorTest {
    @TempDir
    private Path directory;

    private IdentityFixture fixture;
    private Authenticator authenticator;

    @BeforeEach
    void setUp() {
        fixture = new IdentityFixture(directory);
        authenticator = new Authenticator(fixture.shared, fixture.database);
    }

    @AfterEach
    void tearDown() {
        fixture.close();
    }

    @Test
    void a_resident_is_recognised_without_the_database() {
        // given
        var login = await(fixture.logins.withWechat("somebody", null));
        await(fixture.database.close());

        // when
        var caller = await(authenticator.authenticate(login.accessToken()));

        // then
        assertThat(caller.personId()).isEqualTo(login.principal().id());
        assertThat(caller.districtId()).isEqualTo(fixture.district);
        assertThat(caller.kind()).isEqualTo(Caller.Kind.RESIDENT);
        assertThat(caller.grants()).isEmpty();
        assertThat(await(authenticator.authenticate(login.accessToken()))).isEqualTo(caller);
    }

    @Test
    void a_token_verified_before_expires_all_the_same() {
        // given
        var login = await(fixture.logins.withWechat("somebody", null));
        await(authenticator.authenticate(login.accessToken()));

        // when
        fixture.clock.advance(Duration.ofMinutes(15));

        // then
        assertRefused(authenticator, login.accessToken(), "token_expired");
        assertRefused(authenticator, "rubbish", "token_invalid");
    }

    @Test
    void a_logout_is_seen_at_once_here_and_within_a_second_on_other_nodes() {
        // given
        var elsewhere = fixture.node();
        await(elsewhere.revoked().start());
        var other = new Authenticator(elsewhere, fixture.database);
        var login = await(fixture.logins.withWechat("somebody", null));
        await(authenticator.authenticate(login.accessToken()));
        await(other.authenticate(login.accessToken()));

        // when
        await(fixture.logins.logout(login.refreshToken()));

        // then
        assertRefused(authenticator, login.accessToken(), "token_invalid");
        assertWithinSeconds(1, () -> other.authenticate(login.accessToken()).failed());
        elsewhere.revoked().close();
    }

    @Test
    void a_logout_that_is_rolled_back_ends_nothing() {
        // given
        var login = await(fixture.logins.withWechat("somebody", null));
        var sessions = new Sessions(fixture.shared.revoked(), fixture.clock);

        // when
        var undone = settled(List.of(fixture.database.inTransaction(
                tx -> sessions.end(tx, login.refreshToken()).compose(ended -> Future.failedFuture("undone")))));

        // then
        assertThat(undone).allMatch(Future::failed);
        assertThat(await(authenticator.authenticate(login.accessToken())).personId())
                .isEqualTo(login.principal().id());
    }

    @Test
    void a_node_that_starts_knows_what_was_revoked_before() {
        // given
        var login = await(fixture.logins.withWechat("somebody", null));
        await(fixture.logins.logout(login.refreshToken()));

        // when
        var started = fixture.node();
        await(started.revoked().start());

        // then
        assertRefused(new Authenticator(started, fixture.database), login.accessToken(), "token_invalid");
        started.revoked().close();
    }

    @Test
    void the_grants_of_staff_are_those_of_this_second() {
        // given
        var id = fixture.staff(fixture.district, "staff");
        var firm = Ids.next();
        fixture.grant(fixture.district, id, "worker", "organization", firm);
        var token = await(fixture.staffLogins.asStaff("staff", PASSWORD, "a")).accessToken();
        assertThat(await(authenticator.authenticate(token)).grants())
                .containsExactly(new Grant(Role.WORKER, Grant.Scope.ORGANIZATION, firm));

        // when
        fixture.grant(fixture.district, id, "dispatcher", "organization", firm);

        // then
        assertWithinSeconds(1, () -> await(authenticator.authenticate(token)).is(Role.DISPATCHER));
    }

    @Test
    void staff_without_a_role_are_known_and_suspended_ones_are_not() {
        // given
        var id = fixture.staff(fixture.district, "staff");
        var token = await(fixture.staffLogins.asStaff("staff", PASSWORD, "a")).accessToken();
        assertThat(await(authenticator.authenticate(token)).grants()).isEqualTo(List.of());

        // when
        fixture.sql("UPDATE staff SET suspended = true WHERE id = $1", id);

        // then
        assertWithinSeconds(1, () -> {
            var answer = authenticator.authenticate(token);
            IdentityFixture.settled(List.of(answer));
            return answer.failed();
        });
        assertRefused(authenticator, token, "token_invalid");
    }

    private static void assertRefused(Authenticator authenticator, String token, String code) {
        assertThatThrownBy(() -> await(authenticator.authenticate(token)))
                .isInstanceOf(Refusal.Unauthenticated.class)
                .hasMessage(code);
    }

    /** With a fifth of a second to spare for a busy machine. */
    private static void assertWithinSeconds(int seconds, BooleanSupplier condition) {
        Eventually.until("it is seen", Duration.ofSeconds(seconds).plusMillis(200), condition::getAsBoolean);
    }
}

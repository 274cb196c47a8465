package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.identity.IdentityFixture.PASSWORD;
import static org.huying.identity.IdentityFixture.PASSWORD_HASH;
import static org.huying.identity.IdentityFixture.settled;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.huying.identity.session.Sessions;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.testing.Eventually;
import org.huying.testing.HeldTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins in the very moment in which the account is taken away. */
@Tag("long")
class LoginRaceTest {
    @TempDir
    private Path directory;

    private IdentityFixture fixture;
    private UUID staffId;

    @BeforeEach
    void setUp() {
        fixture = new IdentityFixture(directory);
        staffId = fixture.staff(fixture.district, "staff");
    }

    @AfterEach
    void tearDown() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE staff_login SET password_hash = NULL WHERE person_id = $1",
                "UPDATE staff_login SET password_hash = 'another' WHERE person_id = $1",
                "UPDATE staff SET suspended = true WHERE id = $1"
            })
    void a_password_verified_before_it_was_taken_away_opens_no_session_after(String takingAway) {
        // given: a transaction that has taken it away and has not committed
        var sessions = new Sessions(fixture.shared.revoked(), fixture.clock);
        var taking = HeldTransaction.after(
                fixture.database,
                tx -> tx.preparedQuery(takingAway)
                        .execute(Tuple.of(staffId))
                        .compose(done -> sessions.endAll(tx, staffId, Caller.Kind.STAFF, null)));

        // when
        var login = fixture.staffLogins.asStaff("staff", PASSWORD, "a");
        Eventually.until("the login waits", () -> taking.waiting() > 0);
        taking.commit();

        // then
        settled(List.of(login));
        assertThat(login.failed()).isTrue();
        assertThat(login.cause()).isInstanceOf(Refusal.Unauthenticated.class).hasMessage("bad_credentials");
        assertThat(fixture.count("session WHERE revoked_at IS NULL")).isZero();
    }

    @Test
    void those_who_log_in_at_once_while_a_hash_is_made_anew_all_come_in() {
        // given: a hash that costs half
        fixture.sql(
                "UPDATE staff_login SET password_hash = $2 WHERE person_id = $1",
                staffId,
                SessionsApiTest.outdatedHash(PASSWORD));

        // when
        var logins = settled(IntStream.range(0, 4)
                .mapToObj(i -> fixture.staffLogins.asStaff("staff", PASSWORD, "a"))
                .toList());

        // then
        assertThat(logins).allMatch(Future::succeeded);
        var stored = fixture.sql("SELECT password_hash FROM staff_login").get(0).getString(0);
        assertThat(stored.substring(0, 20)).isEqualTo(PASSWORD_HASH.substring(0, 20));
    }
}

package org.huying.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.photo.image.Pictures;
import org.huying.testing.TestApp;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What logins and repeated requests leave behind goes, too. */
class PastSessionsTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static long number(String sql) {
        return await(APP.database().read(client -> client.query(sql).execute()))
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void sessionsTokensAndAnswersAreOfRealTime() throws SQLException {
        // given: of each an old one and a new one
        APP.resident(20);
        var repeated = APP.resident(1).with("Idempotency-Key", UUID.randomUUID().toString());
        assertThat(repeated.upload("/v1/photos", Pictures.jpeg(60, 40)).status())
                .isEqualTo(201);
        var sessions = number("SELECT count(*) FROM session");
        change(
                "INSERT INTO session (id, district_id, person_id, kind, created_at, last_used_at, expires_at, revoked_at)"
                        + " SELECT gen_random_uuid(), '" + DemoStructure.districtId() + "', '"
                        + DemoStructure.resident(20)
                        + "', 'resident', now(), now(), now() + interval '1 day', now() - ago * interval '1 day'"
                        + " FROM unnest(ARRAY[29, 61]) AS ago");
        change("INSERT INTO refresh_token (token_hash, session_id, created_at, used_at)"
                + " SELECT decode(md5(s.id::text || ago), 'hex'), s.id, now(), now() - ago * interval '1 day'"
                + " FROM session s, unnest(ARRAY[29, 61]) AS ago WHERE s.person_id = '" + DemoStructure.resident(20)
                + "'");
        change("INSERT INTO idempotency SELECT district_id, caller_id, operation, 'old', request_hash, status,"
                + " answer_sealed, created_at - interval '25 hours' FROM idempotency");
        var answers = number("SELECT count(*) FROM idempotency WHERE key <> 'old'");

        // when
        night();

        // then
        assertThat(number("SELECT count(*) FROM session")).isEqualTo(sessions + 1);
        assertThat(number("SELECT count(*) FROM refresh_token WHERE used_at < now() - interval '60 days'"))
                .isZero();
        assertThat(number("SELECT count(*) FROM refresh_token WHERE used_at < now() - interval '28 days'"))
                .isEqualTo(2);
        assertThat(number("SELECT count(*) FROM idempotency WHERE key = 'old'")).isZero();
        assertThat(number("SELECT count(*) FROM idempotency")).isEqualTo(answers);
    }

    /** Each night leaves the next. */
    private static void night() {
        APP.clock().advance(Duration.ofDays(1));
        APP.runInnerJobs();
    }

    @Test
    void codesThatNobodyCanUseAnyMore() throws SQLException {
        // given: of each one that is over and one that is good
        var offer = new JsonObject().put("scope", JsonArray.of("booking"));
        var over = APP.resident(1).post("/v1/mandates", offer).withStatus(201).id();
        APP.resident(1).post("/v1/mandates", offer).withStatus(201);
        var admin = APP.staff("admin");
        for (var username : List.of("worker-2", "worker-3")) {
            admin.post("/v1/staff/" + DemoStructure.staff(username) + "/reset-password")
                    .withStatus(200);
        }
        change("UPDATE mandate SET invite_expires_at = now() - interval '1 second' WHERE id = '" + over + "'");
        change(
                "UPDATE staff_login SET activation_expires_at = now() - interval '1 second' WHERE username = 'worker-2'");

        // when
        night();

        // then
        assertThat(number("SELECT count(*) FROM mandate WHERE invite_code_hash IS NOT NULL AND grantor_id = '"
                        + DemoStructure.resident(1) + "'"))
                .isEqualTo(1);
        assertThat(
                        number(
                                "SELECT count(*) FROM mandate WHERE invite_expires_at <= now() AND invite_code_hash IS NOT NULL"))
                .isZero();
        assertThat(number(
                        "SELECT count(*) FROM staff_login WHERE activation_hash IS NOT NULL AND username = 'worker-3'"))
                .isEqualTo(1);
        assertThat(number("SELECT count(*) FROM staff_login WHERE activation_hash IS NOT NULL"))
                .isEqualTo(1);
        assertThat(APP.resident(1).get("/v1/mandates").items())
                .extracting(each -> each.getString("status"))
                .contains("expired", "offered");
        assertThat(admin.get("/v1/staff/" + DemoStructure.staff("worker-2"))
                        .withStatus(200)
                        .json()
                        .getString("activationExpiresAt"))
                .isNull();
    }

    private static void change(String sql) throws SQLException {
        try (var connection =
                DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(APP.databaseUrl())))) {
            connection.createStatement().execute(sql);
        }
    }
}

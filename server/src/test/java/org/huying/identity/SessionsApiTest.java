package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.huying.testing.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One's own sessions and passwords. */
@Tag("long")
class SessionsApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String PASSWORD = "violet tram beneath nine kettles";
    private static final String NEXT = "a gondola full of quiet plums";

    @Test
    void a_resident_sees_their_sessions_and_ends_one() {
        // given
        var first = wechat("demo-resident-21");
        var second = wechat("demo-resident-21");
        var stranger = wechat("demo-resident-22");
        var own = bearing(second);

        // when
        var sessions = own.get("/v1/me/sessions").items();

        // then
        assertThat(sessions).hasSize(2);
        assertThat(sessions).extracting(each -> each.getBoolean("current")).containsExactly(true, false);
        var other = sessions.get(1).getString("id");
        assertThat(bearing(stranger).delete("/v1/me/sessions/" + other).code()).isEqualTo("not_found");
        assertThat(own.delete("/v1/me/sessions/" + UUID.randomUUID()).code()).isEqualTo("not_found");
        assertThat(own.delete("/v1/me/sessions/" + other).status()).isEqualTo(204);
        assertThat(own.delete("/v1/me/sessions/" + other).code()).isEqualTo("not_found");
        assertThat(bearing(first).get("/v1/me").code()).isEqualTo("token_invalid");
        assertThat(refresh(first).code()).isEqualTo("refresh_token_invalid");
        assertThat(own.get("/v1/me/sessions").items()).hasSize(1);
        var paged =
                IntStream.range(0, 3).mapToObj(i -> wechat("demo-resident-21")).toList();
        var page = own.get("/v1/me/sessions?limit=3").json();
        assertThat(page.getJsonArray("items")).hasSize(3);
        assertThat(own.get("/v1/me/sessions?limit=3&cursor=" + page.getString("nextCursor"))
                        .items())
                .hasSize(paged.size() + 1 - 3);
    }

    @Test
    void logging_out_everywhere_ends_all_of_mine_and_nobody_elses() {
        // given
        var mine = List.of(wechat("demo-resident-23"), wechat("demo-resident-23"));
        var theirs = wechat("demo-resident-24");

        // when
        assertThat(bearing(mine.get(0)).post("/v1/auth/logout-everywhere").status())
                .isEqualTo(204);

        // then
        for (var login : mine) {
            assertThat(bearing(login).get("/v1/me").code()).isEqualTo("token_invalid");
            assertThat(refresh(login).code()).isEqualTo("refresh_token_invalid");
        }
        assertThat(bearing(theirs).get("/v1/me").status()).isEqualTo(200);
    }

    @Test
    void a_code_sets_a_password_once_and_logs_in() {
        // given
        var issued = created("once");

        // when
        var brief = activate("once", code(issued), "gondola");
        var common = activate("once", code(issued), "once passwordpassword");
        var wrong = activate("once", "aaaa-bbbb-cccc-dddd-eeee-ffff-gggg", PASSWORD);
        var unknown = activate("never-made", code(issued), PASSWORD);
        var right = activate("once", code(issued).toUpperCase(Locale.ROOT).replace("-", " "), PASSWORD);
        var again = activate("once", code(issued), NEXT);

        // then
        assertThat(brief.faultsAndCodes()).containsExactly("/password password_too_short");
        assertThat(common.faultsAndCodes()).containsExactly("/password password_too_common");
        assertThat(wrong.code()).isEqualTo("bad_credentials");
        assertThat(unknown.status()).isEqualTo(wrong.status());
        assertThat(unknown.code()).isEqualTo(wrong.code());
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.header("Cache-Control")).isEqualTo("no-store");
        assertThat(again.code()).isEqualTo("bad_credentials");
        assertThat(staff("once", PASSWORD).status()).isEqualTo(200);
        assertThat(rows("SELECT activation_hash FROM staff_login WHERE username = $1", "once"))
                .containsExactly("null");
    }

    @Test
    void a_code_is_used_up_by_one_of_many_at_once() {
        // given
        var issued = created("many");
        var body = activation("many", code(issued), PASSWORD);

        // when
        var replies =
                IntStream.range(0, 6).mapToObj(i -> APP.anyone().postLater("/v1/auth/activate", body)).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();

        // then
        assertThat(replies.stream().filter(reply -> reply.status() == 200)).hasSize(1);
        assertThat(replies.stream().filter(reply -> reply.status() == 401)).hasSize(5);
    }

    @Test
    void a_code_is_good_for_seven_days_and_guesses_are_counted() {
        // given
        var issued = created("late");
        rows(
                "UPDATE staff_login SET activation_expires_at = activation_expires_at - interval '7 days'"
                        + " WHERE username = $1 RETURNING username",
                "late");

        // when
        var late = activate("late", code(issued), PASSWORD);
        for (int i = 0; i < 9; i++) {
            assertThat(activate("late", "guess-" + i, PASSWORD).code()).isEqualTo("bad_credentials");
        }

        // then
        assertThat(late.code()).isEqualTo("bad_credentials");
        assertThat(activate("late", code(issued), PASSWORD).code()).isEqualTo("login_locked");
        assertThat(staff("late", PASSWORD).code()).isEqualTo("login_locked");
    }

    @Test
    void a_changed_password_ends_all_other_sessions() {
        // given
        var issued = created("changer");
        var first = activate("changer", code(issued), PASSWORD);
        var second = staff("changer", PASSWORD);

        // when
        var wrong = change(second, "not the password", "huying huying huying");
        var changed = change(second, PASSWORD, NEXT);

        // then
        assertThat(wrong.faultsAndCodes())
                .containsExactly("/currentPassword password_wrong", "/newPassword password_too_common");
        assertThat(changed.status()).isEqualTo(204);
        assertThat(bearing(first).get("/v1/me").code()).isEqualTo("token_invalid");
        assertThat(bearing(second).get("/v1/me").status()).isEqualTo(200);
        assertThat(staff("changer", PASSWORD).code()).isEqualTo("bad_credentials");
        assertThat(staff("changer", NEXT).status()).isEqualTo(200);
        assertThat(bearing(wechat("demo-resident-25"))
                        .post("/v1/me/password", passwords(PASSWORD, NEXT))
                        .code())
                .isEqualTo("forbidden");
    }

    @Test
    void a_password_is_known_however_it_is_typed() {
        // given
        var issued = created("accents");
        assertThat(activate("accents", code(issued), "cafe\u0301 au bord du canal 12")
                        .status())
                .isEqualTo(200);

        // when, then
        assertThat(staff("accents", "caf\u00e9 au bord du canal \uff11\uff12").status())
                .isEqualTo(200);
    }

    @Test
    void a_hash_of_before_lets_in_and_is_made_anew() {
        // given
        var issued = created("before");
        assertThat(activate("before", code(issued), PASSWORD).status()).isEqualTo(200);
        var cheap = outdatedHash("cafe\u0301 of long ago");
        rows("UPDATE staff_login SET password_hash = $2 WHERE username = $1 RETURNING username", "before", cheap);

        // when
        var login = staff("before", "cafe\u0301 of long ago");

        // then
        assertThat(login.status()).isEqualTo(200);
        assertThat(rows("SELECT password_hash FROM staff_login WHERE username = $1", "before"))
                .singleElement()
                .asString()
                .isNotEqualTo(cheap)
                .matches(hash -> !TestNode.PASSWORD_COST.isOutdated(hash));
        assertThat(staff("before", "caf\u00e9 of long ago").status()).isEqualTo(200);
    }

    // ---- acts ----

    private static JsonObject created(String username) {
        var grant = new JsonObject()
                .put("role", "worker")
                .put("scopeId", DemoStructure.firm(1).toString());
        var account =
                new JsonObject().put("username", username).put("name", "测试员").put("grants", new JsonArray().add(grant));
        return APP.staff("dispatcher-1")
                .post("/v1/staff", account)
                .withStatus(201)
                .json();
    }

    private static String code(JsonObject issued) {
        return issued.getString("activationCode");
    }

    private static JsonObject activation(String username, String code, String password) {
        return new JsonObject()
                .put("username", username)
                .put("activationCode", code)
                .put("password", password);
    }

    private static Reply activate(String username, String code, String password) {
        return APP.anyone().post("/v1/auth/activate", activation(username, code, password));
    }

    private static Reply staff(String username, String password) {
        return APP.anyone()
                .post(
                        "/v1/auth/staff",
                        new JsonObject().put("username", username).put("password", password));
    }

    private static Reply wechat(String code) {
        return APP.anyone().post("/v1/auth/wechat", new JsonObject().put("code", code));
    }

    private static Reply refresh(Reply login) {
        return APP.anyone()
                .post(
                        "/v1/auth/refresh",
                        new JsonObject().put("refreshToken", login.json().getString("refreshToken")));
    }

    private static JsonObject passwords(String current, String next) {
        return new JsonObject().put("currentPassword", current).put("newPassword", next);
    }

    private static Reply change(Reply login, String current, String next) {
        return bearing(login).post("/v1/me/password", passwords(current, next));
    }

    private static Api bearing(Reply login) {
        return APP.anyone().bearing(login.json().getString("accessToken"));
    }

    /** Made with costs of before. */
    static String outdatedHash(String password) {
        return Password.hash(password)
                .addRandomSalt(16)
                .with(Argon2Function.getInstance(8_192, 1, 1, 32, Argon2.ID))
                .getResult();
    }

    private static List<String> rows(String sql, Object... values) {
        return await(APP.database()
                .read(client -> client.preparedQuery(sql)
                        .execute(Tuple.from(List.of(values)))
                        .map(Rows.list(row -> String.valueOf(row.getValue(0))))));
    }
}

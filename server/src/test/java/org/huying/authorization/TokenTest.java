package org.huying.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.huying.demo.district.DemoStructure;
import org.huying.http.Contract;
import org.huying.http.ContractOperation;
import org.huying.kernel.Grant.Scope;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.huying.testing.TestKeys;
import org.huying.testing.TestTokens;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens that are good for nothing are refused by every operation, before anything else is looked at. */
@Tag("long")
class TokenTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final Duration LIFETIME = Duration.ofMinutes(15);

    /** Somebody with every right in the district, if their token were good. */
    private record Case(String name, Api caller, String code) {}

    @TestFactory
    List<DynamicTest> everyOperationThatNeedsALoginRefuses() {
        return List.of(
                        new Case("no token", APP.anyone(), "unauthenticated"),
                        new Case("no token of ours", APP.anyone().bearing("a.b.c"), "token_invalid"),
                        new Case("a token of another installation", forged(), "token_invalid"),
                        new Case("an expired token", expired(), "token_expired"),
                        new Case("a token whose session has ended", loggedOut(), "token_invalid"),
                        new Case("the token of suspended staff", suspended(), "token_invalid"),
                        new Case("a staff token of a district that does not know them", stranger(), "token_invalid"))
                .stream()
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> everyOperationRefuses(each)))
                .toList();
    }

    private static void everyOperationRefuses(Case each) {
        var answers = new ArrayList<String>();
        for (var operation : Contract.load().operations()) {
            if (operation.needsLogin()) {
                var reply = each.caller()
                        .send(operation.method().name(), path(operation), BodyPublishers.noBody())
                        .join();
                if (reply.status() != 401 || !reply.code().equals(each.code())) {
                    answers.add(operation.id() + " " + reply.text());
                }
            }
        }
        assertThat(answers).isEmpty();
    }

    @Test
    void theTokenOfOneDistrictOpensNothingOfAnotherWhereTheSamePersonLives() {
        // given: somebody known in two districts, with a ticket in each
        var here = APP.resident(25);
        var there = APP.anyone()
                .bearing(login(
                        "demo-resident-25", DemoStructure.far().districtId().toString()));
        var ticketHere = report(here, DemoStructure.compound(1).toString());
        var ticketThere = report(there, DemoStructure.far().compound(1).toString());
        assertThat(idOf(here)).isEqualTo(idOf(there));

        // then
        assertThat(here.get("/v1/tickets/" + ticketHere).status()).isEqualTo(200);
        assertThat(there.get("/v1/tickets/" + ticketThere).status()).isEqualTo(200);
        for (var path : List.of("", "/events", "/completion")) {
            assertThat(here.get("/v1/tickets/" + ticketThere + path).status()).isEqualTo(404);
            assertThat(there.get("/v1/tickets/" + ticketHere + path).status()).isEqualTo(404);
        }
        assertThat(here.post("/v1/tickets/" + ticketThere + "/cancel").status()).isEqualTo(404);
        assertThat(here.get("/v1/tickets?scope=mine&limit=100").text())
                .contains(ticketHere)
                .doesNotContain(ticketThere);
        assertThat(there.get("/v1/tickets?scope=mine&limit=100").text())
                .contains(ticketThere)
                .doesNotContain(ticketHere);
    }

    /** Signed by keys that nobody here knows. */
    private static Api forged() {
        var tokens = new TestTokens(TestKeys.generate());
        return APP.anyone().bearing(tokens.staff(DemoStructure.districtId(), DemoStructure.staff("admin"), Role.ADMIN));
    }

    private static Api expired() {
        var then = Clock.offset(Clock.systemUTC(), LIFETIME.negated());
        var tokens = new TestTokens(DemoTemplate.KEYS, then);
        return APP.anyone().bearing(tokens.staff(DemoStructure.districtId(), DemoStructure.staff("admin"), Role.ADMIN));
    }

    private static Api loggedOut() {
        var login = new JsonObject().put("username", "admin").put("password", DemoStructure.PASSWORD);
        var tokens = APP.anyone().post("/v1/auth/staff", login).withStatus(200).json();
        var refresh = new JsonObject().put("refreshToken", tokens.getString("refreshToken"));
        APP.anyone().post("/v1/auth/logout", refresh).withStatus(204);
        return APP.anyone().bearing(tokens.getString("accessToken"));
    }

    /** Whose token is not used before: grants are remembered for a second. */
    private static Api suspended() {
        var accounts = new Accounts(APP);
        var account = accounts.of(DemoStructure.here(), Role.ADMIN, Scope.PLACE, DemoStructure.place("district"));
        accounts.suspend(account);
        return accounts.api(account);
    }

    /** Genuine, but of the second district, where there is no such account. */
    private static Api stranger() {
        var tokens = new TestTokens(DemoTemplate.KEYS);
        return APP.anyone()
                .bearing(tokens.staff(DemoStructure.far().districtId(), DemoStructure.staff("admin"), Role.ADMIN));
    }

    private static String path(ContractOperation operation) {
        return operation
                .path()
                .replace("{monday}", "2026-11-23")
                .replace("{month}", "2026-11")
                .replace("{year}", "2026")
                .replace("{code}", "light-out")
                .replaceAll("\\{[^}]+}", Ids.next().toString());
    }

    private static String login(String code, String district) {
        var login = new JsonObject().put("code", code).put("districtId", district);
        return APP.anyone()
                .post("/v1/auth/wechat", login)
                .withStatus(200)
                .json()
                .getString("accessToken");
    }

    private static String report(Api resident, String place) {
        var report = new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("description", Said.anew("灯又不亮了"))
                .put("placeId", place)
                .put("spot", "东门");
        return resident.post("/v1/tickets", report).withStatus(201).id().toString();
    }

    private static String idOf(Api person) {
        return person.get("/v1/me").json().getString("id");
    }
}

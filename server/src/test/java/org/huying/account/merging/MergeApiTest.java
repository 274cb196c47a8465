package org.huying.account.merging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Domain.md 1: two residents that are one person are merged. */
class MergeApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private final Pair pair = new Pair(APP);

    private static JsonObject spot() {
        return new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("placeId", DemoStructure.compound(1).toString())
                .put("description", Said.anew("门口路灯不亮"));
    }

    @Test
    void theLaterOfTwoBookingsOfAMealIsCancelledAndOneSubsidyIsLeft() {
        // given
        var gone = pair.elder(null, null, true);
        var stays = pair.elder(null, null, true);
        var first = pair.book(pair.grid, stays, 1, "lunch").withStatus(201);
        var later = pair.book(pair.grid, gone, 1, "lunch").withStatus(201);
        var elsewhere = pair.book(pair.grid, gone, 2, "dinner").withStatus(201);
        pair.book(pair.grid, stays, 3, "dinner").withStatus(201);

        // when
        var merged = pair.merge(pair.grid, gone, stays).withStatus(200);

        // then
        assertThat(merged.json().getString("residentId")).isEqualTo(stays.toString());
        assertThat(pair.standing(gone)).isEmpty();
        var standing = pair.standing(stays);
        assertThat(standing)
                .extracting(each -> each.getString("id"))
                .contains(first.id().toString(), elsewhere.id().toString())
                .doesNotContain(later.id().toString())
                .hasSize(3);
        assertThat(standing.stream()
                        .filter(each -> each.getInteger("subsidy_fen") > 0)
                        .map(each -> each.getString("period")))
                .containsExactlyInAnyOrder("lunch", "dinner");
        assertThat(pair.one("SELECT status FROM booking WHERE id = $1", later.id())
                        .getString("status"))
                .isEqualTo("cancelled");
        pair.assertMealsAreInOrder();
    }

    @Test
    void theSubsidyThatGoesWithTheLaterBookingIsThatOfTheOneThatStays() {
        var unseen = pair.elder(null, null, false);
        var seen = pair.elder(null, null, true);
        var first = pair.book(pair.grid, unseen, 4, "lunch").withStatus(201);
        pair.book(pair.grid, seen, 4, "lunch").withStatus(201);

        pair.merge(pair.grid, seen, unseen).withStatus(200);

        assertThat(pair.standing(unseen)).singleElement().satisfies(each -> {
            assertThat(each.getString("id")).isEqualTo(first.id().toString());
            assertThat(each.getInteger("subsidy_fen")).isPositive();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 7, 11, 29})
    void whateverTheyBookedTheyAreOneDinerAfterwards(long seed) {
        // given
        var random = new Random(seed);
        var gone = pair.elder(null, null, random.nextBoolean());
        var stays = pair.elder(null, null, random.nextBoolean());
        for (int n = 0; n < 8; n++) {
            pair.book(
                    pair.grid,
                    random.nextBoolean() ? gone : stays,
                    1 + random.nextInt(3),
                    random.nextBoolean() ? "lunch" : "dinner");
        }
        var meals = new HashSet<String>();
        var subsidised = new HashSet<String>();
        for (var diner : List.of(gone, stays)) {
            pair.standing(diner).forEach(each -> {
                meals.add(each.getString("meal_id"));
                if (each.getInteger("subsidy_fen", 0) > 0) {
                    subsidised.add(each.getString("period"));
                }
            });
        }

        // when
        pair.merge(pair.grid, gone, stays).withStatus(200);

        // then
        var standing = pair.standing(stays);
        assertThat(standing).extracting(each -> each.getString("meal_id")).containsExactlyInAnyOrderElementsOf(meals);
        assertThat(standing.stream()
                        .filter(each -> each.getInteger("subsidy_fen", 0) > 0)
                        .map(each -> each.getString("period")))
                .containsExactlyInAnyOrderElementsOf(subsidised);
        assertThat(pair.standing(gone)).isEmpty();
        pair.assertMealsAreInOrder();
    }

    @Test
    void whoLogsInStaysTheirReportsHomesAndMandatesAreOnePersonsAndTheLogStays() {
        // given: a daughter acts for her father, who is there twice, once with a login
        var home = pair.home();
        var registered = pair.elder(home, null, true);
        var father = pair.neighbour(home, "owner");
        var fatherId = Pair.idOf(father);
        var daughter = APP.wechat("demo-new-" + UUID.randomUUID());
        var offer = pair.grid
                .post(
                        "/v1/mandates",
                        new JsonObject()
                                .put("grantorId", registered.toString())
                                .put("scope", new JsonArray().add("booking").add("ticket"))
                                .put("consentNote", "口头同意"))
                .withStatus(201);
        daughter.post(
                        "/v1/mandates/accept",
                        new JsonObject().put("inviteCode", offer.json().getString("inviteCode")))
                .withStatus(200);
        var ticket = daughter.post("/v1/tickets", spot().put("onBehalfOfId", registered.toString()))
                .withStatus(201);
        var before = pair.all("SELECT hash FROM ticket_event WHERE ticket_id = $1 ORDER BY seq", ticket.id());

        // when
        pair.merge(pair.grid, registered, fatherId).withStatus(200);

        // then
        var own = father.get("/v1/tickets/" + ticket.id()).withStatus(200).json();
        assertThat(own.getJsonArray("allowedActions")).contains("cancel");
        father.post("/v1/tickets/" + ticket.id() + "/urge").withStatus(200);
        assertThat(pair.one(
                        "SELECT on_behalf_of_ref FROM ticket_event WHERE ticket_id = $1 AND type = 'urged'",
                        ticket.id()))
                .isEqualTo(new JsonObject().putNull("on_behalf_of_ref"));
        assertThat(pair.all("SELECT hash FROM ticket_event WHERE ticket_id = $1 ORDER BY seq", ticket.id()))
                .startsWith(before.toArray(JsonObject[]::new));
        assertThat(father.get("/v1/tickets?scope=mine").withStatus(200).text())
                .contains(ticket.id().toString());
        assertThat(daughter.get("/v1/me").text()).contains(fatherId.toString());
        daughter.get("/v1/tickets/" + ticket.id()).withStatus(200);
        assertThat(pair.all("SELECT role FROM household_member WHERE household_id = $1", home))
                .containsExactly(new JsonObject().put("role", "owner"));
        var me = father.get("/v1/me").withStatus(200).json();
        assertThat(me.getBoolean("birthDateVerified", true)).isTrue();
    }

    @Test
    void whoFiledForTheirWardSeesThemStillAndTheSameWordsAreTheSameReport() {
        // given: filed by the grid member for an elder who is there twice
        var home = pair.home();
        var registered = pair.elder(home, null, true);
        var father = pair.neighbour(home, "family");
        var report = spot();
        var ticket = pair.grid
                .post("/v1/tickets", report.copy().put("onBehalfOfId", registered.toString()))
                .withStatus(201);

        // when
        pair.merge(pair.grid, registered, Pair.idOf(father)).withStatus(200);

        // then
        var shown = pair.grid.get("/v1/tickets/" + ticket.id()).withStatus(200).json();
        assertThat(shown.getJsonObject("reporter")).isNotNull();
        pair.grid
                .post("/v1/tickets/" + ticket.id() + "/unmask", new JsonObject().put("reason", "上门前联系"))
                .withStatus(200);
        assertThat(father.post("/v1/tickets", report).code()).isEqualTo("already_reported");
    }

    @Test
    void whoGoesIsGoneAndTheLoginIsThatOfTheOneWhoStays() {
        // given
        var home = pair.home();
        var code = "demo-new-" + UUID.randomUUID();
        var newcomer = pair.neighbour(code, home, "tenant");
        var gone = Pair.idOf(newcomer);
        var stays = pair.elder(home, null, true);

        // when
        pair.merge(pair.grid, gone, stays).withStatus(200);

        // then
        assertThat(newcomer.get("/v1/me").status()).isIn(200, 401);
        APP.forgetLogin(code);
        var back = APP.anyone()
                .post("/v1/auth/wechat", new JsonObject().put("code", code))
                .withStatus(200);
        assertThat(back.text()).contains(stays.toString());
        assertThat(pair.grid.get("/v1/residents/" + gone).status()).isEqualTo(404);
        assertThat(pair.grid
                        .get("/v1/residents/" + stays)
                        .withStatus(200)
                        .json()
                        .getBoolean("hasLogin"))
                .isTrue();
        assertThat(pair.one("SELECT role FROM household_member WHERE household_id = $1", home)
                        .getString("role"))
                .isEqualTo("tenant");
        assertThat(pair.merge(pair.grid, gone, stays).status()).isEqualTo(200);
    }

    @Test
    void whatCameInMeanwhileFollowsAMinuteLater() {
        // given
        var gone = pair.elder(null, null, true);
        var stays = pair.elder(null, null, true);
        var booked = pair.book(pair.grid, stays, 2, "lunch").withStatus(201);
        pair.merge(pair.grid, gone, stays).withStatus(200);
        TestApp.await(APP.database()
                .inTransaction(tx -> tx.preparedQuery("UPDATE booking SET diner_id = $1 WHERE id = $2")
                        .execute(Tuple.of(gone, booked.id()))));

        // when
        APP.clock().advance(Duration.ofMinutes(2));
        APP.runJobs();

        // then
        assertThat(pair.standing(stays))
                .extracting(each -> each.getString("id"))
                .containsExactly(booked.id().toString());
    }
}

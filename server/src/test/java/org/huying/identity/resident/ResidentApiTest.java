package org.huying.identity.resident;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.huying.testing.TestDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 1: an elder without a phone is registered by a grid member, and booked for by those who may. */
class ResidentApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String HOME_OF_RESIDENT_1 = DemoStructure.household(1).toString();

    private static JsonObject elder(String name) {
        return new JsonObject()
                .put("name", name)
                .put("birthDate", "1941-05-06")
                .put("birthDateVerified", true)
                .put("consentNote", "口头同意，女儿在场");
    }

    private static Reply find(Api caller, String query) {
        return caller.get("/v1/residents?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    @Test
    void whoIsRegisteredIsFoundByNameAndNumberAndShownMasked() {
        // given
        var gridMember = APP.staff("grid-member-1");
        var made = gridMember.post(
                "/v1/residents",
                elder("欧阳静好").put("householdId", HOME_OF_RESIDENT_1).put("phone", "10099990001"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);

        // then
        for (var query : List.of("欧阳静好", " 欧阳 静好 ", "10099990001", "１００９９９９０００１")) {
            var found = find(APP.staff("canteen-operator-4"), query);
            assertThat(found.items()).as(query).hasSize(1);
            var match = found.items().get(0);
            assertThat(match.getString("id")).isEqualTo(made.id().toString());
            assertThat(match.getString("name")).isEqualTo("欧**");
            assertThat(match.getString("phone")).isEqualTo("100****0001");
            assertThat(match.getInteger("birthYear")).isEqualTo(1941);
            assertThat(match.getString("compoundName")).isNotBlank();
        }
        assertThat(find(gridMember, "欧阳静好").items()).hasSize(1);
        assertThat(find(APP.staff("grid-member-2"), "欧阳静好").items()).isEmpty();
        assertThat(find(gridMember, "欧阳").items()).isEmpty();
    }

    @Test
    void theElderIsBookedForByTheGridMemberAndAtTheCounterWithTheSubsidyOfTheirAge() {
        // given
        var gridMember = APP.staff("grid-member-1");
        var elder = gridMember.post("/v1/residents", elder("钟离秀").put("householdId", HOME_OF_RESIDENT_1));
        var date = LocalDate.ofInstant(APP.clock().instant(), ZoneId.of("Asia/Shanghai"))
                .plusDays(1);
        var lunch = DemoStructure.meal(1, date, "lunch").toString();
        var dinner = DemoStructure.meal(4, date, "lunch").toString();
        var order = new JsonObject()
                .put("mode", "dine_in")
                .put("dinerId", elder.id().toString());

        // when
        var byGrid = gridMember.post("/v1/bookings", order.copy().put("mealId", lunch));
        var atCounter = APP.staff("canteen-operator-4")
                .post("/v1/bookings", order.copy().put("mealId", dinner));

        // then
        assertThat(byGrid.status()).as(byGrid.text()).isEqualTo(201);
        assertThat(byGrid.json().getInteger("subsidyFen")).isPositive();
        assertThat(atCounter.status()).as(atCounter.text()).isEqualTo(201);
        assertThat(atCounter.json().getInteger("subsidyFen")).isZero();
        assertThat(APP.staff("grid-member-2")
                        .post("/v1/bookings", order.copy().put("mealId", lunch))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void onlyGridMembersRegisterAndOnlyIntoTheirOwnPlace() {
        assertThat(APP.resident(1).post("/v1/residents", elder("甲乙")).status()).isEqualTo(403);
        assertThat(APP.staff("canteen-operator-1")
                        .post("/v1/residents", elder("甲乙"))
                        .status())
                .isEqualTo(403);
        assertThat(APP.staff("grid-member-2")
                        .post("/v1/residents", elder("甲乙").put("householdId", HOME_OF_RESIDENT_1))
                        .status())
                .isEqualTo(404);
        assertThat(find(APP.resident(1), "甲乙").status()).isEqualTo(403);
    }

    @Test
    void anUnlikelyBirthDateIsRefused() {
        var refused = APP.staff("grid-member-1")
                .post(
                        "/v1/residents",
                        elder("甲乙").put("birthDate", TestDay.date().plusDays(2).toString()));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.faults()).containsExactly("/birthDate");
    }
}

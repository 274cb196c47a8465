package org.huying.identity.resident;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.huying.testing.TestDay;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Domain.md 1: whoever may be there already is not registered again by mistake. */
class ResidentExistsApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static JsonObject elder(String name, String birthDate, @Nullable String phone) {
        return new JsonObject()
                .put("name", name)
                .put("birthDate", birthDate)
                .put("birthDateVerified", true)
                .put("phone", phone)
                .put("consentNote", "口头同意");
    }

    private static Api grid(int number) {
        return APP.staff("grid-member-" + number);
    }

    private static List<JsonObject> candidates(Reply refused) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("resident_exists");
        return refused.json().getJsonArray("candidates", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "东方 朔·一, 1941-05-06, ",
        "东方朔•一, 1941-05-06, 13900000000",
        "另一人, 1970-01-01, ＋８６ 138-2222 0001",
        "东方朔・一, 1950-01-01, 0086 13822220001",
    })
    void whoMayBeThereIsNamedMaskedToWhoeverRegistersThemElsewhere(String name, String birthDate, String phone) {
        // given
        var there = grid(1).post(
                        "/v1/residents",
                        elder("东方朔·一", "1941-05-06", "13822220001")
                                .put("householdId", DemoStructure.household(1).toString())
                                .put("newPerson", true));

        // when
        var refused = grid(2).post("/v1/residents", elder(name, birthDate, phone));

        // then
        var candidate = candidates(refused).stream()
                .filter(each ->
                        each.getString("id").equals(there.withStatus(201).id().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(candidate.getString("name")).isEqualTo("东**");
        assertThat(candidate.getString("phone")).isEqualTo("138****0001");
        assertThat(candidate.getInteger("birthYear")).isEqualTo(1941);
        assertThat(refused.text()).doesNotContain("东方", "13822220001", "05-06");
        assertThat(grid(2).post("/v1/residents", elder(name, birthDate, phone).put("newPerson", true))
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"公孙胜, 1941-05-07, ", "公孙 胜二, 1941-05-06, 13822220012"})
    void whoHasOnlyTheNameOrOnlyTheDayIsSomebodyElse(String name, String birthDate, String phone) {
        grid(1).post("/v1/residents", elder("公孙胜", "1941-05-06", "13822220011").put("newPerson", true))
                .withStatus(201);

        assertThat(grid(1).post("/v1/residents", elder(name, birthDate, phone)).status())
                .isEqualTo(201);
    }

    @Test
    void whoBoundTheNumberByWeChatIsNamedAsWell() {
        // given
        var resident = APP.wechat("demo-new-bound");
        resident.post("/v1/me/phone", new JsonObject().put("code", "demo-phone-13822220061"))
                .withStatus(200);

        // when
        var refused = grid(1).post("/v1/residents", elder("尉迟恭", "1941-05-06", "138-2222-0061"));

        // then
        assertThat(candidates(refused))
                .extracting(each -> each.getString("id"))
                .containsExactly(resident.get("/v1/me").json().getString("id"));
    }

    @Test
    void nobodyIsAskedAboutByWhatCannotBeRegistered() {
        grid(1).post("/v1/residents", elder("上官云", "1941-05-06", "13822220071")).withStatus(201);

        var unlikely = grid(2).post(
                        "/v1/residents", elder("某", TestDay.date().plusDays(2).toString(), "13822220071"));

        assertThat(unlikely.code()).isEqualTo("birth_date_unlikely");
    }

    @Test
    void beingToldOfSomebodyIsOnRecordLikeASearch() {
        // given
        var resident = APP.wechat("demo-new-told");
        resident.patch("/v1/me", new JsonObject().put("displayName", "令狐冲").put("birthDate", "1956-02-03"))
                .withStatus(200);

        // when
        var refused = grid(1).post("/v1/residents", elder("令狐　冲", "1956-02-03", null));

        // then
        assertThat(candidates(refused)).hasSize(1);
        assertThat(resident.get("/v1/me/unmaskings").withStatus(200).text()).contains("grid_member");
    }

    @Test
    void ofTwoAtOnceOneIsRegistered() {
        var both = IntStream.of(1, 2)
                .mapToObj(n -> grid(n).postLater("/v1/residents", elder("慕容白", "1939-01-02", "1382222003" + n)))
                .toList();

        assertThat(both.stream().map(each -> each.join().status()).collect(Collectors.toList()))
                .containsExactlyInAnyOrder(201, 409);
    }

    @Test
    void theSameRequestUnderItsKeyAnswersAsTheFirstTime() {
        var grid = grid(1).with("Idempotency-Key", UUID.randomUUID().toString());
        var asked = elder("西门雪", "1940-02-02", "13822220041");

        var both = Stream.of(1, 2).map(n -> grid.post("/v1/residents", asked)).toList();

        assertThat(both).allSatisfy(each -> assertThat(each.status()).isEqualTo(201));
        assertThat(both.get(1).id()).isEqualTo(both.get(0).id());
    }

    @Test
    void whoMayNotRegisterThereLearnsNothing() {
        grid(1).post("/v1/residents", elder("南宫月", "1940-03-03", "13822220051")).withStatus(201);
        var there = elder("南宫月", "1940-03-03", null)
                .put("householdId", DemoStructure.household(1).toString());

        assertThat(grid(2).post("/v1/residents", there).status()).isEqualTo(404);
        assertThat(APP.resident(1).post("/v1/residents", there).status()).isEqualTo(403);
    }
}

package org.huying.identity.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.testing.Api;
import org.huying.testing.TestApp;
import org.huying.testing.TestDay;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 6: what is known of residents, who corrects it, and who reads it in full. */
@Tag("long")
class ProfileApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String HOME = DemoStructure.household(1).toString();

    private static JsonObject elder(String name) {
        return new JsonObject()
                .put("name", name)
                .put("newPerson", true)
                .put("birthDate", "1941-05-06")
                .put("birthDateVerified", false)
                .put("householdId", HOME)
                .put("phone", "10099990123")
                .put("consentNote", "口头同意");
    }

    private static String registered(String name) {
        return APP.staff("grid-member-1")
                .post("/v1/residents", elder(name))
                .withStatus(201)
                .id()
                .toString();
    }

    @Test
    void aResidentGivesTheirOwnNameAndIsFoundByIt() {
        // given
        var resident = APP.wechat("demo-new-named");

        // when
        var me = resident.patch(
                "/v1/me", new JsonObject().put("displayName", " 慕容 雪 ").put("birthDate", "1950-01-02"));

        // then
        assertThat(me.withStatus(200).json().getString("displayName")).isEqualTo("慕容 雪");
        assertThat(resident.get("/v1/me").json().getString("displayName")).isEqualTo("慕容 雪");
        assertThat(APP.staff("canteen-operator-1")
                        .get("/v1/residents?query=%E6%85%95%E5%AE%B9%E9%9B%AA")
                        .items())
                .extracting(each -> each.getString("name"))
                .containsExactly("慕**");
        assertThat(resident.patch("/v1/me", new JsonObject().put("displayName", "已 注销"))
                        .code())
                .isEqualTo("name_reserved");
        assertThat(resident.patch("/v1/me", new JsonObject().put("displayName", "　"))
                        .status())
                .isEqualTo(400);
        assertThat(resident.patch(
                                "/v1/me",
                                new JsonObject()
                                        .put(
                                                "birthDate",
                                                TestDay.date().plusDays(2).toString()))
                        .code())
                .isEqualTo("birth_date_unlikely");
        assertThat(APP.staff("worker-1")
                        .patch("/v1/me", new JsonObject().put("displayName", "甲"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aBirthDateCountsOnceTheGridMemberHasSeenADocumentAndStaysThen() {
        // given
        var resident = APP.wechat("demo-new-sixty");
        var id = resident.get("/v1/me").json().getString("id");
        moveIn(id);
        resident.patch("/v1/me", new JsonObject().put("birthDate", "1941-01-02"))
                .withStatus(200);
        assertThat(subsidy(resident, 1)).isZero();

        // when
        var seen = APP.staff("grid-member-1")
                .patch(
                        "/v1/residents/" + id,
                        new JsonObject().put("birthDateVerified", true).put("version", 2));

        // then
        assertThat(seen.withStatus(200).json().getBoolean("birthDateVerified")).isTrue();
        assertThat(subsidy(resident, 2)).isPositive();
        assertThat(resident.patch("/v1/me", new JsonObject().put("birthDate", "1931-01-02"))
                        .code())
                .isEqualTo("birth_date_verified");
        var grid = APP.staff("grid-member-1");
        assertThat(grid.patch("/v1/residents/" + id, new JsonObject().put("birthDate", "1942-01-02"))
                        .code())
                .isEqualTo("birth_date_verified");
        grid.patch(
                        "/v1/residents/" + id,
                        new JsonObject().put("birthDate", "1960-01-02").put("birthDateVerified", true))
                .withStatus(200);
        assertThat(resident.get("/v1/bookings").items())
                .extracting(each -> each.getInteger("subsidyFen") > 0)
                .containsExactly(true, false);
        assertThat(changes(id))
                .containsExactly(
                        "birthDate by " + id,
                        "birthDateVerified by " + DemoStructure.staff("grid-member-1"),
                        "birthDate,birthDateVerified by " + DemoStructure.staff("grid-member-1"));
    }

    @Test
    void aDateThatMakesSomebodyTooOldOrThatFormsShowForNothingIsNeverVerified() {
        var grid = APP.staff("grid-member-1");
        var seen = new JsonObject().put("birthDateVerified", true);
        var of120 = TestDay.date().minusYears(120);

        for (var date : List.of("1900-01-01", of120.toString())) {
            var unseen = elder("彭祖" + date).put("birthDate", date);
            assertThat(grid.post("/v1/residents", unseen.copy().mergeIn(seen)).code())
                    .isEqualTo("birth_date_unverifiable");
            var path = "/v1/residents/"
                    + grid.post("/v1/residents", unseen).withStatus(201).id();
            assertThat(grid.patch(path, seen.copy().put("version", 1)).code()).isEqualTo("birth_date_unverifiable");
            assertThat(grid.patch(path, seen.copy().put("birthDate", date)).code())
                    .isEqualTo("birth_date_unverifiable");
            assertThat(grid.get(path).json().getBoolean("birthDateVerified")).isFalse();
        }
        var nearly = elder("彭祖").put("birthDate", of120.plusDays(1).toString()).mergeIn(seen);
        assertThat(grid.post("/v1/residents", nearly).withStatus(201).json().getBoolean("birthDateVerified"))
                .isTrue();
    }

    @Test
    void theirGridMemberSeesThemMaskedAndUnmasksThemOnRecord() {
        // given
        var id = registered("公孙大娘");
        var path = "/v1/residents/" + id;
        var grid = APP.staff("grid-member-1");
        var why = new JsonObject().put("reason", "上门探访");

        // when
        var masked = grid.get(path).withStatus(200).json();
        var full = grid.post(path + "/unmask", why).withStatus(200).json();

        // then
        assertThat(masked.getString("name")).isEqualTo("公**");
        assertThat(masked.getString("phone")).isEqualTo("100****0123");
        assertThat(masked.getInteger("birthYear")).isEqualTo(1941);
        assertThat(full.getString("name")).isEqualTo("公孙大娘");
        assertThat(full.getString("phone")).isEqualTo("10099990123");
        assertThat(full.getString("birthDate")).isEqualTo("1941-05-06");
        assertThat(full.getString("address")).isNotBlank();
        assertThat(grid.post(path + "/unmask", new JsonObject()).status()).isEqualTo(400);
        for (var call : List.of("", "/unmask")) {
            for (var other : List.of(APP.staff("grid-member-2"), APP.staff("dispatcher-1"), APP.resident(1))) {
                assertThat((call.isEmpty() ? other.get(path) : other.post(path + call, why)).status())
                        .isEqualTo(404);
            }
            for (var other : List.of(APP.staff("admin"), APP.staff("canteen-operator-1"))) {
                assertThat((call.isEmpty() ? other.get(path) : other.post(path + call, why)).status())
                        .isEqualTo(403);
            }
        }
        var grids = DemoStructure.staff("grid-member-1").toString();
        for (var reader : List.of("admin", "community-supervisor-1", "district-supervisor")) {
            assertThat(record(APP.staff(reader), id)).as(reader).containsExactly("上门探访 by " + grids);
        }
        assertThat(record(APP.staff("community-supervisor-2"), id)).isEmpty();
        assertThat(APP.staff("worker-1").get("/v1/unmaskings").status()).isEqualTo(403);
    }

    @Test
    void whoIsLookedAtSeesWhoLookedWhenAndWhy() {
        // given
        var resident = APP.wechat("demo-new-looked-at");
        var id = resident.get("/v1/me").json().getString("id");
        moveIn(id);

        // when
        APP.staff("grid-member-1")
                .post("/v1/residents/" + id + "/unmask", new JsonObject().put("reason", "核对地址"))
                .withStatus(200);

        // then
        var seen = resident.get("/v1/me/unmaskings").items();
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).getString("reason")).isEqualTo("核对地址");
        assertThat(seen.get(0).getString("role")).isEqualTo("grid_member");
        assertThat(seen.get(0).getJsonArray("fields")).containsExactly("name", "phone", "birthDate", "address");
        assertThat(seen.get(0).getJsonObject("actor").getString("id"))
                .isEqualTo(DemoStructure.staff("grid-member-1").toString());
        assertThat(APP.resident(2).get("/v1/me/unmaskings").items()).isEmpty();
    }

    @Test
    void nobodyUnmasksMoreThanSixtyAnHour() {
        // given
        var path = "/v1/residents/" + registered("逐户") + "/unmask";
        // somebody else's, so that no other test is kept from looking
        var other = APP.staff("canteen-operator-2");
        var why = new JsonObject().put("reason", "逐户核对");

        // when
        var statuses = IntStream.range(0, 61)
                .mapToObj(i -> other.post(path, why).status())
                .toList();

        // then
        assertThat(statuses.subList(0, 60)).containsOnly(403);
        assertThat(statuses.get(60)).isEqualTo(429);
    }

    private static List<String> record(Api reader, String residentId) {
        return reader.get("/v1/unmaskings?residentId=" + residentId).withStatus(200).items().stream()
                .map(each -> each.getString("reason") + " by "
                        + each.getJsonObject("actor").getString("id"))
                .toList();
    }

    private static int subsidy(Api resident, int day) {
        var date = LocalDate.ofInstant(APP.clock().instant(), ZoneId.of("Asia/Shanghai"))
                .plusDays(day);
        return resident.post(
                        "/v1/bookings",
                        new JsonObject()
                                .put(
                                        "mealId",
                                        DemoStructure.meal(1, date, "lunch").toString())
                                .put("mode", "dine_in"))
                .withStatus(201)
                .json()
                .getInteger("subsidyFen");
    }

    private static void moveIn(String residentId) {
        await(APP.database()
                .read(client -> client.preparedQuery("""
                        INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at)
                        VALUES ($1, $2, $3, $4, 'family', 'approved', now())
                        """)
                        .execute(Tuple.of(
                                DemoStructure.districtId(),
                                Ids.next(),
                                DemoStructure.household(1),
                                UUID.fromString(residentId)))));
    }

    private static List<String> changes(String residentId) {
        return await(APP.database()
                .read(client -> client.preparedQuery("""
                        SELECT array_to_string(fields, ',') || ' by ' || actor_id AS change
                        FROM resident_change WHERE resident_id = $1 ORDER BY id
                        """)
                        .execute(Tuple.of(UUID.fromString(residentId)))
                        .map(Rows.list(row -> row.getString("change")))));
    }
}

package org.huying.identity.unmasking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who looked whom up, and who looked at whom: on record, and told to nobody who may not know. */
@Tag("long")
class SearchRecordApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final UUID DISTRICT = DemoStructure.districtId();

    @Test
    void whoever_is_looked_up_reads_who_did_by_what_and_when() {
        // given
        var operator = APP.staff("canteen-operator-1");
        var found = registered("柳如是", "13711112222");

        // when
        search(operator, "13711112222").withStatus(200);
        operator.get("/v1/residents?query=" + "%E6%9F%B3%E5%A6%82%E6%98%AF").withStatus(200);

        // then: both ways, by number and by name, for those who watch over it too
        for (var reader : List.of("admin", "district-supervisor")) {
            assertThat(entries(APP.staff(reader), found))
                    .extracting(
                            each -> each.getString("kind"),
                            each -> each.getJsonArray("fields").getString(0))
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("search", "name"),
                            org.assertj.core.groups.Tuple.tuple("search", "phone"));
        }
        var entry = entries(APP.staff("admin"), found).get(0);
        assertThat(entry.getJsonObject("actor").getString("id"))
                .isEqualTo(DemoStructure.staff("canteen-operator-1").toString());
        assertThat(entry.getString("role")).isEqualTo("canteen_operator");
        assertThat(entry.getJsonObject("resident").getString("name")).isEqualTo("柳**");
        assertThat(entry.encode()).doesNotContain("13711112222");
    }

    @Test
    void a_resident_reads_it_themselves_and_their_supervisor_does() {
        // given
        var name = "demo-new-looked-up";
        var resident = APP.wechat(name);
        resident.patch("/v1/me", new JsonObject().put("displayName", "段寻常")).withStatus(200);
        var id = UUID.fromString(resident.get("/v1/me").json().getString("id"));

        // when
        search(APP.staff("canteen-operator-2"), "段寻常").withStatus(200);

        // then
        var mine = resident.get("/v1/me/unmaskings").items();
        assertThat(mine).hasSize(1);
        assertThat(mine.get(0).getString("kind")).isEqualTo("search");
        assertThat(mine.get(0).getJsonObject("actor").getString("name")).isNotEmpty();
        assertThat(asked(id)).containsExactly("段寻常");
        assertThat(resident.get("/v1/me/export").status()).isEqualTo(200);

        // when: they are erased
        resident.post("/v1/me/erase", new JsonObject().put("confirm", "erase")).withStatus(204);

        // then
        assertThat(entries(APP.staff("admin"), id)).hasSize(1);
        assertThat(asked(id)).isEmpty();
    }

    @Test
    void trying_out_the_digits_that_a_mask_hides_ends_soon_and_is_on_record() {
        // given
        var operator = APP.staff("canteen-operator-3");
        var limited = 0;

        // when: an hour's calls, and again
        for (var i = 0; i < 101; i++) {
            var reply = search(operator, "1380000%04d".formatted(i));
            if (reply.status() == 429 && limited == 0) {
                assertThat(i).isEqualTo(60);
                limited++;
                APP.forgetLimit("look-up");
                reply = search(operator, "1380000%04d".formatted(i));
            }
            assertThat(reply.status()).isEqualTo(i < 100 ? 200 : 429);
        }

        // then
        var tried = search(operator, "13800009999");
        assertThat(tried.json().getString("code")).isEqualTo("rate_limited");
        assertThat(tried.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(search(APP.staff("canteen-operator-4"), "13800009999").status())
                .isEqualTo(200);
        var page = APP.staff("district-supervisor")
                .get("/v1/unmaskings?limit=100&staffId=" + DemoStructure.staff("canteen-operator-3"));
        assertThat(page.items()).hasSize(100).allMatch(each -> each.getValue("resident") == null);

        // and the next day there is room for a typing error again
        APP.clock().advance(Duration.ofDays(1));
        APP.forgetLimit("look-up");
        assertThat(search(operator, "13800009999").status()).isEqualTo(200);
    }

    @Test
    void trying_out_numbers_by_registering_ends_as_by_searching_and_newcomers_can_still_be_registered() {
        // given
        var grid = APP.staff("grid-member-2");
        for (var i = 0; i < 60; i++) {
            grid.post("/v1/residents", elder("试号人", "1380001%04d".formatted(i)).put("birthDate", birthDate(i)))
                    .withStatus(201);
        }
        var limited = grid.post("/v1/residents", elder("试号人", "13800019990"));
        assertThat(limited.withStatus(429).headers().firstValue("RateLimit-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("register"));
        for (var i = 60; i < 100; i++) {
            search(grid, "1380001%04d".formatted(i)).withStatus(200);
        }
        APP.forgetLimit("register");

        // when
        var tried = grid.post("/v1/residents", elder("试号人", "13800019990"));

        // then
        assertThat(tried.withStatus(429).code()).isEqualTo("rate_limited");
        var own = APP.staff("district-supervisor")
                .get("/v1/unmaskings?limit=100&staffId=" + DemoStructure.staff("grid-member-2"));
        assertThat(own.items()).hasSize(100).allMatch(each -> each.getValue("resident") == null);
        assertThat(own.text()).doesNotContain("1380001", "试号人");
        grid.post("/v1/residents", elder("试号人", "13800019990").put("newPerson", true))
                .withStatus(201);
        APP.clock().advance(Duration.ofDays(1));
        APP.forgetLimit("register");
        grid.post("/v1/residents", elder("试号人又", "13800019991")).withStatus(201);
    }

    @Test
    void what_was_searched_for_is_sealed_and_goes_after_a_year() {
        // given
        search(APP.staff("canteen-operator-4"), "13600007777").withStatus(200);
        assertThat(count("asked_sealed IS NOT NULL")).isPositive();

        // when
        APP.clock().advance(Duration.ofDays(367));
        APP.runInnerJobs();

        // then
        assertThat(count("asked_sealed IS NOT NULL")).isZero();
        assertThat(count("kind = 'search'")).isPositive();
    }

    @Test
    void the_record_of_unmaskings_names_an_anonymous_reporter_to_themself_and_to_whoever_looked() {
        // given
        var reporter = APP.resident(1);
        var ticket = reporter.post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "street-light")
                                .put("placeId", DemoStructure.compound(1).toString())
                                .put("spot", "东门")
                                .put("description", "路灯不亮")
                                .put("anonymous", true))
                .withStatus(201)
                .id();
        var looker = APP.staff("community-supervisor-1");
        looker.post("/v1/tickets/" + ticket + "/unmask", new JsonObject().put("reason", "核实"))
                .withStatus(200);

        // then
        var resident = DemoStructure.resident(1);
        for (var reader : List.of("admin", "town-supervisor", "district-supervisor")) {
            assertThat(ofTicket(APP.staff(reader).get("/v1/unmaskings?limit=100"), ticket))
                    .hasSize(1)
                    .allMatch(each -> each.getValue("resident") == null
                            && each.getString("reason").equals("核实"));
            assertThat(ofTicket(APP.staff(reader).get("/v1/unmaskings?limit=100&residentId=" + resident), ticket))
                    .isEmpty();
        }
        for (var path : List.of("/v1/unmaskings?limit=100", "/v1/unmaskings?limit=100&residentId=" + resident)) {
            assertThat(ofTicket(looker.get(path), ticket))
                    .allMatch(each ->
                            each.getJsonObject("resident").getString("id").equals(resident.toString()))
                    .hasSize(1);
        }
        assertThat(ofTicket(reporter.get("/v1/me/unmaskings?limit=100"), ticket))
                .allMatch(each -> each.getJsonObject("resident").getString("id").equals(resident.toString()))
                .hasSize(1);
    }

    private static Reply search(Api caller, String query) {
        return caller.post("/v1/residents/search", new JsonObject().put("query", query));
    }

    private static UUID registered(String name, String phone) {
        return APP.staff("grid-member-1")
                .post("/v1/residents", elder(name, phone))
                .withStatus(201)
                .id();
    }

    private static JsonObject elder(String name, String phone) {
        return new JsonObject()
                .put("name", name)
                .put("birthDate", "1941-02-03")
                .put("birthDateVerified", false)
                .put("phone", phone)
                .put("consentNote", "当面同意");
    }

    /** Another for each. */
    private static String birthDate(int n) {
        return LocalDate.parse("1942-02-03").plusDays(n).toString();
    }

    private static List<JsonObject> entries(Api reader, UUID resident) {
        return reader.get("/v1/unmaskings?limit=100&residentId=" + resident).items();
    }

    private static List<JsonObject> ofTicket(Reply page, UUID ticket) {
        return page.items().stream()
                .filter(each -> ticket.toString().equals(each.getString("ticketId")))
                .toList();
    }

    private static List<String> asked(UUID subject) {
        return await(APP.database()
                .read(client -> client.preparedQuery("SELECT asked_sealed FROM unmasking WHERE district_id = $1"
                                + " AND subject_id = $2 AND asked_sealed IS NOT NULL")
                        .execute(Tuple.of(DISTRICT, subject))
                        .map(Rows.list((Row row) -> APP.cipher().open(row.getBuffer("asked_sealed"))))));
    }

    private static long count(String condition) {
        return await(APP.database()
                .read(client -> client.preparedQuery(
                                "SELECT count(*) AS n FROM unmasking WHERE district_id = $1 AND " + condition)
                        .execute(Tuple.of(DISTRICT))
                        .map(rows -> rows.iterator().next().getLong("n"))));
    }
}

package org.huying.ticket.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.huying.testing.Api;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The catalogue and the working calendar in the hands of an administrator. */
class CatalogueApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    /** A Monday in Shanghai. */
    private static final Instant MONDAY_AT_TEN = at("2027-03-01T10:00");

    private final Api admin = APP.staff("admin");
    private final Api resident = APP.resident(33);

    @BeforeEach
    void onAMonday() {
        APP.clock().set(MONDAY_AT_TEN);
    }

    @Test
    void aTicketKeepsTheVersionItWasReportedUnder() {
        // given
        admin.post("/v1/service-items", item("window", 2, 24)).withStatus(201);
        var before = report("window");

        // when
        var changed = admin.put("/v1/service-items/window", change(1, 1, 8).put("calendar", "working_hours"));

        // then
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().getInteger("version")).isEqualTo(2);
        var after = report("window");
        assertThat(after.getInteger("serviceItemVersion")).isEqualTo(2);
        assertThat(instant(after, "resolutionDueAt")).isEqualTo(at("2027-03-02T10:00"));
        var kept = resident.get("/v1/tickets/" + before.getString("id")).json();
        assertThat(kept.getInteger("serviceItemVersion")).isEqualTo(1);
        assertThat(instant(kept, "resolutionDueAt")).isEqualTo(MONDAY_AT_TEN.plusSeconds(24 * 3600));
        assertThat(resident.get("/v1/service-items/window?version=1").json().getInteger("resolutionHours"))
                .isEqualTo(24);
        assertThat(resident.get("/v1/service-items/window").json().getInteger("resolutionHours"))
                .isEqualTo(8);
    }

    @Test
    void ofTwoWhoChangeOneVersionTheSecondIsTold() {
        admin.post("/v1/service-items", item("door", 2, 24)).withStatus(201);
        assertThat(admin.put("/v1/service-items/door", change(1, 3, 30)).status())
                .isEqualTo(200);

        var second = admin.put("/v1/service-items/door", change(1, 4, 40));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("service_item_changed");
    }

    @Test
    void everythingWrongWithAnItemIsSaidAtOnce() {
        var info = new JsonArray()
                .add(info("where", "text").put("options", new JsonArray().add("x")))
                .add(info("where", "choice"))
                .add(info("when", "choice")
                        .put("options", new JsonArray().add("day").add("day")));

        var refused = admin.post("/v1/service-items", item("roof", 9, 8).put("requiredInfo", info));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.faultsAndCodes())
                .containsExactly(
                        "/requiredInfo/0/options options_unexpected",
                        "/requiredInfo/1/key key_repeated",
                        "/requiredInfo/1/options options_required",
                        "/requiredInfo/2/options options_repeated",
                        "/resolutionHours targets_reversed");
    }

    @Test
    void anItemIsAddedOnce() {
        admin.post("/v1/service-items", item("stairs", 2, 24)).withStatus(201);

        var again = admin.post("/v1/service-items", item("stairs", 2, 24));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("service_item_exists");
    }

    @Test
    void onlyAdministratorsChangeCatalogueAndCalendar() {
        for (var api : List.of(resident, APP.staff("district-supervisor"), APP.staff("dispatcher-1"))) {
            assertThat(api.post("/v1/service-items", item("mine", 1, 2)).status())
                    .isEqualTo(403);
            assertThat(api.put("/v1/service-items/light-out", change(1, 1, 2)).status())
                    .isEqualTo(403);
            assertThat(api.put("/v1/working-calendar", week("09:00", "17:00")).status())
                    .isEqualTo(403);
            assertThat(api.put("/v1/working-calendar/years/2027", days()).status())
                    .isEqualTo(403);
        }
        assertThat(admin.put("/v1/service-items/nothing-like-it", change(1, 1, 2))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void holidaysAndHoursMoveWhatIsDue() {
        // given
        admin.post("/v1/service-items", item("lamp", 4, 12).put("calendar", "working_hours"))
                .withStatus(201);
        assertThat(admin.put("/v1/working-calendar", week("08:00", "12:00", "14:00", "18:00"))
                        .status())
                .isEqualTo(200);

        // when
        var calendar = admin.put("/v1/working-calendar/years/2027", days("2027-03-02"));

        // then: two hours on Monday morning and four in the afternoon, nothing on Tuesday
        assertThat(calendar.json().getJsonArray("days")).hasSize(1);
        assertThat(resident.get("/v1/working-calendar?year=2027").json()).isEqualTo(calendar.json());
        var ticket = report("lamp");
        assertThat(instant(ticket, "responseDueAt")).isEqualTo(at("2027-03-01T16:00"));
        assertThat(instant(ticket, "resolutionDueAt")).isEqualTo(at("2027-03-03T16:00"));

        // when: the year is set anew
        admin.put("/v1/working-calendar/years/2027", days()).withStatus(200);

        // then
        assertThat(instant(report("lamp"), "resolutionDueAt")).isEqualTo(at("2027-03-02T16:00"));
        assertThat(resident.get("/v1/tickets/" + ticket.getString("id")).json().getString("resolutionDueAt"))
                .isEqualTo(ticket.getString("resolutionDueAt"));
    }

    @Test
    void aCalendarThatMakesNoSenseIsRefused() {
        var hours = admin.put("/v1/working-calendar", week("12:00", "09:00", "14:00", "16:00", "15:59", "18:00"));
        assertThat(hours.status()).isEqualTo(422);
        assertThat(hours.faultsAndCodes()).containsExactly("/hours/0/to hours_reversed", "/hours/2/from hours_overlap");

        var days = admin.put("/v1/working-calendar/years/2027", days("2027-05-01", "2028-05-01", "2027-05-01"));
        assertThat(days.status()).isEqualTo(422);
        assertThat(days.faultsAndCodes()).containsExactly("/days/1/date date_outside", "/days/2/date date_repeated");
    }

    @Test
    void hoursReachMidnightAndTouch() {
        // given
        admin.post("/v1/service-items", item("night", 4, 30).put("calendar", "working_hours"))
                .withStatus(201);
        var week = week("00:00", "06:00", "06:00", "12:00", "18:00", "24:00");

        // when
        var set = admin.put("/v1/working-calendar", week).withStatus(200);
        admin.put("/v1/working-calendar/years/2027", days()).withStatus(200);

        // then: two hours on Monday morning, six of the night, and so on
        assertThat(set.json().getJsonArray("hours")).isEqualTo(week.getJsonArray("hours"));
        var ticket = report("night");
        assertThat(instant(ticket, "responseDueAt")).isEqualTo(at("2027-03-01T20:00"));
        assertThat(instant(ticket, "resolutionDueAt")).isEqualTo(at("2027-03-03T04:00"));
        for (var wrong : List.of(week("24:00", "24:00"), week("08:00", "24:01"), week("08:00", "25:00"))) {
            admin.put("/v1/working-calendar", wrong).withStatus(400);
        }
        assertThat(admin.put("/v1/working-calendar", week("18:00", "00:00")).faultsAndCodes())
                .containsExactly("/hours/0/to hours_reversed");
    }

    @Test
    void targetsStayWithinReach() {
        var far = admin.post("/v1/service-items", item("far", 8, 2001).put("calendar", "working_hours"));
        assertThat(far.withStatus(422).faultsAndCodes()).containsExactly("/resolutionHours working_target_too_long");

        var minutes = admin.put("/v1/working-calendar", week("09:00", "09:59"));
        assertThat(minutes.withStatus(422).faultsAndCodes()).containsExactly("/hours hours_too_few");
    }

    @Test
    void anItemThatNobodyCouldReportIsRefused() {
        var photos = new JsonArray();
        for (var i = 0; i < 10; i++) {
            photos.add(info("photo" + i, "photo"));
        }

        var refused = admin.post("/v1/service-items", item("pictures", 1, 8).put("requiredInfo", photos));

        assertThat(refused.withStatus(422).faultsAndCodes()).containsExactly("/requiredInfo photos_too_many");
    }

    @Test
    void ofManyWhoChangeOneVersionAtOnceOneWinsAndTheOthersAreTold() {
        admin.post("/v1/service-items", item("gate", 2, 24)).withStatus(201);
        var body = HttpRequest.BodyPublishers.ofString(change(1, 3, 30).encode());
        var json = admin.with("Content-Type", "application/json");

        var replies =
                Stream.generate(() -> json.send("PUT", "/v1/service-items/gate", body)).limit(12).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 200)
                .allMatch(reply -> reply.status() == 409 && reply.code().equals("service_item_changed"));
    }

    @Test
    void aNameOfFullWidthBlanksIsNone() {
        var refused = admin.post("/v1/service-items", item("blank", 1, 8).put("name", "\u3000"));

        assertThat(refused.withStatus(400).faults()).containsExactly("/name");
    }

    private JsonObject report(String item) {
        var household = resident.get("/v1/me").json().getJsonArray("households").getJsonObject(0);
        return resident.post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", item)
                                .put("householdId", household.getString("id"))
                                .put("description", Said.anew("坏了")))
                .withStatus(201)
                .json();
    }

    private static JsonObject item(String code, int responseHours, int resolutionHours) {
        return targets(responseHours, resolutionHours).put("code", code).put("kind", "repair");
    }

    private static JsonObject change(int version, int responseHours, int resolutionHours) {
        return targets(responseHours, resolutionHours).put("version", version);
    }

    private static JsonObject targets(int responseHours, int resolutionHours) {
        return new JsonObject()
                .put("name", "维修")
                .put("responseHours", responseHours)
                .put("resolutionHours", resolutionHours)
                .put("calendar", "all_hours")
                .put("evidenceRequired", false)
                .put("reportable", true);
    }

    private static JsonObject info(String key, String type) {
        return new JsonObject()
                .put("key", key)
                .put("label", "说明")
                .put("type", type)
                .put("required", true);
    }

    private static JsonObject week(String... fromAndTo) {
        var hours = new JsonArray();
        for (var i = 0; i < fromAndTo.length; i += 2) {
            hours.add(new JsonObject().put("from", fromAndTo[i]).put("to", fromAndTo[i + 1]));
        }
        return new JsonObject()
                .put("weekdays", new JsonArray(List.of(1, 2, 3, 4, 5)))
                .put("hours", hours);
    }

    private static JsonObject days(String... holidays) {
        var days = new JsonArray();
        for (var each : holidays) {
            days.add(new JsonObject().put("date", each).put("working", false).put("name", "假日"));
        }
        return new JsonObject().put("days", days);
    }

    private static Instant instant(JsonObject ticket, String name) {
        return Instant.parse(ticket.getString(name));
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
    }
}

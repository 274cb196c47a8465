package org.huying.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Role;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.huying.testing.TestTokens;
import org.huying.ticket.verify.LogVerifier;
import org.huying.ticket.verify.SavedDigests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is past its time goes at night, and nothing else does. One life of a district, in the order of its months. */
@Tag("long")
class NightlyRemovalTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    /** Months go by, and no session lives as long. */
    private static Api resident() {
        return APP.anyone()
                .bearing(new TestTokens(DemoTemplate.KEYS)
                        .resident(DemoStructure.districtId(), DemoStructure.resident(1)));
    }

    private static Api staff(String username, Role role) {
        return APP.anyone()
                .bearing(new TestTokens(DemoTemplate.KEYS)
                        .staff(DemoStructure.districtId(), DemoStructure.staff(username), role));
    }

    private static Reply done(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
        return reply;
    }

    private static Reply report(UUID photo) {
        return done(resident()
                .post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "lift-fault")
                                .put("householdId", DemoStructure.household(1).toString())
                                .put(
                                        "attributes",
                                        new JsonObject().put("liftNo", "2").put("trapped", "无"))
                                .put("photoIds", new JsonArray().add(photo.toString()))
                                .put("description", Said.anew("电梯夹住了轮椅"))));
    }

    private static Reply photo() {
        return done(resident().upload("/v1/photos", Pictures.jpeg(60, 40)));
    }

    private static long number(String sql) {
        return await(APP.database().read(client -> client.query(sql).execute()))
                .iterator()
                .next()
                .getLong(0);
    }

    private static long texts(Reply ticket) {
        return number("SELECT count(*) FROM ticket_event WHERE shown_sealed IS NOT NULL AND ticket_id = '" + ticket.id()
                + "'");
    }

    private static void later(int months) {
        APP.clock().advance(Duration.ofDays(31L * months));
        for (int i = 0; i < 3; i++) {
            APP.runInnerJobs();
            APP.clock().advance(Duration.ofSeconds(2));
        }
    }

    private static long files() throws IOException {
        try (var files = Files.walk(APP.photoDirectory())) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static boolean isIntact() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new LogVerifier(APP.cipher(), SavedDigests.none(), nowhere, nowhere)
                .run(APP.databaseUrl(), APP.clock().instant());
    }

    @Test
    void detailsGoWhenTheirTimeIsOverAndTheRestStays() throws IOException {
        // given: a cancelled ticket, an open one, a delivery and a notice of each
        done(APP.staff("admin")
                .put(
                        "/v1/retention-settings",
                        new JsonObject()
                                .put("closedTicketTextsMonths", 9)
                                .put("photosMonths", 6)
                                .put("bookingDetailsMonths", 3)
                                .put("notificationsDays", 45)
                                .put("sessionsDays", 30)));
        var over = report(photo().id());
        var open = report(photo().id());
        done(resident().post("/v1/tickets/" + over.id() + "/cancel", new JsonObject().put("reason", "已经好了")));
        var tomorrow = LocalDate.ofInstant(APP.clock().instant(), ZoneId.of("Asia/Shanghai"))
                .plusDays(1);
        var booking = done(resident().post("/v1/bookings", order(tomorrow, "lunch")));
        var off = done(resident().post("/v1/bookings", order(tomorrow, "dinner")));
        done(resident().post("/v1/bookings/" + off.id() + "/cancel", new JsonObject().put("reason", "住院了")));
        var meal = DemoStructure.meal(1, tomorrow.plusDays(2), "lunch");
        done(staff("canteen-operator-1", Role.CANTEEN_OPERATOR)
                .post("/v1/meals/" + meal + "/cancel", new JsonObject().put("reason", "厨房停水")));
        assertThat(reasons()).isEqualTo(2);
        assertThat(texts(over)).isEqualTo(2);
        assertThat(files()).isEqualTo(4);

        // when, then
        later(1);
        assertThat(reasons()).isEqualTo(2);
        assertThat(address(booking)).isEqualTo("三号楼二单元");
        assertThat(oldNotices()).isZero();
        assertThat(notices()).isPositive();

        // whichever day it is, the month of the meals is over by then
        later(1);
        var figures = figures(tomorrow);
        assertThat(address(booking)).isEqualTo("三号楼二单元");

        later(2);
        assertThat(address(booking)).isNull();
        assertThat(reasons()).isZero();
        assertThat(done(resident().get("/v1/bookings?limit=100")).items()).hasSize(2);
        assertThat(oldNotices()).isZero();
        assertThat(files()).isEqualTo(4);

        later(4);
        assertThat(files()).isEqualTo(2);
        assertThat(texts(over)).isEqualTo(2);
        assertThat(done(resident().get("/v1/tickets/" + over.id())).json().getJsonArray("photos"))
                .isEmpty();

        later(3);
        assertThat(texts(over)).isZero();
        assertThat(texts(open)).isPositive();
        assertThat(files()).isEqualTo(2);
        readsOn(resident(), over, open);
        readsOn(staff("dispatcher-1", Role.DISPATCHER), over, open);
        assertThat(done(resident().get("/v1/notifications?limit=100")).status()).isEqualTo(200);
        assertThat(figures(tomorrow)).isEqualTo(figures);
        assertThat(isIntact()).isTrue();
    }

    private static JsonObject order(LocalDate date, String period) {
        return new JsonObject()
                .put("mealId", DemoStructure.meal(1, date, period).toString())
                .put("mode", "delivery")
                .put("deliveryAddress", "三号楼二单元");
    }

    /** A ticket whose words are gone, by the contract, alone and among others; its events tell what was done and when. */
    private static void readsOn(Api reader, Reply over, Reply open) {
        var ticket = done(reader.get("/v1/tickets/" + over.id())).json();
        assertThat(ticket.getString("status")).isEqualTo("cancelled");
        assertThat(ticket.getString("description")).isNull();
        var events = done(reader.get("/v1/tickets/" + over.id() + "/events"));
        assertThat(events.items()).hasSize(2);
        assertThat(events.text()).doesNotContain("电梯夹住了轮椅", "已经好了");
        assertThat(done(reader.get("/v1/tickets?limit=100")).items())
                .extracting(each -> each.getString("id"))
                .contains(over.id().toString(), open.id().toString());
    }

    /** What is owed and published about the days of then. */
    private static List<JsonObject> figures(LocalDate date) {
        var period = "from=" + date.minusDays(1) + "&to=" + date.plusDays(5);
        var supervisor = staff("district-supervisor", Role.SUPERVISOR);
        var all = List.of(
                done(staff("canteen-operator-1", Role.CANTEEN_OPERATOR)
                                .get("/v1/canteens/" + DemoStructure.canteen(1) + "/settlements/"
                                        + YearMonth.from(date)))
                        .json(),
                done(supervisor.get("/v1/metrics/one-time-completion?groupBy=place&" + period))
                        .json(),
                done(supervisor.get("/v1/metrics/service?groupBy=organization&" + period))
                        .json());
        // when it was asked for
        all.forEach(each -> each.remove("asOf"));
        return all;
    }

    /** Why bookings and meals were cancelled. */
    private static long reasons() {
        return number("SELECT (SELECT count(cancel_reason_sealed) FROM booking WHERE diner_id = '"
                + DemoStructure.resident(1) + "') + (SELECT count(cancel_reason_sealed) FROM meal)");
    }

    private static String address(Reply booking) {
        return done(resident().get("/v1/bookings/" + booking.id())).json().getString("deliveryAddress");
    }

    private static long notices() {
        return number("SELECT count(*) FROM notification");
    }

    private static long oldNotices() {
        return number("SELECT count(*) FROM notification WHERE created_at < '"
                + APP.clock().instant().minus(Duration.ofDays(46)) + "'");
    }
}

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
import java.time.ZoneId;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.huying.testing.TestTokens;
import org.huying.ticket.verify.LogVerifier;
import org.huying.ticket.verify.SavedDigests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is past its time goes at night, and nothing else does. One life of a district, in the order of its months. */
class NightlyRemovalTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    /** Months go by, and no session lives as long. */
    private static Api resident() {
        return APP.anyone()
                .bearing(new TestTokens(DemoTemplate.KEYS)
                        .resident(DemoStructure.districtId(), DemoStructure.resident(1)));
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
                                .put("description", "电梯夹住了轮椅")));
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
        var booking = done(resident()
                .post(
                        "/v1/bookings",
                        new JsonObject()
                                .put(
                                        "mealId",
                                        DemoStructure.meal(1, tomorrow, "lunch").toString())
                                .put("mode", "delivery")
                                .put("deliveryAddress", "三号楼二单元")));
        assertThat(texts(over)).isEqualTo(2);
        assertThat(files()).isEqualTo(4);

        // when, then
        later(1);
        assertThat(address(booking)).isEqualTo("三号楼二单元");
        assertThat(oldNotices()).isZero();
        assertThat(notices()).isPositive();

        later(3);
        assertThat(address(booking)).isNull();
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
        assertThat(done(resident().get("/v1/tickets/" + over.id())).json().getString("status"))
                .isEqualTo("cancelled");
        assertThat(done(resident().get("/v1/tickets/" + over.id() + "/events")).items())
                .isNotEmpty();
        assertThat(isIntact()).isTrue();
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

package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.huying.testing.TestDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 2 of the domain's rules: check-in by code, QR or booking makes it served, once. */
class QrCodeTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static int daysAhead;

    /** A dinner of canteen 4, which has none of its own, today with the clock moved to a new day. */
    private static String dinner(int capacity) {
        daysAhead++;
        APP.clock().set(TestDay.at(daysAhead, "17:00"));
        var now = APP.clock().instant();
        var asked = new JsonObject()
                .put(
                        "date",
                        LocalDate.ofInstant(now, ZoneId.of("Asia/Shanghai")).toString())
                .put("period", "dinner")
                .put("capacity", capacity)
                .put("bookingOpensAt", now.minusSeconds(60).toString())
                .put("cutoffAt", now.plusSeconds(60).toString())
                .put("servingEndsAt", now.plusSeconds(3600).toString())
                .put("priceFen", 900)
                .put("dishes", new JsonArray())
                .put("publish", true);
        var reply = APP.staff("canteen-operator-4").post("/v1/canteens/" + DemoStructure.canteen(4) + "/meals", asked);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.id().toString();
    }

    private static Reply book(int resident, String meal) {
        return APP.resident(resident)
                .post(
                        "/v1/bookings",
                        new JsonObject()
                                .put("mealId", meal)
                                .put("mode", "pickup")
                                .put("joinWaitlist", true));
    }

    private static CompletableFuture<Reply> checkIn(String meal, JsonObject by) {
        return APP.staff("canteen-operator-4").postLater("/v1/meals/" + meal + "/check-in", by);
    }

    private static JsonObject scanned(String content) {
        return new JsonObject().put("qrContent", content);
    }

    private static String path(Reply booking) {
        return "/v1/bookings/" + booking.id() + "/qr-code";
    }

    private static String read(Buffer png) throws Exception {
        var image = ImageIO.read(new ByteArrayInputStream(png.getBytes()));
        int width = image.getWidth();
        int height = image.getHeight();
        var pixels = image.getRGB(0, 0, width, height, null, 0, width);
        var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        return new QRCodeReader().decode(bitmap).getText();
    }

    /** What a scanner types for whom the keyboard stands at Chinese, and what is typed off. */
    @ParameterizedTest
    @ValueSource(strings = {"wide scan", "capitals", "wide code", "grouped code"})
    void aCodeIsReadInEveryWidth(String how) {
        // given
        var meal = dinner(5);
        var booking = book(1, meal).json();
        var scan = booking.getString("qrContent");
        var code = booking.getString("code");

        // when
        var by = switch (how) {
            case "wide scan" -> scanned(" " + wide(scan) + "\u3000");
            case "capitals" -> scanned(scan.toUpperCase(Locale.ROOT).replace(":", "："));
            case "wide code" -> new JsonObject().put("code", wide(code));
            default -> new JsonObject().put("code", "\u200b" + code.substring(0, 3) + " - " + code.substring(3) + " ");
        };

        // then
        assertThat(checkIn(meal, by).join().withStatus(200).json().getString("status"))
                .isEqualTo("served");
    }

    private static String wide(String text) {
        return text.chars()
                .map(c -> c + 0xfee0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void theImageHoldsWhatChecksIn() throws Exception {
        // given
        var meal = dinner(5);
        var booking = book(1, meal);

        // when
        var image = APP.resident(1).get(path(booking));
        var unchanged =
                APP.resident(1).with("If-None-Match", image.header("ETag")).get(path(booking));
        var content = read(image.body());
        var served = checkIn(meal, scanned(content + "\n")).join();
        var again = checkIn(meal, scanned(content)).join();

        // then
        assertThat(image.header("Content-Type")).isEqualTo("image/png");
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(content)
                .isEqualTo(booking.json().getString("qrContent"))
                .isEqualTo("huying:check-in:" + meal + ":" + booking.json().getString("code"));
        assertThat(served.status()).as(served.text()).isEqualTo(200);
        assertThat(served.json().getString("status")).isEqualTo("served");
        assertThat(again.code()).isEqualTo("already_served");
    }

    @Test
    void whatIsOfAnotherMealOrUnreadableIsUnknown() {
        // given
        var earlier = book(2, dinner(5)).json().getString("qrContent");
        var meal = dinner(5);
        var booking = book(2, meal).json();
        var code = booking.getString("code");

        // when, then
        for (var content : List.of(
                earlier,
                code,
                "huying:check-in:" + UUID.randomUUID() + ":" + code,
                "huying:check-in:" + meal + ":" + code + "0",
                "https://example.com/?" + booking.getString("qrContent"),
                "?",
                " ")) {
            var reply = checkIn(meal, scanned(content)).join();
            assertThat(reply.status()).as(content).isEqualTo(404);
            assertThat(reply.code()).as(content).isEqualTo("code_unknown");
        }
        assertThat(APP.staff("canteen-operator-1")
                        .post("/v1/meals/" + meal + "/check-in", scanned("?"))
                        .status())
                .isEqualTo(403);
        assertThat(checkIn(meal, scanned("?").put("code", code)).join().status())
                .isEqualTo(400);
    }

    @Test
    void twoOperatorsAtOnceServeOnceAndTheOtherLearnsWhen() {
        // given
        var meal = dinner(5);
        var booking = book(3, meal).json();
        var ways = List.of(
                scanned(booking.getString("qrContent")),
                new JsonObject().put("code", booking.getString("code")),
                new JsonObject().put("bookingId", booking.getString("id")));

        // when
        var replies = Stream.concat(ways.stream(), ways.stream()).map(way -> checkIn(meal, way)).toList().stream()
                .map(CompletableFuture::join)
                .toList();

        // then
        var served = replies.stream().filter(reply -> reply.status() == 200).toList();
        var late = replies.stream().filter(reply -> reply.status() == 409).toList();
        assertThat(served).hasSize(1);
        assertThat(late).hasSize(5).allSatisfy(reply -> {
            assertThat(reply.code()).isEqualTo("already_served");
            assertThat(reply.json().getString("servedAt"))
                    .isEqualTo(served.get(0).json().getString("servedAt"));
        });
    }

    @Test
    void onlyWhereThereIsACodeAndForThoseWhoSeeIt() {
        // given
        var meal = dinner(1);
        var booking = book(4, meal);
        var waiting = book(5, meal);

        // when, then
        assertThat(waiting.json().getString("qrContent")).isNull();
        assertThat(APP.resident(5).get(path(waiting)).status()).isEqualTo(404);
        assertThat(APP.staff("canteen-operator-4").get(path(booking)).status()).isEqualTo(200);
        assertThat(APP.resident(6).get(path(booking)).status()).isEqualTo(404);
        assertThat(APP.staff("town-supervisor").get(path(booking)).status()).isEqualTo(404);
        assertThat(APP.wechat("demo-far-1").get(path(booking)).status()).isEqualTo(404);
    }
}

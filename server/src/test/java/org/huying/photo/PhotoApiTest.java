package org.huying.photo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Photos as clients meet them, until something claims them. */
class PhotoApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String PHOTOS = "/v1/photos";

    @Test
    void aPhotoIsTakenInAndShownToWhoHandedItIn() throws Exception {
        // given
        var resident = APP.resident(21);

        // when
        var made = resident.upload(PHOTOS, Pictures.phoneJpeg(800, 600, 6));

        // then
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().getInteger("width")).isEqualTo(600);
        assertThat(made.json().getInteger("height")).isEqualTo(800);
        var full = resident.get(made.json().getString("url"));
        assertThat(full.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(full.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(full.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(full.header("ETag")).isEqualTo("\"" + sha256(full.body()) + "\"");
        assertThat(full.body().toString(StandardCharsets.ISO_8859_1)).doesNotContain("Exif", Pictures.PLACE);
        var thumbnail = resident.get(made.json().getString("thumbnailUrl"));
        assertThat(thumbnail.body().length()).isLessThan(full.body().length());
        assertThat(thumbnail.header("ETag")).isNotEqualTo(full.header("ETag"));
        var again = resident.with("If-None-Match", full.header("ETag"))
                .get(made.json().getString("url"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(full.header("ETag"));
        assertThat(again.header("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void nobodyElseLearnsOfAPhotoThatNothingHasClaimed() {
        // given
        var url = photo(APP.resident(21)).json().getString("url");

        // then
        for (var other : List.of(APP.resident(22), APP.staff("admin"), APP.staff("dispatcher-1"))) {
            assertThat(other.get(url).status()).isEqualTo(404);
            assertThat(other.get(url + "/thumbnail").status()).isEqualTo(404);
        }
        assertThat(APP.wechat("demo-far-1").get(url).status()).isEqualTo(404);
        assertThat(APP.anyone().get(url).status()).isEqualTo(401);
        assertThat(APP.resident(21).get(PHOTOS + "/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(APP.resident(21).get(PHOTOS + "/..%2f..%2fx").status()).isEqualTo(400);
    }

    @Test
    void contentCountsAndNotItsName() {
        var resident = APP.resident(22);

        assertThat(resident.upload(PHOTOS, Pictures.png(30, 20)).status()).isEqualTo(201);
        assertThat(resident.upload(PHOTOS, Pictures.webp(30, 20)).status()).isEqualTo(201);
        assertThat(resident.upload(PHOTOS, Pictures.lossyWebp()).status()).isEqualTo(201);
        assertRefused(
                resident.upload(PHOTOS, "GIF89a, or so it says".getBytes(StandardCharsets.UTF_8)),
                415,
                "photo_type_unsupported");
        assertRefused(
                resident.upload(PHOTOS, "<html><script>".getBytes(StandardCharsets.UTF_8)),
                415,
                "photo_type_unsupported");
        assertRefused(resident.upload(PHOTOS, Pictures.pngBomb(50_000, 50_000)), 422, "photo_too_many_pixels");
        var cut = Buffer.buffer(Pictures.jpeg(300, 300)).getBytes(0, 900);
        assertRefused(resident.upload(PHOTOS, cut), 422, "photo_unreadable");
    }

    @Test
    void tenMebibytesAreTakenAndOneByteMoreIsNot() {
        // given: a picture with so much behind it
        var resident = APP.resident(23);
        var picture = Pictures.jpeg(20, 20);

        // when
        var full = resident.upload(
                PHOTOS,
                Buffer.buffer(picture)
                        .appendBytes(new byte[(10 << 20) - picture.length])
                        .getBytes());
        var over = resident.upload(
                PHOTOS,
                Buffer.buffer(picture)
                        .appendBytes(new byte[(10 << 20) - picture.length + 1])
                        .getBytes());
        var farOver = resident.upload(PHOTOS, new byte[12 << 20]);

        // then
        assertThat(full.status()).isEqualTo(201);
        assertRefused(over, 413, "body_too_large");
        assertRefused(farOver, 413, "body_too_large");
    }

    @Test
    void aFormThatIsNotWhatItShouldBeIsMalformed() {
        var resident = APP.resident(24);
        var file = Pictures.png(5, 5);

        var none = resident.postForm(PHOTOS, Api.form("photo", file)).join();
        assertRefused(none, 400, "invalid_request");
        assertThat(none.faults()).containsExactly("/photo", "/file");
        var twice = twoParts("file", "file", file);
        assertThat(resident.postForm(PHOTOS, twice).join().faults()).containsExactly("/file");
        assertThat(resident.postForm(PHOTOS, twoParts("file", "more", file))
                        .join()
                        .faults())
                .containsExactly("/more");
        assertThat(resident.postForm(PHOTOS, Api.form("file", new byte[0]))
                        .join()
                        .faults())
                .containsExactly("/file");
        assertThat(resident.post(PHOTOS).faults()).containsExactly("/file");
        for (var type : List.of("multipart/form-data", "multipart/form-data; boundary=other")) {
            var wrong = resident.with("Content-Type", type)
                    .send(
                            "POST",
                            PHOTOS,
                            BodyPublishers.ofByteArray(Api.form("file", file).getBytes()))
                    .join();
            assertRefused(wrong, 400, "malformed_multipart");
        }
        var form = Api.form("file", file);
        var open =
                resident.postForm(PHOTOS, form.getBuffer(0, form.length() - 8)).join();
        assertRefused(open, 400, "malformed_multipart");
        assertRefused(resident.post(PHOTOS, new JsonObject()), 415, "unsupported_media_type");
        assertRefused(APP.anyone().upload(PHOTOS, file), 401, "unauthenticated");
    }

    @Test
    void theSameKeyGivesTheFirstPhotoAgain() {
        // given
        var resident =
                APP.resident(25).with("Idempotency-Key", UUID.randomUUID().toString());

        // when
        var first = resident.upload(PHOTOS, Pictures.jpeg(50, 40));
        var again = resident.with("Content-Type", "multipart/form-data; boundary=another")
                .send(
                        "POST",
                        PHOTOS,
                        BodyPublishers.ofByteArray(
                                Buffer.buffer("--another\r\ncontent-disposition: form-data; name=file\r\n\r\n")
                                        .appendBytes(Pictures.jpeg(50, 40))
                                        .appendString("\r\n--another--")
                                        .getBytes()))
                .join();
        var other = resident.upload(PHOTOS, Pictures.jpeg(50, 41));

        // then
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertRefused(other, 422, "idempotency_key_reused");
    }

    @Test
    void aRefusedPhotoLeavesItsKeyFree() {
        var resident =
                APP.resident(25).with("Idempotency-Key", UUID.randomUUID().toString());

        assertThat(resident.upload(PHOTOS, new byte[100]).status()).isEqualTo(415);
        assertThat(resident.upload(PHOTOS, Pictures.jpeg(50, 40)).status()).isEqualTo(201);
    }

    @Test
    void sixtyInAnHourAreEnough() {
        // given: a person of this run alone
        var somebody = APP.wechat("demo-new-" + UUID.randomUUID());
        var file = Api.form("file", new byte[100]);
        for (int i = 0; i < 60; i++) {
            assertThat(somebody.postForm(PHOTOS, file).join().status()).isEqualTo(415);
        }

        // when
        var more = somebody.postForm(PHOTOS, file).join();

        // then
        assertRefused(more, 429, "rate_limited");
        assertThat(Integer.parseInt(more.header("Retry-After"))).isPositive();
    }

    @Test
    void aCrowdIsServedOrSentAwayForAMoment() {
        // given: more than wait in line, also of each
        var file = Api.form("file", Pictures.jpeg(1_500, 1_000));
        var all = Stream.iterate(26, n -> n + 1)
                .limit(4)
                .flatMap(n -> Stream.generate(() -> APP.resident(n)).limit(13))
                .map(resident -> resident.postForm(PHOTOS, file))
                .toList();

        // when
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();

        // then
        assertThat(all).extracting(CompletableFuture::join).allSatisfy(reply -> {
            assertThat(reply.status()).isIn(201, 429, 503);
            if (reply.status() != 201) {
                assertThat(reply.code()).isEqualTo(reply.status() == 503 ? "photos_busy" : "share_used_up");
                assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
            }
        });
        assertThat(photo(APP.resident(26)).status()).isEqualTo(201);
    }

    @Test
    void intakeIsMeasured() throws Exception {
        photo(APP.resident(31));
        APP.resident(31).upload(PHOTOS, new byte[50]);

        var text = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(APP.managementUri().resolve("/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();

        assertThat(text)
                .contains("huying_photos_intake_seconds_count{result=\"taken\"}")
                .contains("huying_photos_intake_seconds_count{result=\"photo_type_unsupported\"}");
    }

    private static Reply photo(Api caller) {
        return caller.upload(PHOTOS, Pictures.jpeg(60, 40));
    }

    private static void assertRefused(Reply reply, int status, String code) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    private static Buffer twoParts(String first, String second, byte[] file) {
        var one = Api.form(first, file);
        var end = ("--" + Api.BOUNDARY + "--\r\n").length();
        return one.getBuffer(0, one.length() - end).appendBuffer(Api.form(second, file));
    }

    private static String sha256(Buffer bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.getBytes()));
    }
}

package org.huying.account.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Eventually;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 6: a resident can take along everything that is kept of them. */
@Tag("long")
class ExportApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String MANY_NOTIFICATIONS = """
            INSERT INTO notification (district_id, id, recipient_id, kind, subject_id, facts, created_at)
            SELECT $1, gen_random_uuid(), $2, 'ticket_assigned', gen_random_uuid(), jsonb_build_object('x', (
                SELECT string_agg(md5(random()::text || n || g), '') FROM generate_series(1, 200) n)), now()
            FROM generate_series(1, 2500) g
            """;

    @Test
    void theFileHasEveryWordAndPictureOfTheirsAndNobodyElses() throws IOException {
        // given
        var somebody = new Somebody(APP, "demo-new-exporting");
        somebody.settle();
        somebody.eat();
        somebody.report();
        somebody.end();
        APP.runJobs();

        // when
        var reply = somebody.api.get("/v1/me/export").withStatus(200);

        // then
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Content-Disposition")).startsWith("attachment; ");
        var files = unzipped(reply);
        var data = new String(files.get(ExportArchive.DATA), StandardCharsets.UTF_8);
        assertThat(Somebody.WORDS).allSatisfy(word -> assertThat(data).contains(word));
        assertThat(data).contains(somebody.openid()).doesNotContain("已换管", "请补充", Somebody.OF_ANOTHER);
        assertThat(files.keySet())
                .contains(somebody.photos.stream()
                        .map(id -> "photos/" + id + ".jpg")
                        .toArray(String[]::new))
                .hasSize(1 + somebody.photos.size());
        var sections = new JsonObject(data).getJsonObject("sections");
        assertThat(sections.fieldNames())
                .contains(
                        "resident",
                        "logins",
                        "sessions",
                        "households",
                        "mandates",
                        "claims",
                        "changes",
                        "bookings",
                        "tickets",
                        "ticketEvents",
                        "photos",
                        "notifications",
                        "notificationConsents",
                        "unmaskings");
        assertThat(sections.getJsonArray("mandates")).hasSize(2);
        assertThat(sections.getJsonArray("households").getJsonObject(0).getString("approvedById"))
                .isEqualTo(DemoStructure.staff("grid-member-1").toString());
        var claim = sections.getJsonArray("claims").getJsonObject(0);
        assertThat(claim.getString("status")).isEqualTo("declined");
        assertThat(claim.getString("reason")).isEqualTo("请本人带证件来一趟");
        assertThat(sections.getJsonArray("bookings")).hasSize(2);
        assertThat(sections.getJsonArray("tickets")).hasSize(2);
        assertThat(sections.getJsonArray("notifications")).isNotEmpty();
        assertThat(new JsonObject(data).getJsonArray("cutSections")).isEmpty();
    }

    @Test
    void staffTakeAlongWhoTheyAreAndWhatTheyMay() throws IOException {
        // given
        var worker = "/v1/staff/" + DemoStructure.staff("worker-1");
        APP.staff("admin")
                .post(worker + "/suspend", new JsonObject().put("reason", "休长假"))
                .withStatus(200);
        APP.staff("admin").post(worker + "/resume").withStatus(200);

        // when
        var data = new JsonObject(new String(
                unzipped(APP.staff("worker-1").get("/v1/me/export").withStatus(200))
                        .get(ExportArchive.DATA),
                StandardCharsets.UTF_8));

        // then
        var sections = data.getJsonObject("sections");
        assertThat(sections.getJsonArray("staff")).hasSize(1);
        assertThat(sections.getJsonArray("roles").getJsonObject(0).getString("role"))
                .isEqualTo("worker");
        assertThat(sections.getJsonArray("sessions")).isNotEmpty();
        var changed = sections.getJsonArray("accountChanges");
        assertThat(changed.getJsonObject(0).getString("action")).isEqualTo("resumed");
        assertThat(changed.toString()).doesNotContain("休长假");
        assertThat(sections.getJsonArray("resident")).isEmpty();
    }

    /** Rows are read page by page, and no faster than they are taken; whoever takes nothing keeps only themselves waiting. */
    @Test
    void oneIsMadeAtATimeAndOfManyRowsTheLatestAreTold() throws IOException {
        // given: more rows than are told, which do not pack well, and somebody who takes nothing of them
        var token = token("demo-resident-9");
        var person = APP.resident(9).get("/v1/me").id();
        await(APP.database()
                .inTransaction(transaction -> transaction
                        .preparedQuery(MANY_NOTIFICATIONS)
                        .execute(Tuple.of(DemoStructure.districtId(), person))));
        try (var idle = new Socket()) {
            idle.setReceiveBufferSize(1024);
            idle.connect(new InetSocketAddress(APP.uri().getHost(), APP.uri().getPort()));
            idle.getOutputStream()
                    .write(("GET /v1/me/export HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(idle.getInputStream().read()).isEqualTo('H');

            // when
            var second = APP.resident(9).get("/v1/me/export");

            // then
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.code()).isEqualTo("export_under_way");
            assertThat(Integer.parseInt(second.header("Retry-After"))).isPositive();
            APP.resident(10).get("/v1/me/export").withStatus(200);
        }
        var data = new JsonObject(
                new String(unzipped(whenTheOtherHasGone()).get(ExportArchive.DATA), StandardCharsets.UTF_8));
        assertThat(data.getJsonObject("sections").getJsonArray("notifications")).hasSize(2_000);
        assertThat(data.getJsonArray("cutSections")).containsExactly("notifications");
    }

    private static Reply whenTheOtherHasGone() {
        var replies = new ArrayList<Reply>();
        Eventually.until("the one who left is waited for no more", () -> {
            // so that asking again is not what is refused
            APP.forgetLimit("export");
            var reply = APP.resident(9).get("/v1/me/export");
            replies.add(reply);
            return reply.status() == 200;
        });
        return replies.get(replies.size() - 1);
    }

    private static String token(String code) {
        return APP.anyone()
                .post("/v1/auth/wechat", new JsonObject().put("code", code))
                .withStatus(200)
                .json()
                .getString("accessToken");
    }

    private static Map<String, byte[]> unzipped(Reply reply) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(reply.body().getBytes()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}

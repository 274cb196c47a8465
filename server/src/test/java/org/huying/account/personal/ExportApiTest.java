package org.huying.account.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 6: a resident can take along everything that is kept of them. */
class ExportApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

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
        var data = new String(files.get(ExportFile.DATA), StandardCharsets.UTF_8);
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
                        .get(ExportFile.DATA),
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

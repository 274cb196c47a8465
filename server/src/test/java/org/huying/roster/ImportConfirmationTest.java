package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is written is what a check of the same file has found. */
class ImportConfirmationTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String KIND = "/v1/imports?kind=households";

    @Test
    void nothingIsWrittenThatWasNotChecked() {
        var file = file("1栋-1单元-901");
        assertThat(start(file, "").withStatus(422).code()).isEqualTo("digest_required");
        assertThat(start(file, "&digest=" + "0".repeat(64)).withStatus(409).code())
                .isEqualTo("import_changed");
        var digest = digest(file);

        assertThat(start(file("1栋-1单元-902"), "&digest=" + digest)
                        .withStatus(409)
                        .code())
                .isEqualTo("import_changed");
        assertThat(digest(file)).isEqualTo(digest);
        assertThat(ended(start(file, "&digest=" + digest)).getString("status")).isEqualTo("done");
        assertThat(digest(file)).isNotEqualTo(digest);
    }

    @Test
    void whatACheckWouldFindOtherwiseByNowIsNotWritten() {
        // given
        var file = file("1栋-1单元-911", "1栋-1单元-912");
        var digest = digest(file);

        // when
        APP.staff("admin")
                .post(
                        "/v1/households",
                        new JsonObject()
                                .put("compoundId", DemoStructure.compound(1).toString())
                                .put("address", "1栋-1单元-911"))
                .withStatus(201);
        var failed = ended(start(file, "&digest=" + digest));

        // then
        assertThat(failed.getString("status")).isEqualTo("failed");
        assertThat(failed.getString("failure")).isEqualTo("import_changed");
        var again = ended(start(file, "&dryRun=true"));
        assertThat(again.getLong("created")).isEqualTo(1);
        assertThat(again.getLong("unchanged")).isEqualTo(1);
        assertThat(ended(start(file, "&digest=" + again.getString("digest"))).getString("status"))
                .isEqualTo("done");
    }

    private static byte[] file(String... addresses) {
        return ("小区,楼栋-单元-室\n书香苑," + String.join("\n书香苑,", addresses) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[] file) {
        return ended(start(file, "&dryRun=true")).getString("digest");
    }

    private static Reply start(byte[] file, String how) {
        return APP.staff("admin").upload(KIND + how, file);
    }

    private static JsonObject ended(Reply started) {
        var id = started.withStatus(201).id();
        APP.runInnerJobs();
        return APP.staff("admin").get("/v1/imports/" + id).json();
    }
}

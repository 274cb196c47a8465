package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The check of a list confirms no guesses beside the search: it is bounded and on record like one. */
class ImportGuessesTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String HEADINGS = "姓名,出生日期,证件核验,电话,小区,地址,与户主关系,同意说明\n";

    @Test
    void whomARowIsAboutReadsThatTheyWereLookedUp() {
        // given
        var here = registered("闻人名册", "13700000001");

        // when: by a number that fits, and with another birth date, and by the birth date alone
        check("闻人名册,1950-01-01,否,13700000001,,,,同意");
        check("闻人名册,1950-01-02,否,13700000001,,,,同意");
        check("闻人名册,1950-01-01,否,13700000002,,,,同意");

        // then
        var entries =
                APP.staff("admin").get("/v1/unmaskings?residentId=" + here).items();
        assertThat(entries).hasSize(3).allSatisfy(each -> {
            assertThat(each.getString("kind")).isEqualTo("search");
            assertThat(each.getString("role")).isEqualTo("admin");
            assertThat(each.encode()).doesNotContain("13700000001", "闻人名册");
        });
    }

    @Test
    void tryingOutNumbersForANameEndsInHoweverManyFiles() {
        // given
        registered("申屠名册", "13800000150");
        var first = numbers("申屠名册", 0, 60);

        // when
        assertThat(tried(check(first))).isEqualTo(60);
        assertThat(tried(check(first))).as("once more").isEqualTo(60);
        var more = check(numbers("申屠名册", 60, 60));

        // then
        assertThat(tried(more)).isEqualTo(40);
        assertThat(more.getLong("bad")).isEqualTo(20);
        var right = check("申屠名册,1950-01-01,否,13800000150,,,,同意");
        assertThat(right.getLong("bad")).isEqualTo(1);
        assertThat(tried(check(numbers("无人叫此名", 0, 150)))).isEqualTo(150);
        APP.clock().advance(Duration.ofDays(1));
        assertThat(check("申屠名册,1950-01-01,否,13800000150,,,,同意").getLong("unchanged"))
                .isEqualTo(1);
    }

    private static UUID registered(String name, String phone) {
        var resident = new JsonObject()
                .put("name", name)
                .put("birthDate", "1950-01-01")
                .put("birthDateVerified", false)
                .put("phone", phone)
                .put("consentNote", "口头同意");
        return APP.staff("grid-member-1")
                .post("/v1/residents", resident)
                .withStatus(201)
                .id();
    }

    private static String numbers(String name, int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(n -> name + ",1950-01-01,否," + (13_800_000_000L + n) + ",,,,同意")
                .collect(Collectors.joining("\n"));
    }

    private static JsonObject check(String rows) {
        var file = (HEADINGS + rows + "\n").getBytes(StandardCharsets.UTF_8);
        var id = APP.staff("admin")
                .upload("/v1/imports?kind=residents&dryRun=true", file)
                .withStatus(201)
                .id();
        APP.runInnerJobs();
        var done = APP.staff("admin").get("/v1/imports/" + id).json();
        assertThat(done.getString("status")).isEqualTo("done");
        return done;
    }

    /** With the birth date of somebody of the name, or of another row, they are doubtful. */
    private static long tried(JsonObject done) {
        return done.getLong("created") + done.getLong("doubtful");
    }
}

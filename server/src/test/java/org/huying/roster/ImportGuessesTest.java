package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The check of a list confirms no guesses beside the search: it is bounded and on record like one. */
class ImportGuessesTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ImportActs ACTS = new ImportActs(APP);
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
    void whomADecisionFindsReadsThatTheyWereLookedUp() {
        // given
        var first = registered("新来名册", "13700000011");
        var check = check("新来名册,1950-01-01,否,13700000019,,,,同意");
        assertThat(check.getLong("doubtful")).isOne();
        var later = registered("新来名册", "13700000012");

        // when
        ACTS.decide(check, 2, new JsonObject().put("choice", "left_out")).withStatus(200);
        ACTS.decide(check, 2, new JsonObject().put("choice", "new")).withStatus(200);

        // then: each once, however often it is decided
        assertThat(ACTS.rows(check, "created").get(0).getJsonArray("candidates"))
                .hasSize(2);
        assertThat(lookedUp(first)).isEqualTo(1);
        assertThat(lookedUp(later)).isEqualTo(1);
    }

    /** Days later a row asks anew what it once asked, and so counts as a new file does. */
    @Test
    void aDecisionTellsNothingOfANameForWhichTooMuchWasTried() {
        // given
        registered("旧疑名册", "13800000950");
        var check = check("旧疑名册,1950-01-01,否,13800000999,,,,同意");
        assertThat(check.getLong("doubtful")).isOne();
        APP.clock().advance(Duration.ofDays(1).plusMinutes(1));
        check(numbers("旧疑名册", 0, 100));

        // when
        var decided = ACTS.decide(check, 2, new JsonObject().put("choice", "new"))
                .withStatus(200)
                .json();

        // then
        assertThat(decided.getLong("bad")).isOne();
        assertThat(decided.getLong("created")).isZero();
    }

    private static int lookedUp(UUID resident) {
        return APP.staff("admin")
                .get("/v1/unmaskings?residentId=" + resident)
                .items()
                .size();
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

    @Test
    void aConfirmedFileIsBoundedAndOnRecordAsItsCheckIs() {
        // given: the right number is one of those that are not tried any more
        var here = registered("澹台名册", "13800000110");
        var rows = numbers("澹台名册", 0, 120);
        var check = check(rows);
        assertThat(tried(check)).isEqualTo(100);

        // when
        APP.clock().advance(Duration.ofMinutes(1));
        var real = run(rows, "&digest=" + check.getString("digest"));

        // then: it is found as confirmed, and tells no more
        assertThat(real.getString("failure")).isEqualTo("bad_rows");
        assertThat(real.getLong("unchanged")).isZero();
        assertThat(codes(real, "bad")).hasSize(20).containsOnly("name_guessed");
        assertThat(entries(here)).isEqualTo(2);
    }

    @Test
    void whatFittedIsFoundAgainByTheConfirmedFileHoweverMuchDidNot() {
        registered("尉缭名册", "13800000990");
        var rows = "尉缭名册,1950-01-01,否,13800000990,,,,同意\n" + numbers("尉缭名册", 0, 110);
        var check = check(rows);

        var real = run(rows, "&skipBad=true&digest=" + check.getString("digest"));

        assertThat(real.getString("status")).isEqualTo("done");
        assertThat(real.getLong("unchanged")).isEqualTo(1);
        assertThat(real.getLong("bad")).isEqualTo(10);
    }

    @Test
    void tryingOutBirthDatesEndsWithTheRightNumberAndWithWrongOnes() {
        // given
        registered("赫连名册", "13800000970");
        registered("呼延名册", "13800000980");
        var other = numbers("呼延名册", 0, 100);

        // when
        var dates = check(IntStream.range(0, 120)
                .mapToObj(n -> "赫连名册," + LocalDate.parse("1949-09-14").plusDays(n) + ",否,13800000970,,,,同意")
                .collect(Collectors.joining("\n")));
        var wrong = check(other.replace("1950-01-01", "1950-01-02"));
        var right = check(other);

        // then
        assertThat(dates.getLong("bad")).isEqualTo(120);
        assertThat(codes(dates, "bad").stream().filter("resident_differs"::equals))
                .hasSize(100);
        assertThat(tried(wrong)).isEqualTo(100);
        assertThat(right.getLong("bad")).isEqualTo(100);
        assertThat(codes(right, "bad")).containsOnly("name_guessed");
    }

    @Test
    void manyWhoShareANumberThatNobodyHereHasAreNoGuesses() {
        var shared = check(IntStream.range(0, 150)
                .mapToObj(n -> "共号" + n + "," + LocalDate.parse("1940-01-01").plusDays(n) + ",否,13899990000,,,,同意")
                .collect(Collectors.joining("\n")));

        assertThat(shared.getLong("created")).isEqualTo(150);
    }

    @Test
    void rowsThatAreNotTriedTellNothingByOthersThatRepeatThem() {
        // given
        registered("令孤名册", "13800000960");
        check(numbers("令孤名册", 0, 100));

        // when: the right number and a wrong one, each twice
        var done = check(Stream.of("13800000960", "13800000961")
                .map(number -> "令孤名册,1950-01-02,否," + number + ",,,,同意\n令孤名册,1950-01-03,否," + number + ",,,,同意")
                .collect(Collectors.joining("\n")));

        // then
        assertThat(codes(done, "bad")).hasSize(4).containsOnly("name_guessed");
    }

    private static long entries(UUID resident) {
        return APP.staff("admin").get("/v1/unmaskings?residentId=" + resident + "&limit=100").items().stream()
                .map(each -> each.getString("at"))
                .distinct()
                .count();
    }

    private static List<String> codes(JsonObject of, String outcome) {
        var codes = new ArrayList<String>();
        var path = "/v1/imports/" + of.getString("id") + "/rows?limit=100&outcome=" + outcome;
        var next = "";
        while (next != null) {
            var page = APP.staff("admin").get(path + next);
            page.items()
                    .forEach(each -> each.getJsonArray("errors")
                            .forEach(error -> codes.add(((JsonObject) error).getString("code"))));
            var cursor = page.json().getString("nextCursor");
            next = cursor == null ? null : "&cursor=" + cursor;
        }
        return codes;
    }

    private static UUID registered(String name, String phone) {
        var resident = new JsonObject()
                .put("name", name)
                .put("birthDate", "1950-01-01")
                .put("birthDateVerified", false)
                .put("phone", phone)
                .put("consentNote", "口头同意")
                .put("newPerson", true);
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
        var done = run(rows, "&dryRun=true");
        assertThat(done.getString("status")).isEqualTo("done");
        return done;
    }

    private static JsonObject run(String rows, String how) {
        var file = (HEADINGS + rows + "\n").getBytes(StandardCharsets.UTF_8);
        return ACTS.ended(ACTS.start(file, how));
    }

    /** With the birth date of somebody of the name, or of another row, they are doubtful. */
    private static long tried(JsonObject done) {
        return done.getLong("created") + done.getLong("doubtful");
    }
}

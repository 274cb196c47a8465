package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.spelling.NormalForm;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that may be about somebody who is here are asked about, and what was written is taken back. */
@Tag("long")
class ImportDoubtsTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ImportActs ACTS = new ImportActs(APP);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String HEADINGS = "姓名,出生日期,证件核验,电话,小区,地址,与户主关系,同意说明\n";

    @BeforeAll
    static void aHouseholdForThem() {
        var households = "小区,地址\n书香苑,疑难户".getBytes(StandardCharsets.UTF_8);
        ACTS.written("households", households, ACTS.digest("households", households), "");
    }

    // ---- doubts ----

    @Test
    void whoMayBeHereAlreadyIsAskedAboutAndNobodyIsMadeTwice() {
        // given
        var name = name();
        imported(row(name, "1950-01-01", phone()));
        var file = file(row(name, "1950-01-01", phone()), row(name(), "1950-01-01", phone()));

        // when
        var check = ACTS.check(file);

        // then
        assertThat(numbers(check)).isEqualTo("1 0 0 0 1 0");
        var doubt = ACTS.rows(check, "doubtful").get(0);
        assertThat(doubt.getJsonArray("errors").getJsonObject(0).getString("code"))
                .isEqualTo("resident_maybe");
        assertThat(doubt.getJsonArray("candidates")).hasSize(1);
        assertThat(doubt.getJsonArray("candidates").getJsonObject(0).getString("name"))
                .isEqualTo("疑**");
        assertThat(ACTS.written(file, check.getString("digest"), "").getString("failure"))
                .isEqualTo("doubtful_rows");
        assertThat(residentsCalled(name)).hasSize(1);
        var others = ACTS.written(file, check.getString("digest"), "&skipBad=true");
        assertThat(numbers(others)).isEqualTo("1 0 0 0 1 0");
        assertThat(residentsCalled(name)).hasSize(1);
    }

    @Test
    void aDoubtfulRowIsSomebodyElseOrTheSameOrLeftOutAsItIsDecided() {
        // given
        var phones = List.of(phone(), phone(), phone());
        var names = List.of(name(), name(), name());
        names.forEach(name -> imported(row(name, "1950-01-01", "")));
        var file = file(
                row(names.get(0), "1950-01-01", phones.get(0)),
                row(names.get(1), "1950-01-01", phones.get(1)),
                row(names.get(2), "1950-01-01", phones.get(2)));
        var check = ACTS.check(file);
        var same = ACTS.rows(check, "doubtful")
                .get(1)
                .getJsonArray("candidates")
                .getJsonObject(0)
                .getString("residentId");

        // when
        ACTS.decide(check, 2, new JsonObject().put("choice", "new")).withStatus(200);
        ACTS.decide(check, 3, new JsonObject().put("choice", "same").put("residentId", same))
                .withStatus(200);
        var decided = ACTS.decide(check, 4, new JsonObject().put("choice", "left_out"))
                .withStatus(200)
                .json();

        // then
        assertThat(numbers(decided)).isEqualTo("1 1 0 0 0 1");
        assertThat(decided.getString("digest")).isNotEqualTo(check.getString("digest"));
        assertThat(ACTS.start(file, "&digest=" + check.getString("digest")).code())
                .isEqualTo("import_changed");
        var done = ACTS.written(file, decided.getString("digest"), "");
        assertThat(done.getString("status")).isEqualTo("done");
        assertThat(numbers(done)).isEqualTo("1 1 0 0 0 1");
        assertThat(residentsCalled(names.get(0))).hasSize(2);
        assertThat(residentsCalled(names.get(1))).containsExactly("1950-01-01 " + phones.get(1));
        assertThat(residentsCalled(names.get(2))).containsExactly("1950-01-01 null");
    }

    @Test
    void twoNumbersForOneWhoHasNoneAreNotBothAddedInWhicheverOrderTheyAreDecided() {
        for (var rows : List.of(List.of(2, 3), List.of(3, 2))) {
            // given
            var name = name();
            imported(row(name, "1950-01-01", ""));
            var phones = List.of(phone(), phone());
            var file = file(row(name, "1950-01-01", phones.get(0)), row(name, "1950-01-01", phones.get(1)));
            var check = ACTS.check(file);
            var whom = ACTS.rows(check, "doubtful")
                    .get(0)
                    .getJsonArray("candidates")
                    .getJsonObject(0)
                    .getString("residentId");
            var same = new JsonObject().put("choice", "same").put("residentId", whom);

            // when
            ACTS.decide(check, rows.get(0), same).withStatus(200);
            var decided = ACTS.decide(check, rows.get(1), same).withStatus(200).json();

            // then
            assertThat(numbers(decided)).isEqualTo("0 1 0 1 0 0");
            assertThat(ACTS.rows(check, "bad").get(0).getInteger("row")).isEqualTo(rows.get(1));
            assertThat(ACTS.written(file, decided.getString("digest"), "").getString("status"))
                    .isEqualTo("failed");
            assertThat(residentsCalled(name)).containsExactly("1950-01-01 null");
            ACTS.decide(check, rows.get(1), same).withStatus(200);
            var one = ACTS.decide(check, rows.get(1), new JsonObject().put("choice", "left_out"))
                    .json();
            assertThat(numbers(ACTS.written(file, one.getString("digest"), ""))).isEqualTo("0 1 0 0 0 1");
            assertThat(residentsCalled(name)).containsExactly("1950-01-01 " + phones.get(rows.get(0) - 2));
        }
    }

    @Test
    void theSamePersonTwiceInAFileIsAskedAbout() {
        var name = name();
        var file = file(
                row(name, "1950-01-01", phone()), row(name, "1950.1.1", phone()), row(name, "1951-01-01", phone()));

        var check = ACTS.check(file);

        assertThat(numbers(check)).isEqualTo("2 0 0 0 1 0");
        var error = ACTS.rows(check, "doubtful").get(0).getJsonArray("errors").getJsonObject(0);
        assertThat(error.getString("code")).isEqualTo("row_maybe_same");
        assertThat(error.getString("message")).contains("2");
        var decided =
                ACTS.decide(check, 3, new JsonObject().put("choice", "new")).json();
        assertThat(numbers(ACTS.written(file, decided.getString("digest"), ""))).isEqualTo("3 0 0 0 0 0");
    }

    @Test
    void onlyDoubtsAreDecidedAndOnlyByWhatWasAsked() {
        var name = name();
        imported(row(name, "1950-01-01", phone()));
        var check = ACTS.check(file(row(name, "1950-01-01", phone()), row(name(), "1950-01-01", phone())));
        var stranger = DemoStructure.resident(1).toString();

        assertThat(ACTS.decide(check, 3, new JsonObject().put("choice", "new"))
                        .withStatus(409)
                        .code())
                .isEqualTo("row_not_doubtful");
        assertThat(ACTS.decide(check, 9, new JsonObject().put("choice", "new")).status())
                .isEqualTo(404);
        assertThat(ACTS.decide(check, 2, new JsonObject().put("choice", "same").put("residentId", stranger))
                        .code())
                .isEqualTo("candidate_unknown");
        assertThat(ACTS.decide(check, 2, new JsonObject().put("choice", "same")).code())
                .isEqualTo("candidate_unknown");
        assertThat(ACTS.decide(check, 2, new JsonObject().put("choice", "new").put("residentId", stranger))
                        .code())
                .isEqualTo("candidate_needless");
        ACTS.decide(check, 2, new JsonObject().put("choice", "new")).withStatus(200);
        assertThat(numbers(ACTS.decide(check, 2, new JsonObject().put("choice", "left_out"))
                        .json()))
                .isEqualTo("1 0 0 0 0 1");
    }

    // ---- taking back ----

    @Test
    void whatNobodyTouchedIsTakenBackAndTheRestStays() {
        // given
        var names = List.of(name(), name(), name());
        var known = name();
        var phone = phone();
        imported(row(known, "1950-01-01", ""));
        var file = file(
                row(names.get(0), "1950-01-01", phone()),
                row(names.get(1), "1950-01-01", phone()),
                row(names.get(2), "1950-01-01", phone()),
                known + ",1950-01-01,是," + phone + ",书香苑,疑难户,,同意");
        var import_ = ACTS.writtenAsChecked(file);
        assertThat(numbers(import_)).isEqualTo("3 1 0 0 0 0");
        change(names.get(1), "UPDATE resident SET version = version + 1, birth_date_verified = true WHERE id = $1");
        ACTS.check(file);

        // when
        var begun = ACTS.undo(import_).withStatus(200).json();
        APP.runInnerJobs();

        // then
        assertThat(begun.getJsonObject("undo").getString("byId"))
                .isEqualTo(DemoStructure.staff("admin").toString());
        var undone =
                APP.staff("admin").get("/v1/imports/" + import_.getString("id")).json();
        assertThat(undone.getJsonObject("undo").getInteger("undone")).isEqualTo(3);
        assertThat(undone.getJsonObject("undo").getInteger("kept")).isEqualTo(1);
        assertThat(undone.getJsonObject("undo").getString("finishedAt")).isNotNull();
        assertThat(ACTS.rows(import_, "created").stream().map(row -> row.getBoolean("undone")))
                .containsExactly(true, false, true);
        assertThat(residentsCalled(names.get(0))).isEmpty();
        assertThat(residentsCalled(names.get(1))).hasSize(1);
        assertThat(residentsCalled(known)).containsExactly("1950-01-01 null");
        assertThat(ACTS.undo(import_).withStatus(409).code()).isEqualTo("already_undone");
    }

    @Test
    void afterADayItStays() {
        var name = name();
        var import_ = ACTS.writtenAsChecked(file(row(name, "1950-01-01", phone())));
        APP.clock().advance(Duration.ofHours(24).plusMinutes(1));

        assertThat(ACTS.undo(import_).withStatus(409).code()).isEqualTo("undo_too_late");
        assertThat(residentsCalled(name)).hasSize(1);
    }

    @Test
    void whatWroteNothingIsNotTakenBack() {
        assertThat(ACTS.undo(ACTS.check(file(row(name(), "1950-01-01", phone()))))
                        .withStatus(409)
                        .code())
                .isEqualTo("import_not_undoable");
        assertThat(APP.staff("admin")
                        .post("/v1/imports/" + DemoStructure.resident(1) + "/undo")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aHouseholdStaysInWhichSomebodyLivesByNow() {
        // given
        var addresses = List.of("撤销" + NUMBERS.incrementAndGet(), "撤销" + NUMBERS.incrementAndGet());
        var households = ("小区,地址\n书香苑," + String.join("\n书香苑,", addresses)).getBytes(StandardCharsets.UTF_8);
        var import_ = ACTS.written("households", households, ACTS.digest("households", households), "");
        var name = name();
        var residents = ACTS.writtenAsChecked(file(name + ",1950-01-01,否,,书香苑," + addresses.get(0) + ",,同意"));

        // when
        ACTS.undo(import_).withStatus(200);
        APP.runInnerJobs();

        // then
        assertThat(ACTS.rows(import_, "created").stream().map(row -> row.getBoolean("undone")))
                .containsExactly(false, true);
        ACTS.undo(residents).withStatus(200);
        APP.runInnerJobs();
        assertThat(residentsCalled(name)).isEmpty();
        assertThat(numbers(ACTS.check("households", households))).isEqualTo("1 0 1 0 0 0");
    }

    // ---- acts ----

    private static String name() {
        return "疑难" + NUMBERS.incrementAndGet();
    }

    private static String phone() {
        return "1397000" + (1000 + NUMBERS.incrementAndGet());
    }

    /** Without a number it has a home. */
    private static String row(String name, String birthDate, String phone) {
        return name + "," + birthDate + ",否," + phone + (phone.isEmpty() ? ",书香苑,疑难户,,同意" : ",,,,同意");
    }

    private static byte[] file(String... rows) {
        return (HEADINGS + String.join("\n", rows)).getBytes(StandardCharsets.UTF_8);
    }

    private static void imported(String row) {
        assertThat(ACTS.writtenAsChecked(file(row)).getString("status")).isEqualTo("done");
    }

    /** New, changed, unchanged, faulty, doubtful, left out. */
    private static String numbers(JsonObject state) {
        return state.getLong("created") + " " + state.getLong("changed") + " " + state.getLong("unchanged") + " "
                + state.getLong("bad") + " " + state.getLong("doubtful") + " " + state.getLong("leftOut");
    }

    /** Birth date and number of each. */
    private static List<String> residentsCalled(String name) {
        return await(APP.database()
                .read(client -> client.preparedQuery("""
                        SELECT birth_date_sealed, phone_sealed FROM resident WHERE name_index = $1 ORDER BY id
                        """)
                        .execute(Tuple.of(APP.cipher().index(NormalForm.ofName(name))))
                        .map(rows -> Rows.stream(rows)
                                .map(row -> APP.cipher().open(row.getBuffer("birth_date_sealed")) + " "
                                        + APP.cipher().open(row.getBuffer("phone_sealed")))
                                .toList())));
    }

    private static void change(String name, String sql) {
        await(APP.database()
                .inTransaction(transaction -> transaction
                        .preparedQuery("SELECT id FROM resident WHERE name_index = $1")
                        .execute(Tuple.of(APP.cipher().index(NormalForm.ofName(name))))
                        .compose(found -> transaction
                                .preparedQuery(sql)
                                .execute(Tuple.of(found.iterator().next().getUUID("id"))))));
    }
}

package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What lists add to somebody is added once, and taken back once, whatever became of them meanwhile. */
class ImportAdditionsTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ImportActs ACTS = new ImportActs(APP);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String HEADINGS = "姓名,出生日期,证件核验,电话,小区,地址,同意说明\n";

    private final int number = NUMBERS.incrementAndGet();
    private final String name = "增补" + number;
    private final String phone = "1397300" + (1000 + number);

    @BeforeAll
    static void homes() {
        var households = "小区,地址\n书香苑,增补户1\n书香苑,增补户2".getBytes(StandardCharsets.UTF_8);
        ACTS.written("households", households, ACTS.digest("households", households), "");
    }

    @Test
    void aHomeIsNotAddedTwiceToOnePerson() {
        written(name + ",1950-01-01,否," + phone + ",,,同意");
        var file = file(name + ",1950-01-01,否,,书香苑,增补户1,同意", "错" + name + ",1950-01-01,否," + phone + ",书香苑,增补户1,同意");

        assertSecondIsRepeated(file);
    }

    @Test
    void aBirthDateIsNotAddedTwiceToOnePerson() {
        written(name + ",1950-01-01,否,,书香苑,增补户1,同意");
        sql("UPDATE resident SET birth_date_sealed = NULL WHERE id = $1", onRecord());
        var file = file(name + ",1940-01-01,否,,书香苑,增补户1,同意", name + ",1941-01-01,否,,书香苑,增补户1,同意");

        assertSecondIsRepeated(file);
    }

    @Test
    void whatAnotherEntryBroughtStandsOnWhatWasAdded() {
        // given
        written(name + ",1950-01-01,否,,书香苑,增补户1,同意");
        var added = written(name + ",1950-01-01,是," + phone + ",书香苑,增补户1,同意");
        assertThat(added.getInteger("changed")).isEqualTo(1);
        var whom = onRecord();
        var other = APP.staff("grid-member-1")
                .post(
                        "/v1/residents",
                        new JsonObject()
                                .put("name", name)
                                .put("birthDate", "1950-01-01")
                                .put("birthDateVerified", true)
                                .put("newPerson", true)
                                .put("consentNote", "口头同意"))
                .withStatus(201)
                .json();
        APP.staff("grid-member-1")
                .post(
                        "/v1/residents/" + other.getString("id") + "/merge",
                        new JsonObject()
                                .put("version", version(other.getString("id")))
                                .put("intoResidentId", whom.toString())
                                .put("intoResidentVersion", version(whom.toString()))
                                .put("reason", "同一人登记了两次"))
                .withStatus(200);

        // when
        ACTS.undo(added).withStatus(200);
        APP.runInnerJobs();

        // then
        assertThat(undo(added).getInteger("undone")).isZero();
        assertThat(undo(added).getInteger("kept")).isEqualTo(1);
        assertThat(APP.staff("grid-member-1")
                        .get("/v1/residents/" + whom)
                        .json()
                        .getBoolean("birthDateVerified"))
                .isTrue();
    }

    @Test
    void whatWasGivenUpIsTakenBackByTheNext() {
        // given
        var import_ = written(name + ",1950-01-01,否," + phone + ",,,同意");
        ACTS.undo(import_).withStatus(200);
        sql(
                "UPDATE roster_import SET undo_finished_at = undo_started_at WHERE id = $1",
                UUID.fromString(import_.getString("id")));
        APP.runInnerJobs();
        assertThat(undo(import_).getInteger("undone")).isZero();

        // when
        ACTS.undo(import_).withStatus(200);
        APP.runInnerJobs();

        // then
        assertThat(undo(import_).getInteger("undone")).isEqualTo(1);
        assertThat(ACTS.undo(import_).withStatus(409).code()).isEqualTo("already_undone");
    }

    /** Both are said to be the one who is here. */
    private static void assertSecondIsRepeated(byte[] file) {
        var check = ACTS.check(file);
        for (int row = 2; row <= 3; row++) {
            var number = row;
            var asked = ACTS.rows(check, "doubtful").stream()
                    .filter(each -> each.getInteger("row") == number)
                    .findFirst();
            asked.ifPresent(each -> ACTS.decide(
                            check,
                            number,
                            new JsonObject()
                                    .put("choice", "same")
                                    .put(
                                            "residentId",
                                            each.getJsonArray("candidates")
                                                    .getJsonObject(0)
                                                    .getString("residentId")))
                    .withStatus(200));
        }
        var decided =
                APP.staff("admin").get("/v1/imports/" + check.getString("id")).json();
        assertThat(decided.getInteger("changed")).isEqualTo(1);
        assertThat(decided.getInteger("bad")).isEqualTo(1);
        assertThat(ACTS.written(file, decided.getString("digest"), "&skipBad=true")
                        .getString("status"))
                .isEqualTo("done");
    }

    private UUID onRecord() {
        return ACTS.rows(ACTS.check(file(name + ",1950-01-02,否,,书香苑,增补户1,同意")), "doubtful").stream()
                .map(each -> each.getJsonArray("candidates").getJsonObject(0).getString("residentId"))
                .map(UUID::fromString)
                .findFirst()
                .orElseThrow();
    }

    private static int version(String resident) {
        return APP.staff("grid-member-1")
                .get("/v1/residents/" + resident)
                .withStatus(200)
                .json()
                .getInteger("version");
    }

    private static JsonObject undo(JsonObject of) {
        return APP.staff("admin")
                .get("/v1/imports/" + of.getString("id"))
                .json()
                .getJsonObject("undo");
    }

    private static JsonObject written(String row) {
        var written = ACTS.writtenAsChecked(file(row));
        assertThat(written.getString("status")).isEqualTo("done");
        return written;
    }

    private static byte[] file(String... rows) {
        return (HEADINGS + String.join("\n", rows)).getBytes(StandardCharsets.UTF_8);
    }

    private static void sql(String statement, UUID id) {
        await(APP.database()
                .inTransaction(
                        transaction -> transaction.preparedQuery(statement).execute(Tuple.of(id))));
    }
}

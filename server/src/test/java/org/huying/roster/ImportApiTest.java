package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.Workbook;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Households, residents and staff out of files. */
@Tag("long")
class ImportApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String HOUSEHOLDS = "社区,小区,楼栋-单元-室";
    private static final String RESIDENTS = "姓名,出生日期,证件核验,电话,小区,地址,与户主关系,同意说明";
    private static final String STAFF = "用户名,姓名,角色,范围";

    @ParameterizedTest
    @ValueSource(strings = {"households", "residents", "staff"})
    void the_samples_are_good_and_the_same_file_again_changes_nothing(String kind) throws IOException {
        // given
        if (kind.equals("residents")) {
            done("households", sample("households"), "");
        }
        var file = sample(kind);

        // when
        var dry = done(kind, file, "&dryRun=true");
        var first = done(kind, file, "");
        var second = done(kind, file, "");

        // then
        assertThat(outcomes(dry)).isEqualTo(outcomes(first)).isEqualTo("3 created");
        assertThat(outcomes(second)).isEqualTo("3 unchanged");
    }

    @Test
    void a_dry_run_writes_nothing() {
        var address = address();
        done("households", csv(HOUSEHOLDS, ",书香苑," + address), "&dryRun=true");
        assertThat(householdsAt(address)).isZero();
        done("households", csv(HOUSEHOLDS, ",书香苑," + address), "");
        assertThat(householdsAt(address)).isEqualTo(1);
    }

    @Test
    void so_many_of_a_district_go_on_at_a_time() {
        var file = csv(HOUSEHOLDS, ",书香苑," + address());
        for (int i = 0; i < 10; i++) {
            start("households", file, "&dryRun=true").withStatus(201);
        }

        var refused = start("households", file, "&dryRun=true");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("imports_unfinished");
        APP.runInnerJobs();
        done("households", file, "&dryRun=true");
    }

    @Test
    void a_bad_row_keeps_the_others_out_unless_they_are_to_be_skipped() {
        // given
        var address = address();
        var file = csv(HOUSEHOLDS, ",书香苑," + address, ",无此小区,1栋");

        // when
        var refused = done("households", file, "");

        // then
        assertThat(refused.getString("status")).isEqualTo("failed");
        assertThat(refused.getString("failure")).isEqualTo("bad_rows");
        assertThat(householdsAt(address)).isZero();

        // when
        var skipped = done("households", file, "&skipBad=true");

        // then
        assertThat(skipped.getString("status")).isEqualTo("done");
        assertThat(outcomes(skipped)).isEqualTo("1 created 1 bad");
        assertThat(householdsAt(address)).isEqualTo(1);
    }

    @Test
    void what_is_wrong_is_said_in_words_of_the_callers_language() {
        var bad = done("households", csv(HOUSEHOLDS, ",无此小区,1栋"), "&dryRun=true");
        var path = "/v1/imports/" + bad.getString("id") + "/rows?outcome=bad";
        var chinese = APP.staff("admin").get(path).items().get(0);
        var english = APP.staff("admin")
                .with("Accept-Language", "en")
                .get(path)
                .items()
                .get(0);
        assertThat(errors(chinese)).containsExactly("compound compound_unknown");
        assertThat(chinese.getJsonArray("errors").getJsonObject(0).getString("message"))
                .isNotEqualTo(english.getJsonArray("errors").getJsonObject(0).getString("message"));
        assertThat(chinese.getInteger("row")).isEqualTo(2);
    }

    @Test
    void compounds_of_one_name_are_told_apart_by_the_community() {
        // given
        var name = "同名苑" + NUMBERS.incrementAndGet();
        compound(1, name);
        compound(2, name);

        // then
        assertThat(errorsOf("households", HOUSEHOLDS, "," + name + ",1栋"))
                .containsExactly("2 compound compound_ambiguous");
        assertThat(errorsOf("households", HOUSEHOLDS, "东门社区," + name + ",1栋")).isEmpty();
        assertThat(errorsOf("households", HOUSEHOLDS, "无此社区," + name + ",1栋"))
                .containsExactly("2 community community_unknown");
    }

    @Test
    void rows_that_say_the_same_are_named() {
        var address = address();
        assertThat(errorsOf("households", HOUSEHOLDS, ",书香苑," + address, ",东门新村," + address, "文昌社区,书香苑, " + address))
                .containsExactly("4 null row_repeated");
        assertThat(errorsOf(
                        "residents", RESIDENTS, "甲,1950-01-01,否,13812340001,,,,同意", "甲,1950-01-02,否,13812340001,,,,同意"))
                .containsExactly("3 null row_repeated");
        assertThat(errorsOf("staff", STAFF, "two.rows,甲,网格员,文昌社区", "Two.Rows,甲,grid_member,文昌社区"))
                .containsExactly("3 null row_repeated");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "某,1948-02-30,是,13800000001,,,,同意 | birthDate birth_date_unclear",
                "某,1850-01-01,是,13800000001,,,,同意 | birthDate birth_date_unlikely",
                "某,2999-01-01,是,13800000001,,,,同意 | birthDate birth_date_unlikely",
                "某,1900-01-01,是,13800000001,,,,同意 | birthDate birth_date_unverifiable",
                "某,1905-12-31,是,13800000001,,,,同意 | birthDate birth_date_unverifiable",
                "某,1948-02-03 农历,是,13800000001,,,,同意 | birthDate birth_date_unclear",
                "某,1948-02-03,是,2003-01-12,,,,同意 | phone cell_became_date",
                "某,1948-02-03,是,,书香苑,2003-01-12,,同意 | address cell_became_date",
                ",1948-02-03,是,13800000001,,,,同意 | name cell_missing",
                "某,,是,13800000001,,,,同意 | birthDate cell_missing",
                "某,1948-02-03,大概,13800000001,,,,同意 | verified answer_unclear",
                "某,1948-02-03,是,1.38E+10,,,,同意 | phone number_rounded",
                "某,1948-02-03,是,找他女儿,,,,同意 | phone phone_unclear",
                "某,1948-02-03,是,13800000001,,,房东,同意 | relation relation_unknown",
                "某,1948-02-03,是,13800000001,,,, | consentNote cell_missing",
                "某,1948-02-03,是,,,,,同意 | address home_or_phone_missing",
                "某,1948-02-03,是,,书香苑,没有这一户,,同意 | address household_unknown",
                "某,1948-02-03,是,,书香苑,,,同意 | address cell_missing"
            })
    void a_resident_is_held_against_the_rules(String row, String error) {
        assertThat(errorsOf("residents", RESIDENTS, row.strip())).containsExactly("2 " + error.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,某,网格员,文昌社区 | username username_unfit",
                "far-supervisor,某,网格员,文昌社区 | username username_taken",
                "admin,另一人,网格员,文昌社区 | name name_differs",
                "new.one,某,皇帝,文昌社区 | role role_unknown",
                "new.one,某,网格员,无此社区 | scope scope_unknown",
                "new.one,某,维修工,文昌社区 | scope scope_unknown",
                "new.one,某,管理员,文昌社区 | scope scope_unfit"
            })
    void an_account_is_held_against_the_rules(String row, String error) {
        assertThat(errorsOf("staff", STAFF, row.strip())).containsExactly("2 " + error.strip());
    }

    @Test
    void what_was_not_known_of_somebody_is_added_and_nothing_is_changed() {
        // given
        var address = address();
        done("households", csv(HOUSEHOLDS, ",书香苑," + address), "");
        var name = "补全" + NUMBERS.incrementAndGet();

        // then
        assertThat(outcomes(done("residents", csv(RESIDENTS, name + ",1950-01-01,否,,书香苑," + address + ",,同意"), "")))
                .isEqualTo("1 created");
        var phone = "1390000" + (1000 + NUMBERS.incrementAndGet());
        var more = csv(RESIDENTS, name + ",1950-01-01,是," + phone + ",书香苑," + address + ",,同意");
        assertThat(outcomes(done("residents", more, ""))).isEqualTo("1 changed");
        assertThat(outcomes(done("residents", more, ""))).isEqualTo("1 unchanged");
        assertThat(errorsOf("residents", RESIDENTS, name + ",1951-01-01,是," + phone + ",,,,同意"))
                .containsExactly("2 birthDate resident_differs");
    }

    @Test
    void somebody_who_lives_elsewhere_is_entered_and_asked() {
        // given
        var address = address();
        done("households", csv(HOUSEHOLDS, ",书香苑," + address), "");
        var person = "迁居" + NUMBERS.incrementAndGet() + ",1950-01-01,否,1390000" + (1000 + NUMBERS.incrementAndGet());
        var home = DemoStructure.household(1).toString();
        var known = new JsonObject()
                .put("name", person.split(",", -1)[0])
                .put("birthDate", "1950-01-01")
                .put("birthDateVerified", false)
                .put("phone", person.split(",", -1)[3])
                .put("consentNote", "同意")
                .put("householdId", home);
        var id = APP.staff("grid-member-1")
                .post("/v1/residents", known)
                .withStatus(201)
                .id();
        var row = csv(RESIDENTS, person + ",书香苑," + address + ",,同意");

        // when
        var outcomes = outcomes(done("residents", row, "")) + ", " + outcomes(done("residents", row, ""));

        // then
        assertThat(outcomes).isEqualTo("1 changed, 1 unchanged");
        assertThat(APP.staff("grid-member-1").get("/v1/membership-requests?limit=100").items().stream()
                        .filter(each -> each.getString("residentId").equals(id.toString())))
                .singleElement()
                .extracting(each -> each.getString("awaits"))
                .isEqualTo("consent");
    }

    @Test
    void nobody_gives_their_own_account_a_role() {
        var name = APP.staff("admin").get("/v1/me").json().getString("displayName");

        assertThat(errorsOf("staff", STAFF, "admin," + name + ",网格员,文昌社区")).containsExactly("2 role own_account");
    }

    @Test
    void whoever_handed_in_the_file_sees_the_codes_of_new_accounts_for_seven_days() {
        // given
        var username = "imported." + NUMBERS.incrementAndGet();
        var rows = csv(STAFF, username + ",甲某,网格员,文昌社区", username + ",甲某,督办员,柳桥镇/东门社区");
        var id = done("staff", rows, "").getString("id");
        var path = "/v1/imports/" + id + "/rows";

        // when
        var code = APP.staff("admin").get(path).items().get(0).getString("activationCode");
        var login = APP.anyone()
                .post(
                        "/v1/auth/activate",
                        new JsonObject()
                                .put("username", username)
                                .put("activationCode", code)
                                .put("password", "violet tram beneath nine kettles"));

        // then
        assertThat(login.status()).isEqualTo(200);
        var me = APP.anyone()
                .bearing(login.json().getString("accessToken"))
                .get("/v1/me")
                .json();
        assertThat(me.encode()).contains("grid_member", "supervisor");
        assertThat(APP.staff("district-supervisor").get(path).status()).isEqualTo(404);
        assertThat(APP.staff("far-supervisor").get(path).status()).isEqualTo(404);

        // when
        APP.clock().advance(Duration.ofDays(8));
        APP.runInnerJobs();

        // then
        var forgotten = APP.staff("admin").get(path).items().get(0);
        assertThat(forgotten.getString("activationCode")).isNull();
        assertThat(forgotten.getJsonArray("cells")).isNull();
    }

    @Test
    void a_file_with_wrong_columns_is_refused_as_a_whole_with_all_that_is_wrong() {
        var refused = start("households", csv("小区,门牌,小区", "书香苑,1,2"), "");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.faultsAndCodes())
                .containsExactlyInAnyOrder("/file column_unknown", "/file column_repeated", "/file column_missing");
        assertThat(start("households", "PK\u0003\u0004 no workbook".getBytes(StandardCharsets.ISO_8859_1), "")
                        .code())
                .isEqualTo("import_unreadable");
        assertThat(start("households", new byte[] {1, 0, 2}, "").status()).isEqualTo(415);
        assertThat(start("households", csv(HOUSEHOLDS), "").code()).isEqualTo("import_empty");
    }

    @Test
    void the_same_content_is_the_same_in_every_kind_of_file() throws IOException {
        // given
        var lines = List.of(HOUSEHOLDS, ",书香苑," + address(), ",纺织小区," + address());
        var text = String.join("\r\n", lines);

        // then
        assertThat(outcomes(done("households", text.getBytes(StandardCharsets.UTF_8), "")))
                .isEqualTo("2 created");
        for (var same : List.of(
                ("\ufeff" + text).getBytes(StandardCharsets.UTF_8),
                text.getBytes(Charset.forName("GB18030")),
                workbook(lines))) {
            assertThat(outcomes(done("households", same, ""))).isEqualTo("2 unchanged");
        }
    }

    @Test
    void a_workbook_has_dates_numbers_and_formulas() throws IOException {
        // given
        var bytes = new ByteArrayOutputStream();
        var name = "表格" + NUMBERS.incrementAndGet();
        try (var workbook = new Workbook(bytes, "test", null)) {
            var sheet = workbook.newWorksheet("居民");
            var headings = RESIDENTS.split(",", -1);
            IntStream.range(0, headings.length).forEach(i -> sheet.value(0, i, headings[i]));
            sheet.value(1, 0, name);
            sheet.value(1, 1, LocalDate.of(1948, 3, 12));
            sheet.style(1, 1).format("yyyy-mm-dd").set();
            sheet.value(1, 2, true);
            sheet.value(1, 3, 13_912_345_678L);
            sheet.value(1, 7, "同意");
        }

        // when
        done("residents", bytes.toByteArray(), "");

        // then
        var row = name + ",19480312,是,13912345678,,,,同意";
        assertThat(outcomes(done("residents", csv(RESIDENTS, row), ""))).isEqualTo("1 unchanged");
        assertThat(outcomes(done("residents", csv(RESIDENTS, name + ",17604,是,13912345678,,,,同意"), "")))
                .isEqualTo("1 unchanged");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void two_halves_in_any_order_give_the_same_as_the_whole_and_twice_the_same_as_once(long seed) {
        // given
        var random = new Random(seed);
        var compounds = List.of("书香苑", "粮食局家属院", "东门新村", "无此小区");
        var rows = new ArrayList<String>();
        for (int i = 0; i < 1200; i++) {
            rows.add("," + compounds.get(random.nextInt(compounds.size())) + "," + seed + "幢" + random.nextInt(700));
        }
        var halves = new ArrayList<>(List.of(rows.subList(0, 600), rows.subList(600, 1200)));
        Collections.shuffle(halves, random);

        // when
        halves.forEach(half -> done("households", csv(HOUSEHOLDS, half.toArray(String[]::new)), "&skipBad=true"));
        var inHalves = households(seed + "幢");
        var whole = done("households", csv(HOUSEHOLDS, rows.toArray(String[]::new)), "&skipBad=true");

        // then
        assertThat(whole.getLong("created")).isZero();
        assertThat(whole.getLong("changed")).isZero();
        assertThat(inHalves).hasSize(whole.getInteger("unchanged"));
        assertThat(households(seed + "幢")).isEqualTo(inHalves);
    }

    // ---- acts ----

    private static byte[] sample(String kind) throws IOException {
        return Files.readAllBytes(Path.of("docs", "samples", kind + ".csv"));
    }

    private static byte[] csv(String headings, String... rows) {
        return (headings + "\n" + String.join("\n", rows)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] workbook(List<String> lines) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", null)) {
            var sheet = workbook.newWorksheet("1");
            for (int row = 0; row < lines.size(); row++) {
                var cells = lines.get(row).split(",", -1);
                for (int column = 0; column < cells.length; column++) {
                    sheet.value(row, column, cells[column]);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static Reply start(String kind, byte[] file, String how) {
        // so many in an hour are a person's, and not a test's
        APP.forgetLimit("import");
        return APP.staff("admin").upload("/v1/imports?kind=" + kind + how, file);
    }

    /** Written as it was checked, unless it is only checked. */
    private static JsonObject done(String kind, byte[] file, String how) {
        return how.contains("dryRun=true")
                ? ended(kind, file, how)
                : ended(kind, file, how + "&digest=" + digest(kind, file));
    }

    private static String digest(String kind, byte[] file) {
        return ended(kind, file, "&dryRun=true").getString("digest");
    }

    private static JsonObject ended(String kind, byte[] file, String how) {
        var id = start(kind, file, how).withStatus(201).id();
        APP.runInnerJobs();
        var done = APP.staff("admin").get("/v1/imports/" + id).json();
        assertThat(done.getString("status")).isNotEqualTo("running");
        return done;
    }

    private static List<String> errorsOf(String kind, String headings, String... rows) {
        var id = done(kind, csv(headings, rows), "&dryRun=true").getString("id");
        return APP.staff("admin").get("/v1/imports/" + id + "/rows?outcome=bad").items().stream()
                .flatMap(row -> errors(row).stream().map(error -> row.getInteger("row") + " " + error))
                .toList();
    }

    private static List<String> errors(JsonObject row) {
        return row.getJsonArray("errors").stream()
                .map(JsonObject.class::cast)
                .map(error -> error.getString("column") + " " + error.getString("code"))
                .toList();
    }

    private static String outcomes(JsonObject done) {
        var outcomes = new ArrayList<String>();
        for (var outcome : List.of("created", "changed", "unchanged", "bad")) {
            if (done.getLong(outcome) > 0) {
                outcomes.add(done.getLong(outcome) + " " + outcome);
            }
        }
        return String.join(" ", outcomes);
    }

    private static void compound(int community, String name) {
        APP.staff("admin")
                .post(
                        "/v1/places",
                        new JsonObject()
                                .put("level", "compound")
                                .put("kind", "compound")
                                .put(
                                        "parentId",
                                        DemoStructure.community(community).toString())
                                .put("name", name))
                .withStatus(201);
    }

    private static String address() {
        return "测" + UUID.randomUUID();
    }

    private static long householdsAt(String address) {
        return households(address).size();
    }

    /** Of the district, those whose address begins like this. */
    private static List<String> households(String beginning) {
        return await(APP.database()
                        .read(client -> client.preparedQuery(
                                        "SELECT compound_id, address_sealed FROM household WHERE district_id = $1")
                                .execute(Tuple.of(DemoStructure.districtId()))
                                .map(Rows.list(row -> row.getUUID("compound_id") + " "
                                        + APP.cipher().openPresent(row.getBuffer("address_sealed"))))))
                .stream()
                .filter(each -> each.contains(" " + beginning))
                .sorted()
                .toList();
    }
}

package org.huying.db.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.testing.TestApp.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.huying.app.Keys;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.demo.district.DemoStructure;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Reply;
import org.huying.testing.TestClock;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.huying.testing.TestTokens;
import org.huying.ticket.verify.LogVerifier;
import org.huying.ticket.verify.SavedDigests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Domain.md 6: keys rotate. What was sealed under the older one is opened by the newer one alone. */
@Tag("long")
class RotationTest {
    private static final FieldCipher FIRST = cipher(1, 1);
    private static final FieldCipher BOTH = cipher(2, 1, 2);
    private static final FieldCipher SECOND = cipher(2, 2);

    private final String url = TestServers.createDatabase();
    private final TestClock clock = new TestClock();
    private TestNode node = filled();

    private static FieldCipher cipher(int current, int... ids) {
        var keys = new HashMap<Byte, byte[]>();
        for (var id : ids) {
            keys.put((byte) id, key(id));
        }
        return new FieldCipher(keys, (byte) current, key(99));
    }

    private static byte[] key(int seed) {
        var key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return key;
    }

    private TestNode filled() {
        DemoTemplate.fill(TestServers.ownerUrl(url), url, keys(FIRST));
        return answering(FIRST);
    }

    private static Keys keys(FieldCipher cipher) {
        return new Keys(cipher, DemoTemplate.KEYS.signing());
    }

    private TestNode answering(FieldCipher cipher) {
        return TestNode.answering(url, keys(cipher), clock);
    }

    private void restartWith(FieldCipher cipher) {
        node.close();
        node = answering(cipher);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Api resident(int number) {
        return new Api(node.uri())
                .bearing(new TestTokens(DemoTemplate.KEYS)
                        .resident(DemoStructure.districtId(), DemoStructure.resident(number)));
    }

    private <T> T withDatabase(Function<Database, T> work) {
        var database = new Database(Pools.forBulk(node.vertx(), "test", url, 8));
        try {
            return work.apply(database);
        } finally {
            await(database.close());
        }
    }

    /** Second by second, until nothing of it is left. */
    private void runJobs() {
        withDatabase(database -> {
            var worker = node.worker(database);
            for (int i = 0; i < 200 && dueSoon() > 0; i++) {
                await(worker.runDue());
                clock.advance(Duration.ofSeconds(1));
            }
            return null;
        });
    }

    private long jobs() {
        return number("SELECT count(*) FROM job WHERE kind = 'reseal'");
    }

    private long dueSoon() {
        return number("SELECT count(*) FROM job WHERE kind = 'reseal' AND due_at < '"
                + clock.instant().plusSeconds(60) + "'");
    }

    private long number(String sql) {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)));
                var found = connection.createStatement().executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void change(String sql) {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)))) {
            connection.createStatement().execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long sealedUnder(int key) {
        return SealedColumns.ALL.stream()
                .mapToLong(column -> number("SELECT count(*) FROM " + column.table() + " WHERE get_byte("
                        + column.column() + ", 0) = " + key))
                .sum();
    }

    private static Reply done(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
        return reply;
    }

    private Reply report(String description, UUID photo) {
        return done(resident(1)
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "lift-fault")
                                .put("householdId", DemoStructure.household(1).toString())
                                .put(
                                        "attributes",
                                        new JsonObject().put("liftNo", "2").put("trapped", "无"))
                                .put("photoIds", List.of(photo.toString()))
                                .put("description", description)));
    }

    private Reply booking() {
        var tomorrow =
                LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Shanghai")).plusDays(1);
        return done(resident(1)
                .post(
                        "/v1/bookings",
                        new JsonObject()
                                .put(
                                        "mealId",
                                        DemoStructure.meal(1, tomorrow, "lunch").toString())
                                .put("mode", "delivery")
                                .put("deliveryAddress", "三号楼二单元")));
    }

    /** Who they are whom WeChat's account is found for. */
    private UUID login() {
        var token = done(new Api(node.uri()).post("/v1/auth/wechat", new JsonObject().put("code", "demo-resident-3")))
                .json()
                .getString("accessToken");
        return done(new Api(node.uri()).bearing(token).get("/v1/me")).id();
    }

    /** Also where no demo leads to. */
    private void everyColumnHasSome() {
        var words = "'\\x"
                + HexFormat.of()
                        .formatHex(FIRST.sealBytes("何故".getBytes(StandardCharsets.UTF_8))
                                .getBytes()) + "'";
        var district = "'" + DemoStructure.districtId() + "'";
        var staff = "'" + DemoStructure.staff("grid-member-1") + "'";
        var resident = "'" + DemoStructure.resident(1) + "'";
        change("UPDATE meal SET cancel_reason_sealed = " + words);
        change("UPDATE booking SET cancel_reason_sealed = " + words);
        change("UPDATE resident SET consent_note_sealed = " + words);
        change("INSERT INTO mandate (district_id, id, grantor_id, for_booking, for_ticket, status, offered_by_id,"
                + " consent_note_sealed, created_at) VALUES (" + district + ", gen_random_uuid(), " + resident
                + ", true, true, 'offered', " + staff + ", " + words + ", now())");
        change("INSERT INTO account_audit (district_id, id, staff_id, at, actor_id, action, detail_sealed) VALUES ("
                + district + ", gen_random_uuid(), " + staff + ", now(), " + staff + ", 'changed', " + words + ")");
        change(
                "INSERT INTO unmasking (district_id, id, at, actor_id, role, subject_id, place_path, fields, reason_sealed,"
                        + " asked_sealed) VALUES (" + district + ", gen_random_uuid(), now(), " + staff
                        + ", 'grid_member', " + resident + ", '{}', '{name}', " + words + ", " + words + ")");
        change(
                "INSERT INTO resident_change (district_id, id, at, actor_id, resident_id, fields, reason_sealed) VALUES ("
                        + district + ", gen_random_uuid(), now(), " + staff + ", " + resident + ", '{name}', " + words
                        + ")");
        change("WITH made AS (INSERT INTO roster_import (district_id, id, kind, dry_run, skip_bad, status, phase,"
                + " started_by_id, created_at, finished_at) VALUES (" + district
                + ", gen_random_uuid(), 'staff', false, false, 'done', 'writing', " + staff
                + ", now(), now()) RETURNING district_id, id)"
                + " INSERT INTO roster_import_row (district_id, import_id, row, content_sealed, activation_code_sealed)"
                + " SELECT district_id, id, 2, " + words + ", " + words + " FROM made");
        assertThat(SealedColumns.ALL)
                .allSatisfy(column -> assertThat(number("SELECT count(" + column.column() + ") FROM " + column.table()))
                        .as(column.name())
                        .isPositive());
    }

    private List<Path> photoFiles() throws IOException {
        try (var files = Files.walk(node.photoDirectory())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void afterARotationTheOlderKeyIsNotNeeded() throws IOException {
        // given
        var photo = done(resident(1).upload("/v1/photos", Pictures.jpeg(60, 40)));
        var picture = resident(1).get(photo.json().getString("url")).body();
        var ticket = report("电梯夹住了轮椅", photo.id());
        var booking = booking();
        var person = login();
        everyColumnHasSome();
        var before = sealedUnder(1);

        // when
        restartWith(BOTH);
        assertThat(metric("huying_data_keys_old")).isEqualTo(1);
        runJobs();

        // then
        assertThat(sealedUnder(1)).isZero();
        assertThat(sealedUnder(2)).isEqualTo(before);
        assertThat(number("SELECT count(*) FROM data_key_use WHERE key_id = 1")).isZero();
        for (var file : photoFiles()) {
            assertThat(Files.readAllBytes(file)[0]).isEqualTo((byte) 2);
        }

        // when
        restartWith(SECOND);

        // then
        var seen = done(resident(1).get("/v1/tickets/" + ticket.id())).json();
        assertThat(seen.getString("description")).isEqualTo("电梯夹住了轮椅");
        assertThat(done(resident(1).get("/v1/bookings/" + booking.id())).json().getString("deliveryAddress"))
                .isEqualTo("三号楼二单元");
        assertThat(resident(1).get(photo.json().getString("url")).body()).isEqualTo(picture);
        assertThat(resident(1).get("/v1/me").json().getJsonArray("households")).isNotEmpty();
        assertThat(login()).isEqualTo(person);
        assertThat(metric("huying_data_keys_old")).isZero();
        assertThat(isIntact(SECOND)).isTrue();
    }

    /** Every chain, and the words beside the events. */
    private boolean isIntact(FieldCipher cipher) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new LogVerifier(cipher, SavedDigests.none(), nowhere, nowhere).run(url, clock.instant());
    }

    /** As of the look before, so asked twice. */
    private int metric(String name) {
        Management.get(node.managementUri(), "/metrics");
        assertThat(Management.get(node.managementUri(), "/health/ready")).contains("up");
        return Management.get(node.managementUri(), "/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToInt(line ->
                        (int) Double.parseDouble(line.substring(name.length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsWrittenMeanwhileStays() {
        // given
        restartWith(BOTH);
        var columns = SealedColumns.ALL.stream()
                .filter(column -> column.name().equals("resident.name_sealed"))
                .toList();
        var resident = DemoStructure.resident(1);

        // when: somebody changes a value between its being read and its being written
        var value = Buffer.buffer(new byte[] {1, 7, 7});
        var stays = withDatabase(database -> await(database.inTransaction(transaction -> transaction
                .preparedQuery(columns.get(0).updateSql())
                .execute(Tuple.tuple()
                        .addUUID(DemoStructure.districtId())
                        .addArrayOfBuffer(new Buffer[] {value})
                        .addArrayOfBuffer(new Buffer[] {value})
                        .addArrayOfString(new String[] {resident.toString()}))
                .map(rows -> rows.rowCount()))));

        // then
        assertThat(stays).isZero();
    }

    @Test
    void aValueThatCannotBeOpenedHoldsUpNobodyAndKeepsItsKeyInUse() {
        // given
        change("UPDATE resident SET name_sealed = '\\x0101020304050607080910111213141516171819202122232425262728293031'"
                + " WHERE id = '" + DemoStructure.resident(7) + "'");

        // when
        restartWith(BOTH);
        runJobs();

        // then
        assertThat(sealedUnder(1)).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM data_key_use WHERE key_id = 1")).isEqualTo(1);
    }

    @Test
    void aFileOfKeysThatDoesNotFitIsRefused() {
        restartWith(BOTH);

        assertThatThrownBy(() -> answering(SECOND))
                .hasStackTraceContaining("has values under data key 1, which the file of data keys lacks");
        assertThatThrownBy(
                        () -> answering(new FieldCipher(Map.of((byte) 1, key(5), (byte) 2, key(2)), (byte) 2, key(99))))
                .hasStackTraceContaining("data key 1 in the file is not the one");
        assertThatThrownBy(
                        () -> answering(new FieldCipher(Map.of((byte) 1, key(1), (byte) 2, key(2)), (byte) 2, key(98))))
                .hasStackTraceContaining("the index key");
    }

    @Test
    void aNodeWithTheOlderKeyLeavesTheJobToTheOthers() {
        // given
        restartWith(BOTH);
        var before = sealedUnder(1);

        // when: it starts after the newer one, as in the middle of a rotation
        restartWith(cipher(1, 1, 2));
        withDatabase(database -> {
            await(node.worker(database).runDue());
            return null;
        });

        // then
        assertThat(sealedUnder(1)).isEqualTo(before);
        assertThat(jobs()).isPositive();
    }

    @Test
    void photosFromBeforeFilesWereSealedAreShownAndThenSealed() throws IOException {
        // given
        var photo = done(resident(1).upload("/v1/photos", Pictures.jpeg(60, 40)));
        var picture = resident(1).get(photo.json().getString("url")).body();
        for (var file : photoFiles()) {
            var clear = FIRST.openBytes(Buffer.buffer(Files.readAllBytes(file)));
            Files.write(file, clear);
        }
        assertThat(resident(1).get(photo.json().getString("url")).body()).isEqualTo(picture);

        // when
        change("INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)"
                + " SELECT id, gen_random_uuid(), 'reseal', id, '{}', '2020-01-01Z' FROM district");
        runJobs();

        // then
        for (var file : photoFiles()) {
            assertThat(Files.readAllBytes(file)[0]).isEqualTo((byte) 1);
        }
        assertThat(resident(1).get(photo.json().getString("url")).body()).isEqualTo(picture);
    }
}

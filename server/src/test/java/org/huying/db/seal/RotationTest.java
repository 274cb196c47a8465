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
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.demo.district.DemoStructure;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Reply;
import org.huying.testing.TestNode;
import org.huying.testing.TestTokens;
import org.huying.ticket.verify.LogVerifier;
import org.huying.ticket.verify.SavedDigests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Domain.md 6: keys rotate. What was sealed under the older one is opened by the newer one alone. */
@Tag("long")
class RotationTest {
    private static final FieldCipher FIRST = KeyWorld.cipher(1, 1);
    private static final FieldCipher BOTH = KeyWorld.cipher(2, 1, 2);
    private static final FieldCipher SECOND = KeyWorld.cipher(2, 2);

    private final KeyWorld world = new KeyWorld(FIRST);
    private TestNode node = world.answering(FIRST);

    private void restartWith(FieldCipher cipher) {
        node.close();
        node = world.answering(cipher);
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

    /** Second by second, until nothing of it is left. */
    private void runJobs() {
        world.withDatabase(node, database -> {
            var worker = node.worker(database);
            for (int i = 0; i < 200 && dueSoon() > 0; i++) {
                await(worker.runDue());
                world.clock.advance(Duration.ofSeconds(1));
            }
            return null;
        });
    }

    private long jobs() {
        return world.number("SELECT count(*) FROM job WHERE kind = 'reseal'");
    }

    private long dueSoon() {
        return world.number("SELECT count(*) FROM job WHERE kind = 'reseal' AND due_at < '"
                + world.clock.instant().plusSeconds(60) + "'");
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
        var tomorrow = LocalDate.ofInstant(world.clock.instant(), ZoneId.of("Asia/Shanghai"))
                .plusDays(1);
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
        // What is older than it is kept for goes in the night.
        var now = "'" + world.clock.instant() + "'";
        var staff = "'" + DemoStructure.staff("grid-member-1") + "'";
        var resident = "'" + DemoStructure.resident(1) + "'";
        world.change("UPDATE meal SET cancel_reason_sealed = " + words);
        world.change("UPDATE booking SET cancel_reason_sealed = " + words);
        world.change("UPDATE resident SET consent_note_sealed = " + words);
        world.change("INSERT INTO mandate (district_id, id, grantor_id, for_booking, for_ticket, status, offered_by_id,"
                + " consent_note_sealed, created_at) VALUES (" + district + ", gen_random_uuid(), " + resident
                + ", true, true, 'offered', " + staff + ", " + words + ", now())");
        world.change(
                "INSERT INTO account_audit (district_id, id, staff_id, at, actor_id, action, detail_sealed) VALUES ("
                        + district + ", gen_random_uuid(), " + staff + ", " + now + ", " + staff + ", 'changed', "
                        + words
                        + ")");
        world.change(
                "INSERT INTO unmasking (district_id, id, at, actor_id, role, subject_id, place_path, fields, reason_sealed,"
                        + " asked_sealed) VALUES (" + district + ", gen_random_uuid(), " + now + ", " + staff
                        + ", 'grid_member', " + resident + ", '{}', '{name}', " + words + ", " + words + ")");
        world.change(
                "INSERT INTO resident_change (district_id, id, at, actor_id, resident_id, fields, reason_sealed) VALUES ("
                        + district + ", gen_random_uuid(), " + now + ", " + staff + ", " + resident + ", '{name}', "
                        + words
                        + ")");
        world.change(
                "INSERT INTO resident_claim (district_id, id, claimant_id, record_id, created_at, status, ended_at,"
                        + " reason_sealed) VALUES (" + district + ", gen_random_uuid(), " + resident + ", '"
                        + DemoStructure.elder(1) + "', " + now + ", 'declined', " + now + ", " + words + ")");
        world.change("WITH made AS (INSERT INTO roster_import (district_id, id, kind, dry_run, skip_bad, status, phase,"
                + " started_by_id, created_at, finished_at) VALUES (" + district
                + ", gen_random_uuid(), 'staff', false, false, 'done', 'writing', " + staff
                + ", " + now + ", " + now + ") RETURNING district_id, id)"
                + " INSERT INTO roster_import_row (district_id, import_id, row, content_sealed, activation_code_sealed)"
                + " SELECT district_id, id, 2, " + words + ", " + words + " FROM made");
        assertThat(SealedColumns.ALL)
                .allSatisfy(column -> assertThat(
                                world.number("SELECT count(" + column.column() + ") FROM " + column.table()))
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
        var before = world.sealedUnder(1);

        // when
        restartWith(BOTH);
        assertThat(oldKeys()).isEqualTo(1);
        runJobs();

        // then
        assertThat(world.sealedUnder(1)).isZero();
        assertThat(world.sealedUnder(2)).isEqualTo(before);
        assertThat(world.isInUse(1)).isFalse();
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
        assertThat(oldKeys()).isZero();
        assertThat(isIntact(SECOND)).isTrue();
    }

    /** Every chain, and the words beside the events. */
    private boolean isIntact(FieldCipher cipher) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new LogVerifier(cipher, SavedDigests.none(), nowhere, nowhere).run(world.url, world.clock.instant());
    }

    private int oldKeys() {
        KeyWorld.oldKeys(node);
        assertThat(Management.get(node.managementUri(), "/health/ready")).contains("up");
        return KeyWorld.oldKeys(node);
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
        var stays = world.withDatabase(
                node,
                database -> await(database.inTransaction(transaction -> transaction
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
        world.change(
                "UPDATE resident SET name_sealed = '\\x0101020304050607080910111213141516171819202122232425262728293031'"
                        + " WHERE id = '" + DemoStructure.resident(7) + "'");

        // when
        restartWith(BOTH);
        runJobs();

        // then
        assertThat(world.sealedUnder(1)).isEqualTo(1);
        assertThat(world.isInUse(1)).isTrue();
    }

    @Test
    void aFileOfKeysThatDoesNotFitIsRefused() {
        restartWith(BOTH);

        assertThatThrownBy(() -> world.answering(SECOND))
                .hasStackTraceContaining("has values under data key 1, which the file of data keys lacks");
        assertThatThrownBy(() -> world.answering(new FieldCipher(
                        Map.of((byte) 1, KeyWorld.key(5), (byte) 2, KeyWorld.key(2)), (byte) 2, KeyWorld.key(99))))
                .hasStackTraceContaining("data key 1 in the file is not the one");
        assertThatThrownBy(() -> world.answering(new FieldCipher(
                        Map.of((byte) 1, KeyWorld.key(1), (byte) 2, KeyWorld.key(2)), (byte) 2, KeyWorld.key(98))))
                .hasStackTraceContaining("the index key");
    }

    @Test
    void aNodeWithTheOlderKeyLeavesTheJobToTheOthers() {
        // given
        restartWith(BOTH);
        var before = world.sealedUnder(1);

        // when: it starts after the newer one, as in the middle of a rotation
        restartWith(KeyWorld.cipher(1, 1, 2));
        world.withDatabase(node, database -> {
            await(node.worker(database).runDue());
            return null;
        });

        // then
        assertThat(world.sealedUnder(1)).isEqualTo(before);
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
        world.change("INSERT INTO job (district_id, id, kind, subject_id, payload, due_at)"
                + " SELECT id, gen_random_uuid(), 'reseal', id, '{}', '2020-01-01Z' FROM district");
        runJobs();

        // then
        for (var file : photoFiles()) {
            assertThat(Files.readAllBytes(file)[0]).isEqualTo((byte) 1);
        }
        assertThat(resident(1).get(photo.json().getString("url")).body()).isEqualTo(picture);
    }
}

package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.db.Rows;
import org.huying.kernel.spelling.NormalForm;
import org.huying.testing.HeldTransaction;
import org.huying.testing.TestApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An import is taken back while somebody rests something on whom it made: one of both comes first, whichever it is. */
class ImportUndoRaceTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ImportActs ACTS = new ImportActs(APP);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String HEADINGS = "姓名,出生日期,证件核验,电话,小区,地址,同意说明\n";
    private static final String HOME = "撤销户";

    @BeforeAll
    static void aHouseholdForThem() {
        household(HOME);
    }

    // ---- whoever was registered ----

    @ParameterizedTest
    @EnumSource(value = Deed.class, names = "CHANGE", mode = EnumSource.Mode.EXCLUDE)
    void whoeverHasSomethingUnderWayStays(Deed deed) {
        // given
        var name = name();
        var made = imported(name + ",1950-01-01,是," + phone() + ",书香苑," + HOME + ",同意");
        var resident = resident(name);
        var held = heldUpAt(deed.table());

        // when
        var reply = deed.begin(APP, resident);
        held.untilWaiting(1, reply);
        var undone = undone(made);
        held.untilWaiting(2, undone);
        held.commit();

        // then
        assertThat(reply.join().status()).isLessThan(300);
        undone.join();
        assertThat(resident(name)).isEqualTo(resident);
        assertThat(deed.isLeftOfNobody(APP)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void nothingComesToRestOnWhomIsBeingTakenBack(Deed deed) {
        // given
        var name = name();
        var made = imported(name + ",1950-01-01,是," + phone() + ",书香苑," + HOME + ",同意");
        var resident = resident(name);
        var held = heldUpAt("household_member");

        // when
        var undone = undone(made);
        held.untilWaiting(1, undone);
        var reply = deed.begin(APP, resident);
        held.untilWaiting(2, reply);
        held.commit();

        // then
        undone.join();
        assertThat(reply.join().status()).isIn(404, 422);
        assertThat(found(name)).isNull();
        assertThat(deed.isLeftOfNobody(APP)).isFalse();
    }

    // ---- what was added ----

    @Test
    void aBirthDateStaysOnWhichASubsidyIsJustComingToRest() {
        // given
        var known = added();
        var held = heldUpAt("booking");

        // when
        var reply = Deed.BOOKING.begin(APP, known.resident());
        held.untilWaiting(1, reply);
        var undone = undone(known.addition());
        held.untilWaiting(2, undone);
        held.commit();

        // then
        assertThat(reply.join().withStatus(201).json().getInteger("subsidyFen")).isPositive();
        undone.join();
        assertThat(isVerified(known.resident())).isTrue();
    }

    @Test
    void noSubsidyComesOfABirthDateThatIsBeingTakenBack() {
        // given
        var known = added();
        var held = heldUpAt("household_member");

        // when
        var undone = undone(known.addition());
        held.untilWaiting(1, undone);
        var reply = Deed.BOOKING.begin(APP, known.resident());
        held.untilWaiting(2, reply);
        held.commit();

        // then
        undone.join();
        assertThat(reply.join().withStatus(201).json().getInteger("subsidyFen")).isZero();
        assertThat(isVerified(known.resident())).isFalse();
    }

    @Test
    void nobodyReportsForAHomeThatIsBeingTakenBack() {
        // given
        var known = added();
        var held = heldUpAt("household_member");

        // when
        var undone = undone(known.addition());
        held.untilWaiting(1, undone);
        var reply = Deed.TICKET.begin(APP, known.resident());
        held.untilWaiting(2, reply);
        held.commit();

        // then
        undone.join();
        assertThat(reply.join().withStatus(422).faultsAndCodes()).containsExactly("/onBehalfOfId on_behalf_of_unfit");
    }

    /** It was booked before the file came, and got its place after. */
    @Test
    void aBirthDateStaysOnWhichASubsidyCameToRestByAPromotion() {
        // given
        var name = name();
        var phone = phone();
        imported(name + ",1950-01-01,否," + phone + ",,,同意");
        var resident = resident(name);
        var order = Deed.order(APP, resident).put("joinWaitlist", true);
        var meal = UUID.fromString(order.getString("mealId"));
        sql("UPDATE meal SET taken = capacity WHERE id = $1", meal);
        var waiting =
                APP.staff("canteen-operator-1").post("/v1/bookings", order).withStatus(201);
        assertThat(waiting.json().getString("status")).isEqualTo("waitlisted");
        APP.clock().advance(Duration.ofMinutes(1));
        var addition = imported(name + ",1950-01-01,是," + phone + ",,,同意");
        sql("UPDATE meal SET taken = 0 WHERE id = $1", meal);
        var capacity = new JsonObject().put("capacity", 500);
        APP.staff("canteen-operator-1").patch("/v1/meals/" + meal, capacity).withStatus(200);
        assertThat(APP.staff("canteen-operator-1")
                        .get("/v1/bookings/" + waiting.id())
                        .json()
                        .getInteger("subsidyFen"))
                .isPositive();

        // when
        undone(addition).join();

        // then
        assertThat(isVerified(resident)).isTrue();
    }

    // ---- households ----

    @Test
    void aHouseholdStaysIntoWhichSomebodyIsJustBeingRegistered() {
        // given
        var address = "撤销户" + NUMBERS.incrementAndGet();
        var made = household(address);
        var household = household(made, address);
        var held = heldUpAt("household_member");

        // when
        var reply = APP.staff("grid-member-1").postLater("/v1/residents", newcomer(household));
        held.untilWaiting(1, reply);
        var undone = undone(made);
        held.untilWaiting(2, undone);
        held.commit();

        // then: it is there as long as they register, or not
        undone.join();
        var isGone = ACTS.rows(made, "created").get(0).getBoolean("undone");
        reply.join().withStatus(isGone ? 404 : 201);
    }

    // ---- acts ----

    /** Somebody without a verified birth date, a home or a login, and the import that gave them both. */
    private record Known(UUID resident, JsonObject addition) {}

    private static Known added() {
        var name = name();
        var phone = phone();
        imported(name + ",1950-01-01,否," + phone + ",,,同意");
        return new Known(resident(name), imported(name + ",1950-01-01,是," + phone + ",书香苑," + HOME + ",同意"));
    }

    private static HeldTransaction heldUpAt(String table) {
        return HeldTransaction.againstWritesTo(APP.database(), table);
    }

    private static CompletableFuture<Void> undone(JsonObject import_) {
        ACTS.undo(import_).withStatus(200);
        return CompletableFuture.runAsync(APP::runInnerJobs);
    }

    private static JsonObject imported(String row) {
        var done = ACTS.writtenAsChecked((HEADINGS + row).getBytes(StandardCharsets.UTF_8));
        assertThat(done.getLong("created") + done.getLong("changed")).isEqualTo(1);
        return done;
    }

    private static JsonObject household(String address) {
        var file = ("小区,地址\n书香苑," + address).getBytes(StandardCharsets.UTF_8);
        return ACTS.written("households", file, ACTS.digest("households", file), "");
    }

    private static UUID household(JsonObject made, String address) {
        assertThat(made.getLong("created")).isOne();
        return await(APP.database()
                .read(client -> client.preparedQuery("SELECT id FROM household WHERE address_index = $1")
                        .execute(Tuple.of(APP.cipher().index(NormalForm.ofName(address))))
                        .map(rows -> rows.iterator().next().getUUID("id"))));
    }

    private static JsonObject newcomer(UUID household) {
        return new JsonObject()
                .put("name", name())
                .put("birthDate", "1950-01-01")
                .put("birthDateVerified", false)
                .put("householdId", household.toString())
                .put("consentNote", "本人口头同意");
    }

    private static String name() {
        return "同时" + NUMBERS.incrementAndGet();
    }

    private static String phone() {
        return "1397001" + (1000 + NUMBERS.incrementAndGet());
    }

    private static UUID resident(String name) {
        return Objects.requireNonNull(found(name), name);
    }

    private static @Nullable UUID found(String name) {
        return one("SELECT id FROM resident WHERE name_index = $1", APP.cipher().index(NormalForm.ofName(name)));
    }

    private static boolean isVerified(UUID resident) {
        return one("SELECT id FROM resident WHERE id = $1 AND birth_date_verified", resident) != null;
    }

    private static @Nullable UUID one(String sql, Object value) {
        return await(APP.database()
                        .read(client -> client.preparedQuery(sql)
                                .execute(Tuple.of(value))
                                .map(Rows.first(row -> row.getUUID("id")))))
                .orElse(null);
    }

    private static void sql(String statement, Object... values) {
        await(APP.database().inTransaction(tx -> tx.preparedQuery(statement).execute(Tuple.from(values))));
    }
}

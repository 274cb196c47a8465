package org.huying.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.identity.staff.StaffDesk.assertProblem;
import static org.huying.identity.staff.StaffDesk.grant;
import static org.huying.identity.staff.StaffDesk.grants;
import static org.huying.identity.staff.StaffDesk.scope;
import static org.huying.identity.staff.StaffDesk.username;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Eventually;
import org.huying.testing.HeldTransaction;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody does in the very moment in which they lose the right to. */
@Tag("long")
class RightsUnderWayTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String SUSPEND = "UPDATE staff SET suspended = true WHERE district_id = $1 AND id = $2";
    private static final String TAKE_ROLES = """
            WITH held AS (SELECT id FROM staff WHERE district_id = $1 AND id = $2 FOR NO KEY UPDATE)
            DELETE FROM role_grant WHERE district_id = $1 AND staff_id = (SELECT id FROM held)
            """;

    private static final String GIVE_ROLE = """
            WITH held AS (SELECT id FROM staff WHERE district_id = $1 AND id = $2 FOR NO KEY UPDATE)
            INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id)
            SELECT $1, id, 'admin', 'place', (SELECT p.id FROM place p WHERE p.district_id = $1 AND p.level = 'district')
            FROM held
            """;

    private static final String END_MANDATE = """
            UPDATE mandate SET status = 'revoked', revoked_at = now(), revoked_by_id = $2
            WHERE district_id = $1 AND grantor_id = $2 AND status = 'active'
            """;

    private static final AtomicInteger DAYS = new AtomicInteger();

    private final StaffDesk desk = new StaffDesk(APP);
    private final UUID district = DemoStructure.districtId();

    private record Maker(UUID id, Api api) {}

    /** What is under way. */
    enum Deed {
        CREATE_STAFF("admin", "district", "/v1/staff") {
            @Override
            JsonObject body() {
                return StaffDesk.account(username(), grant("worker", scope("firm")));
            }
        },
        RESET_PASSWORD("admin", "district", "/v1/staff/" + DemoStructure.staff("worker-3") + "/reset-password"),
        OFFER_MANDATE("grid_member", "community", "/v1/mandates") {
            @Override
            JsonObject body() {
                return new JsonObject()
                        .put("grantorId", DemoStructure.resident(1).toString())
                        .put("scope", new JsonArray().add("booking"))
                        .put("consentNote", "当面同意");
            }
        },
        REGISTER_RESIDENT("grid_member", "community", "/v1/residents") {
            @Override
            JsonObject body() {
                return new JsonObject()
                        .put("name", "石存")
                        .put("newPerson", true)
                        .put("birthDate", "1941-02-03")
                        .put("birthDateVerified", false)
                        .put("consentNote", "当面同意");
            }
        },
        BOOK("canteen_operator", "canteen", "/v1/bookings") {
            @Override
            JsonObject body() {
                return new JsonObject()
                        .put("mealId", meal().toString())
                        .put("dinerId", DemoStructure.resident(2).toString())
                        .put("mode", "dine_in");
            }
        },
        BOOK_FOR_THOSE_OF_ONES_PLACE("grid_member", "community", "/v1/bookings") {
            @Override
            JsonObject body() {
                return BOOK.body();
            }
        },
        REPORT("grid_member", "community", "/v1/tickets") {
            @Override
            JsonObject body() {
                return new JsonObject()
                        .put("serviceItemCode", "street-light")
                        .put("placeId", scope("community").toString())
                        .put("spot", "东门")
                        .put("description", "路灯不亮");
            }
        };

        private final String role;
        private final String place;
        private final String path;

        Deed(String role, String place, String path) {
            this.role = role;
            this.place = place;
            this.path = path;
        }

        JsonObject body() {
            return new JsonObject();
        }
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void what_waited_for_a_suspension_is_not_done(Deed deed) {
        assertProblem(doneWhile(SUSPEND, maker(deed.role, deed.place), deed), 401, "token_invalid");
    }

    @ParameterizedTest
    @EnumSource(
            value = Deed.class,
            names = {"CREATE_STAFF", "REGISTER_RESIDENT", "REPORT", "BOOK", "BOOK_FOR_THOSE_OF_ONES_PLACE"})
    void what_waited_for_a_role_to_be_taken_away_is_not_done(Deed deed) {
        assertProblem(doneWhile(TAKE_ROLES, maker(deed.role, deed.place), deed), 403, "forbidden");
    }

    @Test
    void an_answer_is_not_given_again_to_somebody_suspended_meanwhile() {
        // given
        var maker = maker("admin", "district");
        var keyed = maker.api().with("Idempotency-Key", "again");
        var account = Deed.CREATE_STAFF.body();
        keyed.post("/v1/staff", account).withStatus(201);

        // when
        var replayed = during(SUSPEND, maker, () -> keyed.postLater("/v1/staff", account));

        // then
        assertProblem(replayed, 401, "token_invalid");
    }

    @Test
    void a_booking_is_not_made_again_for_somebody_suspended_meanwhile() {
        // given
        var maker = maker("canteen_operator", "canteen");
        var keyed = maker.api().with("Idempotency-Key", "again");
        var booking = Deed.BOOK.body();
        keyed.post("/v1/bookings", booking).withStatus(201);

        // when
        var replayed = during(SUSPEND, maker, () -> keyed.postLater("/v1/bookings", booking));

        // then
        assertProblem(replayed, 401, "token_invalid");
    }

    @Test
    void nobody_books_under_a_mandate_that_is_being_ended() {
        // given
        var offered = APP.resident(11)
                .post("/v1/mandates", new JsonObject().put("scope", new JsonArray().add("booking")))
                .withStatus(201);
        APP.resident(12)
                .post(
                        "/v1/mandates/accept",
                        new JsonObject().put("inviteCode", offered.json().getString("inviteCode")))
                .withStatus(200);
        var proxy = new Maker(DemoStructure.resident(11), APP.resident(12));
        var booking = Deed.BOOK.body().put("dinerId", proxy.id().toString());
        var later = Deed.BOOK.body().put("dinerId", proxy.id().toString());
        proxy.api().post("/v1/bookings", booking).withStatus(201);

        // when
        var booked = during(END_MANDATE, proxy, () -> proxy.api().postLater("/v1/bookings", later));

        // then
        assertProblem(booked, 403, "forbidden");
    }

    @Test
    void a_suspension_waits_for_what_is_under_way_and_takes_its_codes_along() {
        // given: an account being made, and not committed yet
        var maker = maker("admin", "district");
        var name = username();
        var making = HeldTransaction.after(
                APP.database(),
                "SELECT 1 FROM staff WHERE district_id = $1 AND id = $2 FOR SHARE",
                district,
                maker.id());
        var suspended = CompletableFuture.supplyAsync(() -> desk.suspend("admin", maker.id()));
        Eventually.until("the suspension waits", () -> making.waiting() > 0);

        // when
        var issued = maker.api().post("/v1/staff", StaffDesk.account(name, grant("worker", scope("firm"))));
        making.commit();

        // then: whichever came first, nobody gets in on the word of somebody suspended
        assertThat(suspended.join().status()).isEqualTo(200);
        assertThat(issued.status()).isIn(201, 401);
        if (issued.status() == 201) {
            assertProblem(desk.activate(name, issued.json()), 401, "bad_credentials");
        }
    }

    @Test
    void whoever_loses_a_role_takes_the_codes_along_that_they_issued() {
        // given
        var maker = maker("supervisor", "community");
        var name = username();
        var issued = maker.api()
                .post("/v1/staff", StaffDesk.account(name, grant("grid_member", scope("community"))))
                .withStatus(201);

        // when
        desk.patch("admin", maker.id(), grants(grant("canteen_operator", scope("canteen"))));

        // then
        assertProblem(desk.activate(name, issued.json()), 401, "bad_credentials");
    }

    @Test
    void a_code_lets_nobody_into_roles_that_came_after_it_was_issued() {
        // given: whoever has issued it knows it
        var maker = maker("supervisor", "community");
        var name = username();
        var issued = maker.api()
                .post("/v1/staff", StaffDesk.account(name, grant("grid_member", scope("community"))))
                .withStatus(201)
                .json();
        var id = UUID.fromString(issued.getString("id"));
        desk.patch("admin", id, new JsonObject().put("name", "改了名")).withStatus(200);

        // when
        desk.patch("admin", id, grants(grant("grid_member", scope("community")), grant("admin", scope("district"))))
                .withStatus(200);

        // then
        assertProblem(desk.activate(name, issued), 409, "account_changed");
        assertThat(desk.get("admin", id).json().getString("status")).isEqualTo("invited");
        var anew = desk.act("admin", id, "reset-password").withStatus(200).json();
        assertProblem(desk.activate(name, issued), 401, "bad_credentials");
        desk.activate(name, anew).withStatus(200);
    }

    @Test
    void a_code_is_good_for_the_roles_that_it_was_issued_for_under_another_name() {
        var name = username();
        var issued = desk.create("admin", name, grant("worker", scope("firm")), grant("dispatcher", scope("firm")))
                .withStatus(201)
                .json();
        var id = UUID.fromString(issued.getString("id"));
        desk.patch("admin", id, grants(grant("worker", scope("firm")))).withStatus(200);
        assertProblem(desk.activate(name, issued), 409, "account_changed");
        desk.patch(
                        "admin",
                        id,
                        grants(grant("dispatcher", scope("firm")), grant("worker", scope("firm")))
                                .put("name", "改了名"))
                .withStatus(200);

        desk.activate(name, issued).withStatus(200);
    }

    @Test
    void roles_that_are_being_given_are_not_had_by_an_old_code() {
        // given: a role that is being given, and not committed yet
        var name = username();
        var issued = desk.create("admin", name, grant("worker", scope("firm")))
                .withStatus(201)
                .json();
        var maker = new Maker(UUID.fromString(issued.getString("id")), APP.anyone());
        var activation = new JsonObject()
                .put("username", name)
                .put("activationCode", issued.getString("activationCode"))
                .put("password", StaffDesk.PASSWORD);

        // when
        var activated = during(GIVE_ROLE, maker, () -> APP.anyone().postLater("/v1/auth/activate", activation));

        // then
        assertProblem(activated, 409, "account_changed");
    }

    @Test
    void a_mandate_offered_by_somebody_suspended_since_is_not_taken_up() {
        // given
        var offer = Deed.OFFER_MANDATE;
        var maker = maker(offer.role, offer.place);
        var code = maker.api()
                .post(offer.path, offer.body())
                .withStatus(201)
                .json()
                .getString("inviteCode");
        desk.suspend("admin", maker.id());

        // when
        var taken = APP.resident(9).post("/v1/mandates/accept", new JsonObject().put("inviteCode", code));

        // then
        assertProblem(taken, 404, "invite_unknown");
    }

    @Test
    void an_import_ends_where_its_starter_is_suspended() {
        // given
        var maker = maker("admin", "district");
        var file = "社区,小区,楼栋-单元-室\n,书香苑,88-8-888\n".getBytes(StandardCharsets.UTF_8);
        var tried = maker.api()
                .upload("/v1/imports?kind=households&dryRun=true", file)
                .withStatus(201)
                .id();
        APP.runInnerJobs();
        var digest = maker.api().get("/v1/imports/" + tried).json().getString("digest");
        var started = maker.api()
                .upload("/v1/imports?kind=households&digest=" + digest, file)
                .withStatus(201)
                .json();
        desk.suspend("admin", maker.id());

        // when
        APP.runInnerJobs();

        // then
        var ended =
                APP.staff("admin").get("/v1/imports/" + started.getString("id")).json();
        assertThat(ended.getString("status")).isEqualTo("failed");
        assertThat(ended.getString("failure")).isEqualTo("starter_gone");
        assertThat(ended.getInteger("created")).isZero();
    }

    private Reply doneWhile(String taking, Maker maker, Deed deed) {
        return during(taking, maker, () -> maker.api().postLater(deed.path, deed.body()));
    }

    /** One that can be booked, each time of another day. */
    private static UUID meal() {
        var now = APP.clock().instant().atOffset(ZoneOffset.ofHours(8));
        return APP.staff("canteen-operator-1")
                .post(
                        "/v1/canteens/" + DemoStructure.canteen(1) + "/meals",
                        new JsonObject()
                                .put(
                                        "date",
                                        now.toLocalDate()
                                                .plusDays(10 + DAYS.incrementAndGet())
                                                .toString())
                                .put("period", "lunch")
                                .put("capacity", 10)
                                .put("bookingOpensAt", now.minusDays(1).toString())
                                .put("priceFen", 1200)
                                .put("dishes", new JsonArray())
                                .put("publish", true))
                .withStatus(201)
                .id();
    }

    private interface Call {
        CompletableFuture<Reply> send();
    }

    /** Sends it while the right is being taken away; it is gone once the call waits for that, or was answered anyway. */
    private Reply during(String taking, Maker maker, Call call) {
        var held = HeldTransaction.after(APP.database(), taking, district, maker.id());
        var reply = call.send();
        Eventually.until("it waits, or is done", () -> reply.isDone() || held.waiting() > 0);
        held.commit();
        return reply.join();
    }

    private Maker maker(String role, String place) {
        var name = username();
        var issued = desk.create("admin", name, grant(role, scope(place)))
                .withStatus(201)
                .json();
        return new Maker(UUID.fromString(issued.getString("id")), desk.activated(name, issued));
    }
}

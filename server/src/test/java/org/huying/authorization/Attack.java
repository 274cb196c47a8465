package org.huying.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Grant.Scope;
import org.huying.kernel.Role;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.jspecify.annotations.Nullable;

/** What a grid member could try, to have power over people who are not theirs to look after. */
final class Attack {
    static final JsonObject WHY = new JsonObject().put("reason", "上门核实");

    /** Of community 1. */
    final Api grid;
    /** Of communities 2 and 3. */
    final Api otherGrid;
    /** Of community 1, where nobody lives yet. */
    final UUID household;

    private final TestApp app;
    private final Accounts accounts;

    Attack(TestApp app) {
        this.app = app;
        accounts = new Accounts(app);
        grid = app.staff("grid-member-1");
        otherGrid = app.staff("grid-member-2");
        household = newHousehold();
    }

    UUID idOf(Api person) {
        return UUID.fromString(person.get("/v1/me").json().getString("id"));
    }

    UUID newHousehold() {
        var made = new JsonObject()
                .put("compoundId", DemoStructure.compound(1).toString())
                .put("address", "新 " + UUID.randomUUID());
        return grid.post("/v1/households", made).withStatus(201).id();
    }

    UUID elder(Api registrar, String name, @Nullable UUID home) {
        var elder = new JsonObject()
                .put("name", name)
                .put("birthDate", "1941-05-06")
                .put("birthDateVerified", true)
                .put("phone", "10066660001")
                .put("newPerson", true)
                .put("consentNote", "口头同意，女儿在场");
        if (home != null) {
            elder.put("householdId", home.toString());
        }
        return registrar.post("/v1/residents", elder).withStatus(201).id();
    }

    Reply enter(Api staff, UUID household, UUID resident) {
        var member = new JsonObject().put("role", "family").put("residentId", resident.toString());
        return staff.post("/v1/households/" + household + "/members", member);
    }

    Reply agree(Api who, Reply entered) {
        return who.post("/v1/households/" + household + "/members/" + entered.id() + "/approve");
    }

    JsonObject spot(UUID compound) {
        return new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("placeId", compound.toString())
                .put("description", Said.anew("门口路灯不亮"));
    }

    /** About a spot of community 1, each time another. */
    Reply reportFor(Api staff, UUID resident) {
        var report = spot(DemoStructure.compound(1))
                .put("description", "路灯不亮 " + UUID.randomUUID())
                .put("onBehalfOfId", resident.toString());
        return staff.post("/v1/tickets", report).withStatus(201);
    }

    Reply search(Api staff, String name) {
        return staff.post("/v1/residents/search", new JsonObject().put("query", name));
    }

    void assertHasNoPowerOver(Api staff, UUID resident, String name) {
        var path = "/v1/residents/" + resident;
        var mandate = new JsonObject()
                .put("grantorId", resident.toString())
                .put("scope", new JsonArray().add("ticket"))
                .put("consentNote", "口头同意");
        assertThat(staff.get(path).status()).isEqualTo(404);
        assertThat(staff.post(path + "/unmask", WHY).status()).isEqualTo(404);
        assertThat(staff.patch(path, new JsonObject().put("birthDateVerified", true))
                        .status())
                .isEqualTo(404);
        assertThat(staff.post(path + "/erase", WHY).status()).isEqualTo(404);
        assertThat(staff.get(path + "/acts").status()).isEqualTo(404);
        assertThat(staff.post("/v1/mandates", mandate).status()).isEqualTo(404);
        assertThat(staff.get("/v1/mandates?residentId=" + resident).status()).isEqualTo(404);
        assertThat(staff.post("/v1/bookings", lunch(1).put("dinerId", resident.toString()))
                        .status())
                .isEqualTo(403);
        assertThat(search(staff, name).items())
                .extracting(each -> each.getString("id"))
                .doesNotContain(resident.toString());
    }

    void assertLooksAfter(Api staff, UUID resident) {
        assertThat(staff.get("/v1/residents/" + resident).status()).isEqualTo(200);
        assertThat(staff.get("/v1/residents/" + resident + "/acts").status()).isEqualTo(200);
        assertThat(staff.post("/v1/residents/" + resident + "/unmask", WHY).status())
                .isEqualTo(200);
    }

    JsonObject lunch(int canteen) {
        var day = LocalDate.ofInstant(app.clock().instant(), Stage.ZONE).plusDays(2);
        return Meals.order(DemoStructure.meal(canteen, day, "lunch").toString());
    }

    List<String> requests(Api staff) {
        return staff.get("/v1/membership-requests?limit=100").withStatus(200).items().stream()
                .map(each -> each.getString("id"))
                .toList();
    }

    void sql(String statement, Object... values) {
        await(app.database().inTransaction(tx -> tx.preparedQuery(statement).execute(Tuple.from(values))));
    }

    Accounts.Account account(Role role, String place) {
        return accounts.of(DemoStructure.here(), role, Scope.PLACE, DemoStructure.place(place));
    }

    Api accountOf(Role role, String place) {
        return accounts.api(account(role, place));
    }

    Api api(Accounts.Account account) {
        return accounts.api(account);
    }
}

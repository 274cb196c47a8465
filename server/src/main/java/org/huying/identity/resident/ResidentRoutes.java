package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.Tidings;
import org.huying.identity.unmasking.Searches;
import org.huying.kernel.Role;
import org.huying.place.Places;

/** Registering and finding residents over HTTP. */
public final class ResidentRoutes implements Operations.Binder {
    private final Database database;
    private final Clock clock;
    private final ResidentService residents;
    private final Profiles profiles;
    private final Searches searches;

    public ResidentRoutes(
            Database database, FieldCipher cipher, Places places, Tidings tidings, Clock clock, Profiles profiles) {
        this.database = database;
        this.clock = clock;
        this.profiles = profiles;
        this.searches = new Searches(cipher, clock);
        this.residents = new ResidentService(places, new ResidentStore(cipher), tidings);
    }

    @Override
    public void bind(Operations operations) {
        operations.prepared("registerResident", Access.anyOf(Role.GRID_MEMBER), this::prepareRegistration);
        operations.query("findResidents", Access.anyOf(Role.GRID_MEMBER, Role.CANTEEN_OPERATOR), this::find);
        operations.query("searchResidents", Access.anyOf(Role.GRID_MEMBER, Role.CANTEEN_OPERATOR), this::search);
        operations.query("getResident", Access.signedIn(), this::get);
        operations.command("changeResident", Access.signedIn(), this::change);
        operations.command("unmaskResident", Access.signedIn(), this::unmask);
    }

    /**
     * Whether somebody is here is told as by a search, also by that nobody is: it is on record like one, as lastingly as the
     * answer, and bounded like one.
     */
    private Future<Operations.Command> prepareRegistration(Call call) {
        var asked = newResident(call.body());
        var alike = asked.isNewPerson()
                ? Future.succeededFuture(List.<Alike>of())
                : database.inTransaction(transaction -> searches.admit(transaction, call.caller())
                        .compose(admitted -> residents.alike(transaction, call.caller(), asked, clock.instant()))
                        .compose(found -> recorded(transaction, call, asked, found)));
        return alike.map(found -> {
            ResidentService.requireNobody(found);
            return this::register;
        });
    }

    private Future<List<Alike>> recorded(SqlConnection transaction, Call call, NewResident asked, List<Alike> found) {
        var phone = asked.phone();
        return searches.recordNewcomer(
                        transaction,
                        call.caller(),
                        phone == null || found.stream().anyMatch(Alike::byName) ? asked.name() : phone,
                        found(found.stream().map(Alike::match)))
                .map(found);
    }

    private Future<Answer> register(Call call, SqlConnection transaction) {
        var now = clock.instant();
        return residents
                .register(transaction, call.caller(), newResident(call.body()), now)
                .map(Answer::created);
    }

    private Future<Answer> find(Call call) {
        return find(call, call.requiredText("query"));
    }

    private Future<Answer> search(Call call) {
        return find(call, call.body().getString("query"));
    }

    private Future<Answer> find(Call call, String query) {
        return database.inTransaction(transaction -> searches.admit(transaction, call.caller())
                        .compose(admitted ->
                                residents.find(transaction, call.caller(), query, call.cursor(), call.limit()))
                        .compose(
                                page -> searches.record(transaction, call.caller(), query, found(page.items().stream()))
                                        .map(page)))
                .map(Answer::ok);
    }

    private static List<Searches.Found> found(Stream<ResidentMatch> matches) {
        return matches.map(each -> new Searches.Found(each.id(), each.compoundId()))
                .toList();
    }

    private Future<Answer> get(Call call) {
        return database.read(client -> profiles.get(client, call.caller(), call.id("residentId")))
                .map(Answer::ok);
    }

    private Future<Answer> change(Call call, SqlConnection transaction) {
        return profiles.change(
                        transaction,
                        call.caller(),
                        call.id("residentId"),
                        residentChange(call.body()),
                        call.body().getInteger("version"))
                .map(Answer::ok);
    }

    private Future<Answer> unmask(Call call, SqlConnection transaction) {
        return profiles.unmask(
                        transaction,
                        call.caller(),
                        call.id("residentId"),
                        call.body().getString("reason"))
                .map(Answer::ok);
    }

    private static ResidentChange residentChange(JsonObject body) {
        var name = body.getString("name");
        var birthDate = body.getString("birthDate");
        return new ResidentChange(
                name == null ? null : name.strip(),
                body.getString("phone"),
                birthDate == null ? null : LocalDate.parse(birthDate),
                body.getBoolean("birthDateVerified"));
    }

    private static NewResident newResident(JsonObject body) {
        var household = body.getString("householdId");
        return new NewResident(
                body.getString("name").strip(),
                LocalDate.parse(body.getString("birthDate")),
                body.getBoolean("birthDateVerified"),
                household == null ? null : UUID.fromString(household),
                body.getString("phone"),
                body.getString("consentNote"),
                body.getBoolean("newPerson", false));
    }
}

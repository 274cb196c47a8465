package org.huying.place.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Role;
import org.huying.place.Places;

/** Organizations, their contracts and whom they serve, over HTTP. */
public final class OrganizationRoutes implements Operations.Binder {
    private final Database database;
    private final OrganizationService organizations;
    private final ServiceAreaService areas;

    /** @param uses who else names an organization for good */
    public OrganizationRoutes(Database database, Places places, Uses uses, ServiceItemCodes items) {
        this.database = database;
        var tree = new TreeStore();
        this.organizations = new OrganizationService(places, tree, new OrganizationStore(), uses);
        this.areas = new ServiceAreaService(places, tree, organizations, new ServiceAreaStore(), items);
    }

    @Override
    public void bind(Operations operations) {
        operations.query("listOrganizations", Access.signedIn(), this::list);
        operations.query("getOrganization", Access.signedIn(), this::get);
        operations.command("createOrganization", Access.anyOf(Role.ADMIN), this::create);
        operations.command("changeOrganization", Access.signedIn(), this::change);
        operations.command("deleteOrganization", Access.signedIn(), this::delete);
        operations.query("listContracts", Access.signedIn(), this::listContracts);
        operations.command("addContract", Access.signedIn(), this::addContract);
        operations.command("endContract", Access.signedIn(), this::endContract);
        operations.query("listServiceAreas", Access.signedIn(), this::listAreas);
        operations.command("createServiceArea", Access.anyOf(Role.ADMIN), this::createArea);
        operations.command("deleteServiceArea", Access.signedIn(), this::deleteArea);
    }

    private Future<Answer> list(Call call) {
        return database.read(client ->
                        organizations.list(client, call.caller(), call.text("kind"), call.cursor(), call.limit()))
                .map(page -> Answer.ok(page.map(OrganizationView::of)));
    }

    private Future<Answer> get(Call call) {
        return database.read(client -> organizations.get(client, call.caller().districtId(), call.id("organizationId")))
                .map(found -> Answer.ok(OrganizationView.of(found)));
    }

    private Future<Answer> create(Call call, SqlConnection transaction) {
        return organizations
                .create(transaction, call.caller(), call.body().getString("kind"), name(call))
                .map(made -> Answer.created(OrganizationView.of(made)));
    }

    private Future<Answer> change(Call call, SqlConnection transaction) {
        return organizations
                .rename(
                        transaction,
                        call.caller(),
                        call.id("organizationId"),
                        call.body().getInteger("version"),
                        name(call))
                .map(renamed -> Answer.ok(OrganizationView.of(renamed)));
    }

    private Future<Answer> delete(Call call, SqlConnection transaction) {
        return organizations
                .delete(transaction, call.caller(), call.id("organizationId"))
                .map(done -> Answer.noContent());
    }

    private Future<Answer> listContracts(Call call) {
        return database.read(client -> organizations.contracts(
                        client, call.caller(), call.id("organizationId"), call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> addContract(Call call, SqlConnection transaction) {
        return organizations
                .addContract(transaction, call.caller(), call.id("organizationId"), call.id("cooperativeId"))
                .map(Answer::ok);
    }

    private Future<Answer> endContract(Call call, SqlConnection transaction) {
        return organizations
                .endContract(transaction, call.caller(), call.id("organizationId"), call.id("cooperativeId"))
                .map(done -> Answer.noContent());
    }

    private Future<Answer> listAreas(Call call) {
        return database.read(client -> areas.list(
                        client,
                        call.caller(),
                        call.optionalId("placeId"),
                        call.optionalId("organizationId"),
                        call.cursor(),
                        call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> createArea(Call call, SqlConnection transaction) {
        var body = call.body();
        return areas.create(
                        transaction,
                        call.caller(),
                        UUID.fromString(body.getString("placeId")),
                        UUID.fromString(body.getString("organizationId")),
                        body.getString("serviceItemCode"))
                .map(Answer::created);
    }

    private Future<Answer> deleteArea(Call call, SqlConnection transaction) {
        return areas.delete(transaction, call.caller(), call.id("serviceAreaId"))
                .map(done -> Answer.noContent());
    }

    private static String name(Call call) {
        return call.body().getString("name").strip();
    }
}

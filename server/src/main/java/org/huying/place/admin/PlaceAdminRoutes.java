package org.huying.place.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Role;
import org.huying.place.PlaceView;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Changing the tree of places over HTTP. */
public final class PlaceAdminRoutes implements Operations.Binder {
    private final TreeService service;

    /**
     * @param placeUses        who else names a place for good
     * @param organizationUses who else names an organization for good
     */
    public PlaceAdminRoutes(Places places, Uses placeUses, Uses organizationUses) {
        this.service = new TreeService(places, new TreeStore(), new OrganizationStore(), placeUses, organizationUses);
    }

    @Override
    public void bind(Operations operations) {
        operations.command("createPlace", Access.anyOf(Role.ADMIN), this::create);
        operations.command("changePlace", Access.signedIn(), this::change);
        operations.command("deletePlace", Access.signedIn(), this::delete);
    }

    private Future<Answer> create(Call call, SqlConnection transaction) {
        return service.create(transaction, call.caller(), newPlace(call.body()))
                .map(place -> Answer.created(PlaceView.of(place)));
    }

    private Future<Answer> change(Call call, SqlConnection transaction) {
        var parentId = call.body().getString("parentId");
        var change = new PlaceChange(
                call.body().getInteger("version"),
                stripped(call.body(), "name"),
                parentId == null ? null : UUID.fromString(parentId));
        return service.change(transaction, call.caller(), call.id("placeId"), change)
                .map(place -> Answer.ok(PlaceView.of(place)));
    }

    private Future<Answer> delete(Call call, SqlConnection transaction) {
        return service.delete(transaction, call.caller(), call.id("placeId")).map(done -> Answer.noContent());
    }

    private static NewPlace newPlace(JsonObject body) {
        return new NewPlace(
                body.getString("level"),
                body.getString("kind"),
                UUID.fromString(body.getString("parentId")),
                body.getString("name").strip(),
                stripped(body, "officeName"));
    }

    private static @Nullable String stripped(JsonObject body, String field) {
        var text = body.getString(field);
        return text == null ? null : text.strip();
    }
}

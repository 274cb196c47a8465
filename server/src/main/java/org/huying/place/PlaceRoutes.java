package org.huying.place;

import io.vertx.core.Future;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;

/** Places over HTTP. */
public final class PlaceRoutes implements Operations.Binder {
    private final Database database;
    private final Places places;

    public PlaceRoutes(Database database, Places places) {
        this.database = database;
        this.places = places;
    }

    /** A district as everybody may see it. */
    record DistrictView(UUID id, String name) {
        static DistrictView of(District district) {
            return new DistrictView(district.id(), district.name());
        }
    }

    @Override
    public void bind(Operations operations) {
        operations.query("listPublicDistricts", Access.anyone(), this::districts);
        operations.query("listPlaces", Access.signedIn(), this::list);
        operations.query("getPlace", Access.signedIn(), this::get);
    }

    private Future<Answer> districts(Call call) {
        return database.read(client -> places.districts(client, call.limit(), call.cursor()))
                .map(page -> Answer.ok(page.map(DistrictView::of)));
    }

    private Future<Answer> list(Call call) {
        var districtId = call.caller().districtId();
        return database.read(client ->
                        places.list(client, districtId, call.optionalId("parentId"), call.limit(), call.cursor()))
                .map(page -> Answer.ok(page.map(PlaceView::of)));
    }

    private Future<Answer> get(Call call) {
        var districtId = call.caller().districtId();
        return database.read(client -> places.get(client, districtId, call.id("placeId")))
                .map(place -> Answer.ok(PlaceView.of(place)));
    }
}

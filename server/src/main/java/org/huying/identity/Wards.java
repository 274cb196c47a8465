package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Role;
import org.huying.place.Places;

/** Whom a grid member looks after: the people who live in their place, and those whom they registered. */
public final class Wards {
    private final Places places;
    private final People people;

    public Wards(Places places, People people) {
        this.places = places;
        this.people = people;
    }

    /** Whether the caller meets residents of the whole district: so each is in their sight, if not theirs to deal with. */
    public static boolean meetsEverybody(Caller caller) {
        return caller.is(Role.ADMIN, Role.CANTEEN_OPERATOR);
    }

    /** Whether the caller looks after the resident. */
    public Future<Boolean> has(SqlClient client, Caller caller, UUID residentId) {
        if (!caller.is(Role.GRID_MEMBER)) {
            return Future.succeededFuture(false);
        }
        return places.homesOf(client, caller.districtId(), residentId).compose(homes -> {
            var livesThere = homes.stream().anyMatch(home -> caller.covers(Role.GRID_MEMBER, home.path()));
            return livesThere
                    ? Future.succeededFuture(true)
                    : people.registrarOf(client, caller.districtId(), residentId)
                            .map(registrar ->
                                    registrar.filter(caller.personId()::equals).isPresent());
        });
    }
}

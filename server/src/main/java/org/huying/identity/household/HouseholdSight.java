package org.huying.identity.household;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.place.Organization;
import org.huying.place.Place;
import org.huying.place.Places;

/** What a caller is to a household, and to the compound that it lies in. */
final class HouseholdSight {
    /** @param sees as a member or as staff of the place */
    record Standing(boolean isMember, boolean isGridMember, boolean approves, boolean sees) {
        boolean knowsNames() {
            return isMember || approves;
        }
    }

    private final Places places;

    HouseholdSight(Places places) {
        this.places = places;
    }

    Future<Standing> of(SqlClient client, Caller caller, HouseholdView household) {
        if (caller.isResident()) {
            return places.approvedMembers(client, caller.districtId(), household.id())
                    .map(members -> members.contains(caller.personId()))
                    .map(member -> new Standing(member, false, false, member));
        }
        return places.get(client, caller.districtId(), household.compoundId())
                .compose(compound -> ofCompound(client, caller, compound));
    }

    /** The same, or a refusal as if the household were not there. */
    Future<Standing> required(SqlClient client, Caller caller, HouseholdView household) {
        return of(client, caller, household).map(standing -> {
            if (!standing.sees()) {
                throw Refusal.notFound();
            }
            return standing;
        });
    }

    /** Of staff. */
    Future<Standing> ofCompound(SqlClient client, Caller caller, Place compound) {
        var isGridMember = caller.covers(Role.GRID_MEMBER, compound.path());
        var watches = caller.covers(Role.HOTLINE_AGENT, compound.path())
                || caller.covers(Role.SUPERVISOR, compound.path())
                || caller.covers(Role.ADMIN, compound.path());
        return places.generallyServing(client, caller.districtId(), compound).map(serving -> {
            var approves = isGridMember || dispatchesFor(caller, serving);
            return new Standing(false, isGridMember, approves, approves || watches);
        });
    }

    private static boolean dispatchesFor(Caller caller, Organization serving) {
        UUID office = serving.officePlaceId();
        return caller.holds(Role.DISPATCHER, serving.id()) || (office != null && caller.holds(Role.SUPERVISOR, office));
    }
}

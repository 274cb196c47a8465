package org.huying.identity.staff;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.identity.CanteenNames;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Grant;
import org.huying.kernel.Role;
import org.huying.place.Organization;
import org.huying.place.Place;
import org.huying.place.Places;

/** The places, organizations and canteens that roles are held for. */
final class Scopes {
    private static final String TOP_LEVEL = "district";

    private final Places places;
    private final CanteenNames canteens;

    Scopes(Places places, CanteenNames canteens) {
        this.places = places;
        this.canteens = canteens;
    }

    /** @param path from the district down to a place; of anything else itself alone */
    private record Scope(Grant.Scope kind, List<UUID> path, boolean isTop) {}

    /** Names by id; what does not exist any more is left out. */
    Future<Map<UUID, String>> names(SqlClient client, UUID districtId, Collection<Grant> grants) {
        var ids = grants.stream().map(Grant::scopeId).distinct().toList();
        var names = new HashMap<UUID, String>();
        return places.places(client, districtId, ids)
                .compose(found -> {
                    found.forEach((id, place) -> names.put(id, place.name()));
                    return places.organizations(client, districtId, ids);
                })
                .compose(found -> {
                    found.forEach((id, organization) -> names.put(id, organization.name()));
                    return canteens.names(client, districtId, ids);
                })
                .map(found -> {
                    names.putAll(found);
                    return names;
                });
    }

    /** What was asked for as grants; refuses with everything that is wrong with any of them. */
    Future<List<Grant>> resolve(SqlClient client, UUID districtId, Authority authority, List<AskedGrant> asked) {
        var ids = asked.stream().map(AskedGrant::scopeId).distinct().toList();
        return find(client, districtId, ids).map(found -> {
            var faults = new ArrayList<Fault>();
            var seen = new HashSet<AskedGrant>();
            for (int i = 0; i < asked.size(); i++) {
                if (seen.add(asked.get(i))) {
                    check(authority, asked.get(i), found, "/grants/" + i, faults);
                } else {
                    faults.add(new Fault("/grants/" + i, "grant_repeated"));
                }
            }
            Faults.refuse(faults);
            return asked.stream()
                    .map(each -> new Grant(each.role(), kindOf(each.role()), each.scopeId()))
                    .toList();
        });
    }

    private static void check(
            Authority authority, AskedGrant asked, Map<UUID, Scope> found, String pointer, List<Fault> faults) {
        var scope = found.get(asked.scopeId());
        if (scope == null) {
            faults.add(new Fault(pointer + "/scopeId", "scope_unknown"));
        } else if (scope.kind() != kindOf(asked.role()) || (asked.role() == Role.ADMIN && !scope.isTop())) {
            faults.add(new Fault(pointer + "/scopeId", "scope_unfit"));
        } else if (!authority.isAbove(asked.role(), scope.path())) {
            faults.add(new Fault(pointer, "grant_not_yours"));
        }
    }

    private Future<Map<UUID, Scope>> find(SqlClient client, UUID districtId, List<UUID> ids) {
        var scopes = new HashMap<UUID, Scope>();
        return places.places(client, districtId, ids)
                .compose(found -> {
                    found.forEach((id, place) -> scopes.put(id, scope(place)));
                    return places.organizations(client, districtId, ids);
                })
                .compose(found -> {
                    found.forEach((id, organization) -> scopes.put(id, scope(organization)));
                    return canteens.names(client, districtId, ids);
                })
                .map(found -> {
                    found.keySet().forEach(id -> scopes.put(id, new Scope(Grant.Scope.CANTEEN, List.of(id), false)));
                    return scopes;
                });
    }

    private static Scope scope(Place place) {
        return new Scope(Grant.Scope.PLACE, place.path(), place.level().equals(TOP_LEVEL));
    }

    private static Scope scope(Organization organization) {
        return new Scope(Grant.Scope.ORGANIZATION, List.of(organization.id()), false);
    }

    private static Grant.Scope kindOf(Role role) {
        return switch (role) {
            case ADMIN, SUPERVISOR, GRID_MEMBER, HOTLINE_AGENT -> Grant.Scope.PLACE;
            case DISPATCHER, WORKER -> Grant.Scope.ORGANIZATION;
            case CANTEEN_OPERATOR -> Grant.Scope.CANTEEN;
            case RESIDENT -> throw new IllegalArgumentException("nobody is granted to be a resident");
        };
    }
}

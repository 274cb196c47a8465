package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.place.Places;

/** Finds out whom and where a caller stands for. */
final class Viewers {
    private final Places places;
    private final People people;

    Viewers(Places places, People people) {
        this.places = places;
        this.people = people;
    }

    /** For staff, everything is in their grants. */
    Future<Viewer> of(SqlClient client, Caller caller) {
        if (!caller.isResident()) {
            return Future.succeededFuture(new Viewer(caller, Set.of(caller.personId()), Map.of(), Set.of()));
        }
        var mandators = people.mandatorsOf(client, caller.districtId(), caller.personId(), People.MandateScope.TICKET);
        var memberships = places.membershipsOf(client, caller.districtId(), caller.personId())
                .map(all ->
                        all.stream().filter(m -> m.status().equals("approved")).toList());
        return Future.all(mandators, memberships)
                .compose(done -> Future.all(
                        householdsOf(client, caller, mandators.result()), homeOf(client, caller, memberships.result())))
                .map(done -> {
                    Map<UUID, UUID> households = new HashMap<>(done.<Map<UUID, UUID>>resultAt(0));
                    memberships.result().forEach(m -> households.put(m.householdId(), caller.personId()));
                    var persons = new HashSet<>(mandators.result());
                    persons.add(caller.personId());
                    return new Viewer(caller, persons, households, done.resultAt(1));
                });
    }

    /** Organizations in which the caller is staff, offices of their places included. */
    Future<Set<UUID>> organizationsOf(SqlClient client, Caller caller) {
        var own = caller.grants().stream()
                .filter(Standing::isOfOrganization)
                .map(grant -> grant.scopeId())
                .collect(Collectors.toSet());
        var offices = caller.grants().stream()
                .filter(Standing::isOfOffice)
                .map(grant -> places.officeOf(client, caller.districtId(), grant.scopeId()))
                .toList();
        return Future.all(offices).map(done -> {
            offices.forEach(office -> office.result().ifPresent(found -> own.add(found.id())));
            return own;
        });
    }

    private Future<Map<UUID, UUID>> householdsOf(SqlClient client, Caller caller, List<UUID> mandators) {
        var lookups = mandators.stream()
                .map(mandator -> places.approvedHouseholdsOf(client, caller.districtId(), mandator))
                .toList();
        return Future.all(lookups).map(done -> {
            var households = new HashMap<UUID, UUID>();
            for (var i = 0; i < mandators.size(); i++) {
                var mandator = mandators.get(i);
                lookups.get(i).result().forEach(household -> households.put(household, mandator));
            }
            return households;
        });
    }

    private Future<Set<UUID>> homeOf(SqlClient client, Caller caller, List<Places.Membership> memberships) {
        var lookups = memberships.stream()
                .map(Places.Membership::compoundId)
                .distinct()
                .map(compound -> places.get(client, caller.districtId(), compound))
                .toList();
        return Future.all(lookups).map(done -> {
            var home = new ArrayList<UUID>();
            lookups.forEach(place -> home.addAll(place.result().path()));
            return Set.copyOf(home);
        });
    }
}

package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.place.Place;
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
            return Future.succeededFuture(
                    new Viewer(caller, Set.of(caller.personId()), Set.of(caller.personId()), List.of(), Set.of()));
        }
        var own = people.selvesOf(client, caller.districtId(), List.of(caller.personId()));
        var represented = people.mandatorsOf(client, caller.districtId(), caller.personId(), People.MandateScope.TICKET)
                .compose(mandators -> people.selvesOf(client, caller.districtId(), mandators));
        return Future.all(own, represented).compose(both -> {
            var selves = Set.copyOf(own.result());
            var persons = new HashSet<>(represented.result());
            persons.addAll(selves);
            var residences = places.residencesOf(client, caller.districtId(), persons);
            var homes = places.homesOf(client, caller.districtId(), caller.personId());
            return Future.all(residences, homes)
                    .map(done -> new Viewer(caller, selves, persons, residences.result(), pathsOf(homes.result())));
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

    private static Set<UUID> pathsOf(List<Place> homes) {
        return homes.stream().flatMap(home -> home.path().stream()).collect(Collectors.toSet());
    }
}

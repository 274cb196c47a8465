package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.identity.People;
import org.huying.kernel.Role;
import org.huying.place.Organization;
import org.huying.place.Place;
import org.huying.place.Places;
import org.huying.ticket.catalogue.ServiceItem;

/** Where tickets go: to which organization, one level up, and which of its people. */
final class Routing {
    private static final Set<String> MAY_BE_RESPONSIBLE = Set.of("firm", "office", "department");

    /** The community's place in a path that begins with district and town. */
    private static final int COMMUNITY_LEVEL = 2;

    private final Places places;
    private final People people;

    Routing(Places places, People people) {
        this.places = places;
        this.people = people;
    }

    Future<Organization> responsibleFor(SqlClient client, UUID districtId, Place place, ServiceItem item) {
        return places.responsibleFor(client, districtId, place, item.code());
    }

    Future<Organization> gridFor(SqlClient client, UUID districtId, Place place, ServiceItem item) {
        return places.gridFor(client, districtId, place, item.code());
    }

    /** The organizations that tickets name, by id. */
    Future<Map<UUID, Organization>> organizationsOf(SqlClient client, UUID districtId, Stream<TicketState> tickets) {
        var ids = tickets.flatMap(ticket -> Stream.concat(
                        Stream.of(ticket.responsibleOrgId), Optional.ofNullable(ticket.firstOwnerId).stream()))
                .collect(Collectors.toSet());
        return places.organizations(client, districtId, ids);
    }

    /** One that a ticket names. */
    Future<Organization> organization(SqlClient client, UUID districtId, UUID organizationId) {
        return places.organization(client, districtId, organizationId).map(Optional::orElseThrow);
    }

    /** Who may be handed a ticket. */
    Future<Optional<Organization>> possibleTarget(SqlClient client, UUID districtId, UUID organizationId) {
        return places.organization(client, districtId, organizationId)
                .map(found -> found.filter(organization -> MAY_BE_RESPONSIBLE.contains(organization.kind())));
    }

    /** The office one level above the one responsible; a firm or department stands below the community's. */
    Future<Organization> oneLevelUp(SqlClient client, UUID districtId, TicketState ticket, Organization responsible) {
        var path = ticket.origin.placePath();
        var level = responsible.officePlaceId() == null ? -1 : path.indexOf(responsible.officePlaceId());
        var above = level < 0 ? Math.min(COMMUNITY_LEVEL, path.size() - 1) : level - 1;
        return firstOffice(client, districtId, path, above);
    }

    private Future<Organization> firstOffice(SqlClient client, UUID districtId, List<UUID> path, int level) {
        if (level < 0) {
            return Future.failedFuture(new IllegalStateException("a district without an office"));
        }
        return places.officeOf(client, districtId, path.get(level))
                .compose(office -> office.map(Future::succeededFuture)
                        .orElseGet(() -> firstOffice(client, districtId, path, level - 1)));
    }

    /**
     * The organization for which somebody may work on a ticket of the responsible one: that itself, or a cooperative
     * contracted to it; at an office, the grid members of its place and below are its workers.
     */
    Future<Optional<UUID>> workplaceOf(SqlClient client, UUID districtId, UUID personId, Organization responsible) {
        var office = responsible.officePlaceId();
        if (office != null) {
            return people.scopesOf(client, districtId, personId, Role.GRID_MEMBER.code())
                    .compose(scopes -> anyWithin(client, districtId, scopes, office))
                    .map(within -> within ? Optional.of(responsible.id()) : Optional.<UUID>empty());
        }
        return people.scopesOf(client, districtId, personId, Role.WORKER.code())
                .compose(scopes -> scopes.contains(responsible.id())
                        ? Future.succeededFuture(Optional.of(responsible.id()))
                        : contracted(client, districtId, responsible.id(), scopes));
    }

    private Future<Boolean> anyWithin(SqlClient client, UUID districtId, List<UUID> scopes, UUID officePlace) {
        var found = scopes.stream()
                .map(scope -> places.find(client, districtId, scope))
                .toList();
        return Future.all(found)
                .map(done -> found.stream()
                        .flatMap(place -> place.result().stream())
                        .anyMatch(place -> place.path().contains(officePlace)));
    }

    private Future<Optional<UUID>> contracted(
            SqlClient client, UUID districtId, UUID responsibleId, List<UUID> organizations) {
        var checks = organizations.stream()
                .map(each -> places.isContracted(client, districtId, responsibleId, each)
                        .map(yes -> yes ? Optional.of(each) : Optional.<UUID>empty()))
                .toList();
        return Future.all(checks)
                .map(done -> checks.stream()
                        .flatMap(check -> check.result().stream())
                        .findFirst());
    }
}

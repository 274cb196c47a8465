package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Masked;
import org.huying.kernel.Refusal;
import org.huying.place.Organization;
import org.huying.place.Place;
import org.huying.place.Places;

/** Who the caller is and what they may act for. */
final class MeService {
    private final Places places;
    private final CanteenNames canteens;
    private final People people;

    MeService(FieldCipher cipher, Places places, CanteenNames canteens) {
        this.places = places;
        this.canteens = canteens;
        this.people = new People(cipher);
    }

    Future<Me> me(SqlClient client, Caller caller) {
        var scopes = scopes(client, caller);
        var households = households(client, caller);
        var mandates = HeldMandate.of(client, caller.districtId(), caller.personId());
        var own = own(client, caller);
        return Future.all(scopes, households, mandates, own)
                .compose(all -> names(client, caller, mandates.result()))
                .map(names -> new Me(
                        caller.personId(),
                        caller.kind().code(),
                        // only somebody whose name was erased a moment ago has none
                        Optional.ofNullable(names.get(caller.personId())).orElseThrow(Refusal::notFound),
                        own.result().map(Resident::phone).map(Masked::phone).orElse(null),
                        own.result().map(Resident::birthDate).orElse(null),
                        own.result().map(Resident::birthDateVerified).orElse(false),
                        Principal.codes(caller.roles()),
                        scopes.result(),
                        households.result(),
                        mandates.result().stream()
                                .map(mandate -> view(mandate, names))
                                .toList()));
    }

    /** Nothing for staff, who may be residents somewhere else. */
    private Future<Optional<Resident>> own(SqlClient client, Caller caller) {
        return caller.isResident()
                ? people.resident(client, caller.districtId(), caller.personId())
                : Future.succeededFuture(Optional.empty());
    }

    private Future<Map<UUID, String>> names(SqlClient client, Caller caller, List<HeldMandate> mandates) {
        var ids = Stream.concat(Stream.of(caller.personId()), mandates.stream().flatMap(HeldMandate::people));
        return people.names(client, caller.districtId(), ids.distinct().toList());
    }

    private Future<List<Me.Household>> households(SqlClient client, Caller caller) {
        return places.membershipsOf(client, caller.districtId(), caller.personId())
                .map(memberships -> memberships.stream()
                        .map(m -> new Me.Household(
                                m.householdId(), m.id(), m.status(), m.awaits(), m.role(), m.compoundId(), m.address()))
                        .toList());
    }

    private Future<List<Me.Scope>> scopes(SqlClient client, Caller caller) {
        if (caller.grants().isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        var names = new HashMap<UUID, String>();
        var ofPlaces = places.places(client, caller.districtId(), ids(caller, Grant.Scope.PLACE))
                .map(found -> collect(found, Place::name, names));
        var ofOrganizations = places.organizations(client, caller.districtId(), ids(caller, Grant.Scope.ORGANIZATION))
                .map(found -> collect(found, Organization::name, names));
        var ofCanteens = canteens.names(client, caller.districtId(), ids(caller, Grant.Scope.CANTEEN))
                .map(found -> collect(found, name -> name, names));
        return Future.all(ofPlaces, ofOrganizations, ofCanteens)
                .map(all -> caller.grants().stream()
                        .map(grant -> new Me.Scope(
                                grant.role().code(),
                                grant.scope().name().toLowerCase(Locale.ROOT),
                                grant.scopeId(),
                                names.get(grant.scopeId())))
                        .toList());
    }

    private static List<UUID> ids(Caller caller, Grant.Scope scope) {
        return caller.grants().stream()
                .filter(grant -> grant.scope() == scope)
                .map(Grant::scopeId)
                .distinct()
                .toList();
    }

    /** Ids are unique over all kinds of scope. The futures complete on one event loop, so one map takes all names. */
    private static <T> int collect(Map<UUID, T> found, Function<T, String> name, Map<UUID, String> names) {
        found.forEach((id, value) -> names.put(id, name.apply(value)));
        return found.size();
    }

    private static Me.Mandate view(HeldMandate mandate, Map<UUID, String> names) {
        var scope = Stream.of(mandate.forBooking() ? "booking" : null, mandate.forTicket() ? "ticket" : null)
                .filter(Objects::nonNull)
                .toList();
        return new Me.Mandate(
                mandate.id(),
                mandate.status(),
                scope,
                named(mandate.grantorId(), names),
                mandate.proxyId() == null ? null : named(mandate.proxyId(), names),
                mandate.until());
    }

    private static Me.Named named(UUID id, Map<UUID, String> names) {
        return new Me.Named(id, names.getOrDefault(id, "—"));
    }
}

package org.huying.place;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** What other features may ask about places, organizations and households. Reads only, on the client given. */
public final class Places {
    /**
     * A resident's standing in a household.
     *
     * @param enteredById who entered it for them; null where they asked themselves
     */
    public record Membership(
            UUID id,
            @Nullable UUID enteredById,
            UUID householdId,
            String status,
            String role,
            UUID compoundId,
            String address) {
        /** What it waits for: the place's {@code approval} or the resident's own {@code consent}; null where it holds. */
        public @Nullable String awaits() {
            if (status.equals("approved")) {
                return null;
            }
            return enteredById == null ? "approval" : "consent";
        }
    }

    /** A resident's belonging to a household, approved, from an instant on. Who left and came back begins anew. */
    public record Residence(UUID residentId, UUID householdId, Instant since) {}

    private final FieldCipher cipher;
    private final Map<UUID, ZoneId> zones = new ConcurrentHashMap<>();

    public Places(FieldCipher cipher) {
        this.cipher = cipher;
    }

    public Future<Optional<Place>> find(SqlClient client, UUID districtId, UUID placeId) {
        return first(client, PlaceSql.FIND_PLACE, Tuple.of(districtId, placeId), Place::from);
    }

    /** The place, or a refusal that says there is none. */
    public Future<Place> get(SqlClient client, UUID districtId, UUID placeId) {
        return find(client, districtId, placeId).map(found -> found.orElseThrow(Refusal::notFound));
    }

    /**
     * The same, and it stays where it is until the transaction has ended: for what keeps the path for good. Without that,
     * a place of the path could be gone by the time that this is committed.
     */
    public Future<Place> hold(SqlClient transaction, UUID districtId, UUID placeId) {
        return first(transaction, PlaceSql.HOLD_PLACE, Tuple.of(districtId, placeId), Place::from)
                .map(found -> found.orElseThrow(Refusal::notFound));
    }

    /** The ids of the place and of all below it; none for a place that is unknown. */
    public Future<List<UUID>> below(SqlClient client, UUID districtId, UUID placeId) {
        return client.preparedQuery(PlaceSql.PLACES_BELOW)
                .execute(Tuple.of(districtId, placeId))
                .map(Rows.list(row -> row.getUUID("id")));
    }

    /** Those of the ids that exist, by id. */
    public Future<Map<UUID, Place>> places(SqlClient client, UUID districtId, Collection<UUID> ids) {
        return client.preparedQuery(PlaceSql.PLACES)
                .execute(Tuple.of(districtId, (Object) ids.toArray(UUID[]::new)))
                .map(rows ->
                        Rows.stream(rows).map(Place::from).collect(Collectors.toUnmodifiableMap(Place::id, p -> p)));
    }

    /** From the top down, then by name; below {@code parentId} only, where one is given. */
    Future<Page<Place>> list(
            SqlClient client, UUID districtId, @Nullable UUID parentId, int limit, @Nullable Cursor after) {
        var values = Tuple.of(
                districtId,
                parentId,
                after == null ? null : after.integer(0),
                after == null ? null : after.text(1),
                after == null ? null : after.uuid(2),
                limit + 1);
        return client.preparedQuery(PlaceSql.LIST_PLACES)
                .execute(values)
                .map(rows -> Page.of(
                        Rows.stream(rows).map(Place::from).toList(),
                        limit,
                        place -> List.of(
                                String.valueOf(place.path().size()),
                                place.name(),
                                place.id().toString())));
    }

    public Future<Optional<Organization>> organization(SqlClient client, UUID districtId, UUID organizationId) {
        return first(client, PlaceSql.FIND_ORGANIZATION, Tuple.of(districtId, organizationId), Organization::from);
    }

    /** Those of the ids that exist, by id. */
    public Future<Map<UUID, Organization>> organizations(SqlClient client, UUID districtId, Collection<UUID> ids) {
        return client.preparedQuery(PlaceSql.ORGANIZATIONS)
                .execute(Tuple.of(districtId, (Object) ids.toArray(UUID[]::new)))
                .map(rows -> Rows.stream(rows)
                        .map(Organization::from)
                        .collect(Collectors.toUnmodifiableMap(Organization::id, o -> o)));
    }

    public Future<Optional<Organization>> officeOf(SqlClient client, UUID districtId, UUID placeId) {
        return first(client, PlaceSql.OFFICE_OF, Tuple.of(districtId, placeId), Organization::from);
    }

    /**
     * Who is responsible for an item at a place: the nearest service area up the tree, else the office of the community
     * (or of the place itself, above that level).
     */
    public Future<Organization> responsibleFor(SqlClient client, UUID districtId, Place place, String itemCode) {
        return serving(client, districtId, place, itemCode, false);
    }

    /** An organization that serves a compound, for whatever item. */
    public record Served(UUID organizationId, UUID compoundId) {}

    /** As everybody can know it. */
    public Future<List<Served>> services(SqlClient client, UUID districtId) {
        return client.preparedQuery(PlaceSql.WHO_SERVES)
                .execute(Tuple.of(districtId))
                .map(Rows.list(row -> new Served(row.getUUID("organization_id"), row.getUUID("compound_id"))));
    }

    /** Who serves a place in general: by the service area for all items, else the community's office. */
    public Future<Organization> generallyServing(SqlClient client, UUID districtId, Place place) {
        return serving(client, districtId, place, null, false);
    }

    /** Who is responsible for what is the grid's affair: the community's office, unless somebody serves just this item. */
    public Future<Organization> gridFor(SqlClient client, UUID districtId, Place place, String itemCode) {
        return serving(client, districtId, place, itemCode, true);
    }

    private Future<Organization> serving(
            SqlClient client, UUID districtId, Place place, @Nullable String itemCode, boolean justThis) {
        var path = place.path().toArray(UUID[]::new);
        return first(client, PlaceSql.SERVING, Tuple.of(districtId, path, itemCode, justThis), Organization::from)
                .compose(serving -> serving.map(Future::succeededFuture)
                        .orElseGet(() ->
                                officeOf(client, districtId, officeLevel(place)).map(Optional::orElseThrow)));
    }

    /** Whether the cooperative works under contract for the organization. */
    public Future<Boolean> isContracted(SqlClient client, UUID districtId, UUID organizationId, UUID cooperativeId) {
        return first(
                        client,
                        PlaceSql.IS_CONTRACTED,
                        Tuple.of(districtId, organizationId, cooperativeId),
                        row -> row.getBoolean("found"))
                .map(Optional::orElseThrow);
    }

    public Future<Optional<Household>> household(SqlClient client, UUID districtId, UUID householdId) {
        return first(
                client,
                PlaceSql.FIND_HOUSEHOLD,
                Tuple.of(districtId, householdId),
                row -> new Household(row.getUUID("id"), row.getUUID("compound_id"), address(row)));
    }

    /** The households that the resident belongs to, approved. */
    public Future<List<UUID>> approvedHouseholdsOf(SqlClient client, UUID districtId, UUID residentId) {
        return client.preparedQuery(PlaceSql.APPROVED_HOUSEHOLDS_OF)
                .execute(Tuple.of(districtId, residentId))
                .map(rows -> Rows.stream(rows)
                        .map(row -> row.getUUID("household_id"))
                        .toList());
    }

    /** Where these residents belong, and since when. */
    public Future<List<Residence>> residencesOf(SqlClient client, UUID districtId, Collection<UUID> residentIds) {
        return client.preparedQuery(PlaceSql.RESIDENCES_OF)
                .execute(Tuple.of(districtId, (Object) residentIds.toArray(UUID[]::new)))
                .map(Rows.list(row -> new Residence(
                        row.getUUID("resident_id"), row.getUUID("household_id"), Rows.instant(row, "since"))));
    }

    /** Those that are approved come first. */
    public Future<List<Membership>> membershipsOf(SqlClient client, UUID districtId, UUID residentId) {
        return client.preparedQuery(PlaceSql.MEMBERSHIPS_OF)
                .execute(Tuple.of(districtId, residentId))
                .map(rows -> Rows.stream(rows)
                        .map(row -> new Membership(
                                row.getUUID("id"),
                                row.getUUID("entered_by_id"),
                                row.getUUID("household_id"),
                                row.getString("status"),
                                row.getString("role"),
                                row.getUUID("compound_id"),
                                address(row)))
                        .toList());
    }

    /** The compounds in which the resident lives, as an approved member of a household. */
    public Future<List<Place>> homesOf(SqlClient client, UUID districtId, UUID residentId) {
        return client.preparedQuery(PlaceSql.HOMES_OF)
                .execute(Tuple.of(districtId, residentId))
                .map(Rows.list(Place::from));
    }

    /** The people of a household, approved. */
    public Future<List<UUID>> approvedMembers(SqlClient client, UUID districtId, UUID householdId) {
        return client.preparedQuery(PlaceSql.APPROVED_MEMBERS)
                .execute(Tuple.of(districtId, householdId))
                .map(Rows.list(row -> row.getUUID("resident_id")));
    }

    /** The district, or the default one where none is named; or a refusal that says there is none. */
    public Future<District> district(SqlClient client, @Nullable UUID districtId) {
        return first(client, PlaceSql.FIND_DISTRICT, Tuple.tuple().addUUID(districtId), District::from)
                .map(found -> found.orElseThrow(Refusal::notFound));
    }

    Future<Page<District>> districts(SqlClient client, int limit, @Nullable Cursor after) {
        return client.preparedQuery(PlaceSql.LIST_DISTRICTS)
                .execute(Tuple.tuple()
                        .addUUID(after == null ? null : after.uuid(0))
                        .addInteger(limit + 1))
                .map(rows -> Page.of(
                        Rows.list(District::from).apply(rows),
                        limit,
                        district -> List.of(district.id().toString())));
    }

    /** The zone that days, months and cut-offs of the district are counted in. */
    public Future<ZoneId> zone(SqlClient client, UUID districtId) {
        var known = zones.get(districtId);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        return first(client, PlaceSql.DISTRICT_ZONE, Tuple.of(districtId), row -> ZoneId.of(row.getString("zone")))
                .map(Optional::orElseThrow)
                .onSuccess(zone -> zones.put(districtId, zone));
    }

    private static UUID officeLevel(Place place) {
        return place.level().equals("compound") ? place.path().get(place.path().size() - 2) : place.id();
    }

    private String address(Row row) {
        return cipher.openPresent(row.getBuffer("address_sealed"));
    }

    private static <T> Future<Optional<T>> first(SqlClient client, String sql, Tuple values, Function<Row, T> mapper) {
        return client.preparedQuery(sql).execute(values).map(Rows.first(mapper));
    }
}

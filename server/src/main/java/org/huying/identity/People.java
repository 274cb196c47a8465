package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.db.ActRows;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.ActFor;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/** What other features may ask about people and about who acts for whom. Reads only, on the client given. */
public final class People {
    /** What a mandate covers. */
    public enum MandateScope {
        BOOKING,
        TICKET
    }

    private final FieldCipher cipher;

    public People(FieldCipher cipher) {
        this.cipher = cipher;
    }

    public Future<Optional<Resident>> resident(SqlClient client, UUID districtId, UUID residentId) {
        return residents(client, districtId, List.of(residentId))
                .map(found -> Optional.ofNullable(found.get(residentId)));
    }

    /** Those of the ids that are residents of the district, by id. */
    public Future<Map<UUID, Resident>> residents(SqlClient client, UUID districtId, Collection<UUID> ids) {
        return client.preparedQuery(PeopleSql.RESIDENTS)
                .execute(Tuple.of(districtId, (Object) ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var found = new HashMap<UUID, Resident>();
                    rows.forEach(row -> found.put(row.getUUID("id"), resident(row)));
                    return Map.copyOf(found);
                });
    }

    /** The people themselves, and the entries that were merged into theirs, under which the log knows them. */
    public Future<List<UUID>> selvesOf(SqlClient client, UUID districtId, Collection<UUID> ids) {
        return client.preparedQuery(PeopleSql.SELVES)
                .execute(Tuple.of(districtId, (Object) ids.toArray(UUID[]::new)))
                .map(Rows.list(row -> row.getUUID("id")));
    }

    /** The entry that an entry was merged into, or else itself. */
    public Future<UUID> presentSelf(SqlClient client, UUID districtId, UUID id) {
        return client.preparedQuery(PeopleSql.PRESENT_SELF)
                .execute(Tuple.of(districtId, id))
                .map(Rows.first(row -> row.getUUID("merged_into_id")))
                .map(found -> found.orElse(id));
    }

    /**
     * Those of the ids that are residents of the district and not erased, each with the birth date if it was seen. Until the
     * transaction ends nobody takes them away, or what was added to them; asked under the locks of the meals.
     */
    public Future<Map<UUID, Optional<LocalDate>>> holdVerifiedBirthDates(
            SqlConnection transaction, UUID districtId, Collection<UUID> ids) {
        return birthDates(transaction, PeopleSql.HOLD_BIRTH_DATES, districtId, ids);
    }

    /**
     * Before anything is found out of a resident on which something is to rest: until the transaction ends nobody takes them
     * away, or what was added to them. Of somebody who is not there it holds nothing.
     */
    public Future<Void> hold(SqlClient transaction, UUID districtId, UUID residentId) {
        return transaction
                .preparedQuery(PeopleSql.HOLD)
                .execute(Tuple.of(districtId, residentId))
                .mapEmpty();
    }

    /** Those of the ids that are residents of the district, each with the birth date if one is known. */
    public Future<Map<UUID, Optional<LocalDate>>> birthDates(SqlClient client, UUID districtId, Collection<UUID> ids) {
        return birthDates(client, PeopleSql.BIRTH_DATES, districtId, ids);
    }

    /** Whether anybody holds a role for this place, organization or canteen. */
    public Future<Boolean> isScope(SqlClient client, UUID districtId, UUID scopeId) {
        return client.preparedQuery(PeopleSql.IS_SCOPE)
                .execute(Tuple.of(districtId, scopeId))
                .map(rows -> rows.iterator().next().getBoolean("found"));
    }

    private Future<Map<UUID, Optional<LocalDate>>> birthDates(
            SqlClient client, String sql, UUID districtId, Collection<UUID> ids) {
        return client.preparedQuery(sql)
                .execute(Tuple.of(districtId, (Object) ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var found = new HashMap<UUID, Optional<LocalDate>>();
                    rows.forEach(row -> found.put(
                            row.getUUID("id"),
                            Optional.ofNullable(date(cipher.open(row.getBuffer("birth_date_sealed"))))));
                    return Map.copyOf(found);
                });
    }

    /** Names of residents and staff alike, by id; somebody unknown is left out. */
    public Future<Map<UUID, String>> names(SqlClient client, UUID districtId, Collection<UUID> ids) {
        return client.preparedQuery(PeopleSql.NAMES)
                .execute(Tuple.of(districtId, (Object) ids.toArray(UUID[]::new)))
                .map(rows -> {
                    var found = new HashMap<UUID, String>();
                    rows.forEach(row -> found.put(row.getUUID("id"), cipher.openPresent(row.getBuffer("name_sealed"))));
                    return Map.copyOf(found);
                });
    }

    /**
     * The residents for whom the person holds a mandate of this scope now. In the matter of tickets a mandate rests while
     * its holder works for a firm that serves the resident, whichever came first.
     */
    public Future<List<UUID>> mandatorsOf(SqlClient client, UUID districtId, UUID proxyId, MandateScope scope) {
        return client.preparedQuery(PeopleSql.MANDATORS)
                .execute(Tuple.of(districtId, proxyId, scope == MandateScope.BOOKING))
                .map(Rows.list(row -> row.getUUID("grantor_id")))
                .compose(mandators -> scope == MandateScope.BOOKING || mandators.isEmpty()
                        ? Future.succeededFuture(mandators)
                        : servedByFirmOf(client, districtId, proxyId, mandators)
                                .map(served -> mandators.stream()
                                        .filter(mandator -> !served.contains(mandator))
                                        .toList()));
    }

    /** Somebody who acts for a resident. */
    public record Mandated(UUID proxyId, UUID grantorId) {}

    /** Those between whom a mandate for bookings is in force, which stays so until the transaction ends. */
    public Future<Set<Mandated>> holdBookingMandates(
            SqlConnection transaction, UUID districtId, Collection<Mandated> wanted) {
        return transaction
                .preparedQuery(PeopleSql.HOLD_BOOKING_MANDATES)
                .execute(Tuple.of(
                        districtId,
                        wanted.stream().map(Mandated::proxyId).toArray(UUID[]::new),
                        wanted.stream().map(Mandated::grantorId).toArray(UUID[]::new)))
                .map(rows -> Rows.stream(rows)
                        .map(row -> new Mandated(row.getUUID("proxy_id"), row.getUUID("grantor_id")))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Those of the residents whom a firm serves that the person works for. */
    public Future<Set<UUID>> servedByFirmOf(
            SqlClient client, UUID districtId, UUID staffId, Collection<UUID> residentIds) {
        return client.preparedQuery(PeopleSql.SERVED_BY_FIRM_OF)
                .execute(Tuple.of(districtId, staffId, residentIds.toArray(UUID[]::new)))
                .map(rows -> Rows.stream(rows)
                        .map(row -> row.getUUID("resident_id"))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The organizations for which the staff member holds the role; empty for those who are suspended or unknown. */
    public Future<List<UUID>> scopesOf(SqlClient client, UUID districtId, UUID staffId, String role) {
        return client.preparedQuery(PeopleSql.SCOPES)
                .execute(Tuple.of(districtId, staffId, role))
                .map(Rows.list(row -> row.getUUID("scope_id")));
    }

    /** Whether the staff member holds the role somewhere, and keeps it until the transaction ends. */
    public Future<Boolean> holds(SqlConnection transaction, UUID districtId, UUID staffId, Role role) {
        return Grants.hold(transaction, districtId, staffId)
                .map(grants -> grants.stream().flatMap(List::stream).anyMatch(grant -> grant.role() == role));
    }

    /** Those who hold the role for exactly this place, organization or canteen. */
    public Future<List<UUID>> holdersOf(SqlClient client, UUID districtId, UUID scopeId, Role role) {
        return client.preparedQuery(PeopleSql.HOLDERS)
                .execute(Tuple.of(districtId, scopeId, role.code()))
                .map(Rows.list(row -> row.getUUID("staff_id")));
    }

    /** What others did in a resident's name: registered, taken into a household, given a mandate, the newest first. */
    public Future<List<ActFor>> actsFor(SqlClient client, ActFor.Query query) {
        return ActRows.read(client, PersonActSql.ACTS_FOR, query);
    }

    private Resident resident(Row row) {
        return new Resident(
                row.getUUID("id"),
                cipher.openPresent(row.getBuffer("name_sealed")),
                cipher.open(row.getBuffer("phone_sealed")),
                date(cipher.open(row.getBuffer("birth_date_sealed"))),
                row.getBoolean("birth_date_verified"),
                row.getBoolean("erased"));
    }

    private static @Nullable LocalDate date(@Nullable String text) {
        return text == null ? null : LocalDate.parse(text);
    }
}

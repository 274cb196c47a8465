package org.huying.ticket.catalogue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** The service catalogue of a district. Versions are added, never changed: a ticket keeps the one it was reported under. */
public final class Catalogue {
    private final Clock clock;
    private final Places places;
    private final CalendarStore calendars = new CalendarStore();

    public Catalogue(Clock clock, Places places) {
        this.clock = clock;
        this.places = places;
    }

    /** The items in their present versions, by code. */
    public Future<List<ServiceItem>> list(SqlClient client, UUID districtId, @Nullable String afterCode, int limit) {
        return client.preparedQuery(CatalogueSql.PRESENT)
                .execute(Tuple.of(districtId, afterCode, limit))
                .map(Rows.list(ServiceItem::from));
    }

    /** The item as it is reported under today. */
    public Future<Optional<ServiceItem>> present(SqlClient client, UUID districtId, String code) {
        return one(client, CatalogueSql.FIND_PRESENT, Tuple.of(districtId, code));
    }

    /** Whether there is such an item. */
    public Future<Boolean> has(SqlClient client, UUID districtId, String code) {
        return present(client, districtId, code).map(Optional::isPresent);
    }

    /** One of its versions. */
    public Future<Optional<ServiceItem>> version(SqlClient client, UUID districtId, String code, int version) {
        return one(client, CatalogueSql.FIND_VERSION, Tuple.of(districtId, code, version));
    }

    /** The targets that a ticket was reported under. */
    public Future<Targets> targets(SqlClient client, UUID districtId, String code, int version) {
        return version(client, districtId, code, version)
                .compose(item -> targets(client, districtId, item.orElseThrow()));
    }

    public Future<Targets> targets(SqlClient client, UUID districtId, ServiceItem item) {
        return item.calendar().equals(ServiceItem.ALL_HOURS)
                ? Future.succeededFuture(new Targets(item, TargetClock.ALL_HOURS))
                : calendar(client, districtId).map(calendar -> new Targets(item, calendar));
    }

    /** From yesterday on: targets are counted forward, and so is what is left of them. */
    private Future<WorkingCalendar> calendar(SqlClient client, UUID districtId) {
        return places.zone(client, districtId).compose(zone -> {
            var yesterday = LocalDate.ofInstant(clock.instant(), zone).minusDays(1);
            return calendars
                    .week(client, districtId)
                    .compose(week -> calendars
                            .daysSince(client, districtId, yesterday)
                            .map(days -> WorkingCalendar.of(zone, week, days)));
        });
    }

    /** Adds an item, or its next version; the key of the table lets each version be added once. */
    public Future<Void> add(SqlClient client, UUID districtId, ServiceItem item) {
        var info = new JsonArray(item.requiredInfo().stream()
                .map(ServiceItem.RequiredInfo::toJson)
                .toList());
        return client.preparedQuery(CatalogueSql.ADD)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addString(item.code())
                        .addInteger(item.version())
                        .addString(item.name())
                        .addString(item.kind())
                        .addJsonArray(info)
                        .addInteger(item.responseHours())
                        .addInteger(item.resolutionHours())
                        .addString(item.calendar())
                        .addBoolean(item.evidenceRequired())
                        .addBoolean(item.reportable())
                        .addOffsetDateTime(Rows.utc(clock.instant())))
                .mapEmpty();
    }

    private static Future<Optional<ServiceItem>> one(SqlClient client, String sql, Tuple values) {
        return client.preparedQuery(sql).execute(values).map(Rows.first(ServiceItem::from));
    }
}

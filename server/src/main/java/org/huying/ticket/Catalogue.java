package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/** The service catalogue of a district. Versions are added, never changed. */
final class Catalogue {
    private final Clock clock;

    Catalogue(Clock clock) {
        this.clock = clock;
    }

    /** The items in their present versions, by code. */
    Future<List<ServiceItem>> list(SqlClient client, UUID districtId, @Nullable String afterCode, int limit) {
        return client.preparedQuery(CatalogueSql.PRESENT)
                .execute(Tuple.of(districtId, afterCode, limit))
                .map(rows -> Rows.stream(rows).map(ServiceItem::from).toList());
    }

    Future<Optional<ServiceItem>> present(SqlClient client, UUID districtId, String code) {
        return one(client, CatalogueSql.FIND_PRESENT, Tuple.of(districtId, code));
    }

    /** The version that a ticket was reported under. */
    Future<ServiceItem> version(SqlClient client, UUID districtId, String code, int version) {
        return one(client, CatalogueSql.FIND_VERSION, Tuple.of(districtId, code, version))
                .map(Optional::orElseThrow);
    }

    Future<Void> add(SqlClient client, UUID districtId, ServiceItem item) {
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
        return client.preparedQuery(sql)
                .execute(values)
                .map(rows -> Rows.stream(rows).findFirst().map(ServiceItem::from));
    }
}

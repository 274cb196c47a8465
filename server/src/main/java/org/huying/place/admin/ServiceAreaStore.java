package org.huying.place.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/** Which organization serves which place for what. */
final class ServiceAreaStore {
    Future<List<ServiceArea>> list(
            SqlClient client,
            UUID districtId,
            @Nullable UUID placeId,
            @Nullable UUID organizationId,
            @Nullable UUID after,
            int limit) {
        return client.preparedQuery(ServiceAreaSql.LIST)
                .execute(Tuple.of(districtId, placeId, organizationId, after, limit))
                .map(Rows.list(ServiceArea::from));
    }

    /** False when somebody serves the place for the item, or for all of them, already. */
    Future<Boolean> insert(SqlConnection transaction, UUID districtId, ServiceArea area) {
        return transaction
                .preparedQuery(ServiceAreaSql.INSERT)
                .execute(Tuple.of(districtId, area.id(), area.placeId(), area.organizationId(), area.serviceItemCode()))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Boolean> exists(SqlClient client, UUID districtId, UUID areaId) {
        return client.preparedQuery(ServiceAreaSql.EXISTS)
                .execute(Tuple.of(districtId, areaId))
                .map(rows -> rows.iterator().next().getBoolean("found"));
    }

    Future<Void> delete(SqlConnection transaction, UUID districtId, UUID areaId) {
        return transaction
                .preparedQuery(ServiceAreaSql.DELETE)
                .execute(Tuple.of(districtId, areaId))
                .mapEmpty();
    }
}

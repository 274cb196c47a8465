package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Names the canteens that operators' roles are held for; the canteens themselves stand above this room. */
@FunctionalInterface
public interface CanteenNames {
    /** By id; those that do not exist are left out. */
    Future<Map<UUID, String>> names(SqlClient client, UUID districtId, Collection<UUID> canteenIds);
}

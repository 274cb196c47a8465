package org.huying.place.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.UUID;

/** Tells whether the catalogue has an item; the catalogue itself stands above this room. */
@FunctionalInterface
public interface ServiceItemCodes {
    Future<Boolean> isKnown(SqlClient client, UUID districtId, String code);
}

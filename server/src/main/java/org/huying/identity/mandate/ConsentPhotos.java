package org.huying.identity.mandate;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.UUID;

/** Claims a photo that somebody handed in for a mandate; whoever keeps photos knows this room, not we them. */
@FunctionalInterface
public interface ConsentPhotos {
    /** Whether it was theirs and free. */
    Future<Boolean> claim(SqlClient transaction, UUID districtId, UUID uploaderId, UUID mandateId, UUID photoId);
}

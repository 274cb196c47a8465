package org.huying.place.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.UUID;

/** Whether something is named where no foreign key tells it; who names it stands above this room. */
@FunctionalInterface
public interface Uses {
    Future<Boolean> isUsed(SqlClient client, UUID districtId, UUID id);

    /** The one or the other. */
    default Uses or(Uses other) {
        return (client, districtId, id) -> isUsed(client, districtId, id)
                .compose(used -> used ? Future.succeededFuture(true) : other.isUsed(client, districtId, id));
    }
}

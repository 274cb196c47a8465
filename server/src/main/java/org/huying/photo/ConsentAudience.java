package org.huying.photo;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.UUID;
import org.huying.kernel.Caller;

/** Who may see the photo of a consent: whoever sees the mandate. */
@FunctionalInterface
public interface ConsentAudience {
    Future<Boolean> sees(SqlClient client, Caller caller, UUID mandateId);
}

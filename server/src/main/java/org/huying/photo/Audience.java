package org.huying.photo;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.UUID;
import org.huying.kernel.Caller;

/** Who may see a photo that has been claimed: whoever may read the words of the event that it came with. */
@FunctionalInterface
public interface Audience {
    Future<Boolean> reads(SqlClient client, Caller caller, UUID ticketId, int eventSeq);
}

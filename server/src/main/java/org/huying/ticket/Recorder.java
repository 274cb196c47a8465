package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;

/** Puts a change on record, and tells whom it concerns: the one way in which tickets change. */
final class Recorder {
    private final TicketStore store;
    private final TicketNotices notices;

    Recorder(TicketStore store, TicketNotices notices) {
        this.store = store;
        this.notices = notices;
    }

    Future<Void> record(SqlClient client, Change change) {
        return store.save(client, change).compose(saved -> notices.tell(client, change));
    }
}

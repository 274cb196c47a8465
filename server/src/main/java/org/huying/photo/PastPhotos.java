package org.huying.photo;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.Iterator;
import java.util.UUID;

/** Removes the photos of tickets. The files go before the rows do for good: what fails in between is done again. */
public final class PastPhotos {
    private final PhotoWorkshop workshop;
    private final PhotoStore store = new PhotoStore();

    public PastPhotos(PhotoWorkshop workshop) {
        this.workshop = workshop;
    }

    /** How many there were. */
    public Future<Integer> expire(SqlConnection transaction, UUID districtId, Collection<UUID> ticketIds) {
        return store.deleteOfTickets(transaction, districtId, ticketIds)
                .compose(ids -> removeInTurn(ids.iterator()).map(ids.size()));
    }

    private Future<Void> removeInTurn(Iterator<UUID> ids) {
        return ids.hasNext()
                ? workshop.remove(ids.next()).compose(removed -> removeInTurn(ids))
                : Future.succeededFuture();
    }
}

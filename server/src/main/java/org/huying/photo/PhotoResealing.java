package org.huying.photo;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.huying.db.seal.Resealable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of photos, also those from before files were sealed. */
public final class PhotoResealing implements Resealable {
    private static final Logger LOG = LoggerFactory.getLogger(PhotoResealing.class);
    private static final int PHOTOS_AT_ONCE = 20;
    private static final UUID BEGINNING = new UUID(0, 0);

    private final PhotoWorkshop workshop;
    private final PhotoStore store = new PhotoStore();

    public PhotoResealing(PhotoWorkshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "photo files";
    }

    @Override
    public Future<Step> step(SqlConnection transaction, UUID districtId, List<String> after) {
        var from = after.isEmpty() ? BEGINNING : UUID.fromString(after.get(0));
        return store.lockNext(transaction, districtId, from, PHOTOS_AT_ONCE).compose(ids -> {
            var last = ids.size() < PHOTOS_AT_ONCE
                    ? null
                    : List.of(ids.get(ids.size() - 1).toString());
            return inTurn(ids.iterator(), new Step(ids.size(), 0, 0, last));
        });
    }

    private Future<Step> inTurn(Iterator<UUID> ids, Step done) {
        return ids.hasNext()
                ? reseal(ids.next(), done).compose(next -> inTurn(ids, next))
                : Future.succeededFuture(done);
    }

    private Future<Step> reseal(UUID id, Step done) {
        return workshop.reseal(id)
                .map(any -> new Step(done.seen(), done.resealed() + (any ? 1 : 0), done.damaged(), done.last()))
                .recover(failure -> {
                    if (!(failure instanceof IllegalStateException)) {
                        return Future.failedFuture(failure);
                    }
                    LOG.atError().addKeyValue("photo", id).log("a photo's file cannot be opened");
                    return Future.succeededFuture(
                            new Step(done.seen(), done.resealed(), done.damaged() + 1, done.last()));
                });
    }
}

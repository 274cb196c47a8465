package org.huying.photo;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.db.job.Job;
import org.huying.db.job.Jobs;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Sha256;
import org.huying.photo.image.Rendition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes photos in, shows them, and sweeps what nothing has claimed. Before a file is written the job that will look for
 * it is committed, so whatever happens in between leaves no file for good.
 */
final class PhotoService {
    private static final Logger LOG = LoggerFactory.getLogger(PhotoService.class);
    private static final Duration SWEPT_AFTER = Duration.ofHours(24);

    /** The kind of job that looks whether a photo has been claimed. */
    static final String SWEEP = "sweep_photo";

    /** A picture that lies in its place, and has no row yet. */
    record Deposited(Photo photo, int bytesCount) {}

    private final Database database;
    private final PhotoStore store = new PhotoStore();
    private final PhotoWorkshop workshop;
    private final Clock clock;

    PhotoService(Database database, PhotoWorkshop workshop, Clock clock) {
        this.database = database;
        this.workshop = workshop;
        this.clock = clock;
    }

    /** The slow part, outside of any transaction. */
    Future<Deposited> deposit(Caller caller, Buffer file) {
        long startedNanos = System.nanoTime();
        var id = Ids.next();
        return workshop.render(caller.personId(), file.getBytes())
                .compose(rendition -> leaveSweep(caller.districtId(), id)
                        .compose(left -> workshop.put(id, rendition))
                        .map(put -> deposited(caller, id, rendition)))
                .onComplete(
                        done -> workshop.metrics().ended(null, startedNanos),
                        failure -> workshop.metrics().ended(failure, startedNanos));
    }

    private Future<Void> leaveSweep(UUID districtId, UUID id) {
        var due = clock.instant().plus(SWEPT_AFTER);
        return database.inTransaction(
                transaction -> Jobs.leave(transaction, districtId, Jobs.NewJob.of(SWEEP, id, due)));
    }

    /** For files whose rows are gone. */
    static Future<Void> leaveSweeps(SqlClient transaction, UUID districtId, Collection<UUID> ids, Instant now) {
        return Jobs.leave(
                transaction,
                districtId,
                ids.stream().map(id -> Jobs.NewJob.of(SWEEP, id, now)).toList());
    }

    private static Deposited deposited(Caller caller, UUID id, Rendition rendition) {
        var photo = new Photo(
                id,
                caller.personId(),
                Sha256.hex(rendition.image().getBytes()),
                rendition.width(),
                rendition.height(),
                null,
                null,
                null);
        return new Deposited(photo, rendition.image().length());
    }

    Future<Photo> keep(SqlClient transaction, Caller caller, Deposited deposited) {
        return store.add(transaction, caller.districtId(), deposited.photo(), deposited.bytesCount(), clock.instant())
                .map(deposited.photo());
    }

    /** Before it is claimed, for whoever handed it in alone; then for its audience. Nobody else learns that it is there. */
    Future<Photo> visible(Caller caller, UUID id, Audience audience, ConsentAudience consents) {
        return database.read(client -> store.find(client, caller.districtId(), id)
                .compose(found -> {
                    var photo = found.orElseThrow(Refusal::notFound);
                    return isVisible(client, caller, photo, audience, consents)
                            .compose(yes ->
                                    yes ? Future.succeededFuture(photo) : Future.failedFuture(Refusal.notFound()));
                }));
    }

    private static Future<Boolean> isVisible(
            SqlClient client, Caller caller, Photo photo, Audience audience, ConsentAudience consents) {
        var ticketId = photo.ticketId();
        var eventSeq = photo.eventSeq();
        var mandateId = photo.mandateId();
        if (ticketId != null && eventSeq != null) {
            return audience.reads(client, caller, ticketId, eventSeq);
        }
        return mandateId == null
                ? Future.succeededFuture(photo.uploaderId().equals(caller.personId()))
                : consents.sees(client, caller, mandateId);
    }

    Future<Buffer> bytes(Photo photo, PhotoFiles.Size size) {
        return workshop.get(photo.id(), size).map(found -> {
            if (found.isEmpty()) {
                LOG.atError().addKeyValue("photo", photo.id()).log("a photo has a row and no file");
            }
            return Buffer.buffer(found.orElseThrow(Refusal::notFound));
        });
    }

    /** The file goes before the row does for good: what fails in between is swept again. */
    Future<Void> sweep(SqlConnection transaction, Job job) {
        var id = job.subjectId();
        return store.lock(transaction, job.districtId(), id)
                .compose(found -> found.map(Photo::isClaimed).orElse(false)
                        ? Future.succeededFuture()
                        : store.delete(transaction, job.districtId(), id).compose(deleted -> workshop.remove(id)));
    }
}

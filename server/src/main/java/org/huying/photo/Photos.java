package org.huying.photo;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.huying.kernel.Fault;
import org.huying.kernel.Refusal;

/**
 * What other features may do with photos: claim those that somebody has handed in, for an event of a ticket, in the
 * event's transaction. A photo is claimed once and for good, and only by whoever handed it in.
 */
public final class Photos {
    /** What a ticket may have of the reporter's side, over all its life. */
    public static final int REPORTER_MAX = 9;

    /**
     * Whose photo it is. What a ticket has of the reporter's side is bounded as a whole. Evidence is bounded for each
     * closing only: a ticket that was reopened must be closable with evidence again.
     */
    public enum Side {
        REPORTER,
        STAFF;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What claims photos: an event, which may be written after the claim in the same transaction. */
    public record Claimant(UUID ticketId, int eventSeq, Side side) {}

    /** An event of a ticket, which may have claimed photos. */
    public record Event(UUID ticketId, int seq) {}

    /** Photos held for a claim, in the order asked for, and what is wrong with it. */
    public record Held(List<Photo> photos, List<Fault> faults) {
        public static final Held NONE = new Held(List.of(), List.of());

        public Held {
            photos = List.copyOf(photos);
            faults = List.copyOf(faults);
        }
    }

    private final PhotoStore store = new PhotoStore();

    /**
     * Holds photos until the transaction ends. A fault for each that is unknown, somebody else's, claimed already or
     * named twice: nobody learns which of it.
     */
    public Future<Held> hold(SqlClient transaction, UUID districtId, UUID uploaderId, List<UUID> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture(Held.NONE)
                : store.lockUnclaimed(transaction, districtId, uploaderId, ids).map(found -> held(ids, found));
    }

    /** The same for a ticket that has photos already, whose row the transaction has locked. */
    public Future<Held> holdMore(
            SqlClient transaction, UUID districtId, UUID uploaderId, UUID ticketId, List<UUID> ids) {
        return hold(transaction, districtId, uploaderId, ids)
                .compose(held -> ids.isEmpty()
                        ? Future.succeededFuture(held)
                        : store.count(transaction, districtId, ticketId, Side.REPORTER)
                                .map(count -> count + ids.size() <= REPORTER_MAX ? held : tooMany(held)));
    }

    /** Claims what was held in this transaction. */
    public Future<Void> claim(SqlClient transaction, UUID districtId, Claimant claimant, List<Photo> held) {
        if (held.isEmpty()) {
            return Future.succeededFuture();
        }
        return store.claim(
                        transaction,
                        districtId,
                        claimant,
                        held.stream().map(Photo::id).toList())
                .compose(claimed -> claimed == held.size()
                        ? Future.succeededFuture()
                        : Future.failedFuture(Refusal.conflict("photo_claimed")));
    }

    /** Claims the photo of a consent for a mandate, which may be written after it; whether it was theirs and free. */
    public Future<Boolean> claimForMandate(
            SqlClient transaction, UUID districtId, UUID uploaderId, UUID mandateId, UUID photoId) {
        return store.claimForMandate(transaction, districtId, uploaderId, photoId, mandateId);
    }

    /** What came with an event of each of the tickets, in order. */
    public Future<Map<UUID, List<PhotoView>>> ofEvent(
            SqlClient client, UUID districtId, Collection<UUID> ticketIds, int eventSeq) {
        if (ticketIds.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return store.ofEvent(client, districtId, ticketIds, eventSeq)
                .map(found -> found.stream()
                        .collect(Collectors.groupingBy(
                                Photo::ticketId, Collectors.mapping(PhotoView::of, Collectors.toList()))));
    }

    /** Takes away what came with these events: the rows at once, the files by the jobs that are left for them. */
    public Future<Void> erase(SqlClient transaction, UUID districtId, Collection<Event> events, Instant now) {
        return store.eraseClaimed(transaction, districtId, events)
                .compose(erased -> PhotoService.leaveSweeps(transaction, districtId, erased, now));
    }

    private static Held held(List<UUID> ids, List<Photo> found) {
        var known = found.stream().collect(Collectors.toMap(Photo::id, Function.identity()));
        var seen = new HashSet<UUID>();
        var photos = new ArrayList<Photo>();
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < ids.size(); i++) {
            var photo = known.get(ids.get(i));
            if (photo == null || !seen.add(photo.id())) {
                faults.add(new Fault("/photoIds/" + i, "photo_unknown"));
            } else {
                photos.add(photo);
            }
        }
        return new Held(photos, faults);
    }

    private static Held tooMany(Held held) {
        var faults = new ArrayList<>(held.faults());
        faults.add(new Fault("/photoIds", "photos_too_many", Integer.toString(REPORTER_MAX)));
        return new Held(held.photos(), faults);
    }
}

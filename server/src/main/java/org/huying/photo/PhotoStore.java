package org.huying.photo;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Rows;

final class PhotoStore {
    Future<Void> add(SqlClient client, UUID districtId, Photo photo, int bytesCount, Instant at) {
        return client.preparedQuery(PhotoSql.INSERT)
                .execute(Tuple.of(
                        districtId,
                        photo.id(),
                        photo.uploaderId(),
                        photo.sha256(),
                        photo.width(),
                        photo.height(),
                        bytesCount,
                        Rows.utc(at)))
                .mapEmpty();
    }

    Future<Optional<Photo>> find(SqlClient client, UUID districtId, UUID id) {
        return client.preparedQuery(PhotoSql.FIND)
                .execute(Tuple.of(districtId, id))
                .map(Rows.first(Photo::from));
    }

    Future<List<Photo>> lockUnclaimed(SqlClient client, UUID districtId, UUID uploaderId, Collection<UUID> ids) {
        return client.preparedQuery(PhotoSql.LOCK_UNCLAIMED)
                .execute(Tuple.of(districtId, uploaderId, array(ids)))
                .map(Rows.list(Photo::from));
    }

    Future<Optional<Photo>> lock(SqlClient client, UUID districtId, UUID id) {
        return client.preparedQuery(PhotoSql.LOCK)
                .execute(Tuple.of(districtId, id))
                .map(Rows.first(Photo::from));
    }

    /** How many of them were free to be claimed. */
    Future<Integer> claim(SqlClient client, UUID districtId, Photos.Claimant claimant, List<UUID> ids) {
        return client.preparedQuery(PhotoSql.CLAIM)
                .execute(Tuple.of(
                        districtId,
                        array(ids),
                        claimant.ticketId(),
                        claimant.eventSeq(),
                        claimant.side().code()))
                .map(rows -> rows.rowCount());
    }

    Future<Boolean> claimForMandate(SqlClient client, UUID districtId, UUID uploaderId, UUID id, UUID mandateId) {
        return client.preparedQuery(PhotoSql.CLAIM_FOR_MANDATE)
                .execute(Tuple.of(districtId, uploaderId, id, mandateId))
                .map(rows -> rows.rowCount() == 1);
    }

    Future<Integer> count(SqlClient client, UUID districtId, UUID ticketId, Photos.Side side) {
        return client.preparedQuery(PhotoSql.COUNT)
                .execute(Tuple.of(districtId, ticketId, side.code()))
                .map(rows -> rows.iterator().next().getLong("photos").intValue());
    }

    Future<List<Photo>> ofEvent(SqlClient client, UUID districtId, Collection<UUID> ticketIds, int eventSeq) {
        return client.preparedQuery(PhotoSql.OF_EVENT)
                .execute(Tuple.of(districtId, array(ticketIds), eventSeq))
                .map(Rows.list(Photo::from));
    }

    Future<Void> delete(SqlClient client, UUID districtId, UUID id) {
        return client.preparedQuery(PhotoSql.DELETE)
                .execute(Tuple.of(districtId, id))
                .mapEmpty();
    }

    Future<List<UUID>> lockNext(SqlClient client, UUID districtId, UUID after, int limit) {
        return client.preparedQuery(PhotoSql.LOCK_NEXT)
                .execute(Tuple.of(districtId, after, limit))
                .map(Rows.list(row -> row.getUUID("id")));
    }

    Future<List<UUID>> deleteOfTickets(SqlClient client, UUID districtId, Collection<UUID> ticketIds) {
        return client.preparedQuery(PhotoSql.DELETE_OF_TICKETS)
                .execute(Tuple.of(districtId, array(ticketIds)))
                .map(Rows.list(row -> row.getUUID("id")));
    }

    /** The latest that have room in so many bytes together. */
    Future<List<UUID>> fitting(SqlClient client, UUID districtId, UUID uploaderId, long bytesMax) {
        return client.preparedQuery(PhotoSql.FITTING)
                .execute(Tuple.of(districtId, uploaderId, bytesMax))
                .map(Rows.list(row -> row.getUUID("id")));
    }

    /** Which there were. */
    Future<List<UUID>> eraseUnclaimed(SqlClient client, UUID districtId, UUID uploaderId) {
        return client.preparedQuery(PhotoSql.ERASE_UNCLAIMED)
                .execute(Tuple.of(districtId, uploaderId))
                .map(Rows.list(row -> row.getUUID("id")));
    }

    /** Which there were. */
    Future<List<UUID>> eraseClaimed(SqlClient client, UUID districtId, Collection<Photos.Event> events) {
        return client.preparedQuery(PhotoSql.ERASE_CLAIMED)
                .execute(Tuple.of(
                        districtId,
                        events.stream().map(Photos.Event::ticketId).toArray(UUID[]::new),
                        events.stream().map(Photos.Event::seq).toArray(Integer[]::new)))
                .map(Rows.list(row -> row.getUUID("id")));
    }

    private static Object array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    Future<Void> move(SqlClient client, UUID districtId, UUID fromId, UUID toId) {
        return client.preparedQuery(PhotoSql.MOVE)
                .execute(Tuple.of(districtId, fromId, toId))
                .mapEmpty();
    }
}

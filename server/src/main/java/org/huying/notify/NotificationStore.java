package org.huying.notify;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.http.Cursor;
import org.jspecify.annotations.Nullable;

/** Inboxes. */
final class NotificationStore {
    /** Once, however often it is delivered; false where there is nobody, or nobody any more, to be told anything new. */
    Future<Boolean> insert(SqlClient client, UUID districtId, Notification notification) {
        return client.preparedQuery(NotificationSql.INSERT)
                .execute(Tuple.of(
                        districtId,
                        notification.id(),
                        notification.recipientId(),
                        notification.kind(),
                        notification.subjectId(),
                        notification.facts(),
                        Rows.utc(notification.createdAt())))
                .map(rows -> rows.rowCount() > 0);
    }

    /** Who is told now what was meant for this one. */
    Future<UUID> presentSelf(SqlClient client, UUID districtId, UUID recipientId) {
        return client.preparedQuery(NotificationSql.PRESENT_SELF)
                .execute(Tuple.of(districtId, recipientId))
                .map(Rows.first(row -> row.getUUID("merged_into_id")))
                .map(found -> found.orElse(recipientId));
    }

    Future<Void> move(SqlClient client, UUID districtId, UUID fromId, UUID toId) {
        return client.preparedQuery(NotificationSql.MOVE)
                .execute(Tuple.of(districtId, fromId, toId))
                .mapEmpty();
    }

    /** Which there were. */
    Future<List<UUID>> erase(SqlClient client, UUID districtId, UUID recipientId) {
        return client.preparedQuery(NotificationSql.ERASE)
                .execute(Tuple.of(districtId, recipientId))
                .map(Rows.list(row -> row.getUUID("id")));
    }

    Future<Optional<Notification>> find(SqlClient client, UUID districtId, UUID notificationId) {
        return client.preparedQuery(NotificationSql.FIND)
                .execute(Tuple.of(districtId, notificationId))
                .map(Rows.first(Notification::from));
    }

    Future<List<Notification>> list(
            SqlClient client,
            UUID districtId,
            UUID recipientId,
            boolean onlyUnread,
            @Nullable Cursor after,
            int limit) {
        return client.preparedQuery(NotificationSql.LIST)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(recipientId)
                        .addBoolean(onlyUnread)
                        .addOffsetDateTime(after == null ? null : Rows.utc(after.instant(0)))
                        .addUUID(after == null ? null : after.uuid(1))
                        .addInteger(limit))
                .map(Rows.list(Notification::from));
    }

    /** Empty where the recipient has no such notice. */
    Future<Optional<Notification>> read(
            SqlClient client, UUID districtId, UUID recipientId, UUID notificationId, Instant now) {
        return client.preparedQuery(NotificationSql.READ)
                .execute(Tuple.of(districtId, recipientId, notificationId, Rows.utc(now)))
                .map(Rows.first(Notification::from));
    }

    Future<Integer> forget(SqlClient client, UUID districtId, Instant before, int limit) {
        return client.preparedQuery(NotificationSql.FORGET)
                .execute(Tuple.of(districtId, Rows.utc(before), limit))
                .map(rows -> rows.rowCount());
    }
}

package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.Rows;
import org.huying.notify.Notice;
import org.huying.notify.Notices;
import org.jspecify.annotations.Nullable;

/** Tells the diner, and whoever booked for them, what became of their bookings. */
final class BookingNotices {
    private final Notices notices;

    BookingNotices(Notices notices) {
        this.notices = notices;
    }

    /**
     * Leaves the notices in the transaction that changed the bookings.
     *
     * @param doneBy who knows already
     */
    Future<Void> tell(
            SqlConnection transaction,
            UUID districtId,
            Notice.Kind kind,
            List<UUID> bookingIds,
            @Nullable UUID doneBy,
            Instant now) {
        if (bookingIds.isEmpty()) {
            return Future.succeededFuture();
        }
        return transaction
                .preparedQuery(BookingSql.CONCERNED)
                .execute(Tuple.of(districtId, (Object) bookingIds.toArray(UUID[]::new)))
                .map(rows -> Rows.stream(rows)
                        .flatMap(row -> Stream.of(row.getUUID("diner_id"), row.getUUID("booked_by_id"))
                                .distinct()
                                .filter(person -> !person.equals(doneBy))
                                .map(person -> notice(person, kind, row)))
                        .toList())
                .compose(all -> notices.tell(transaction, districtId, all, now));
    }

    private static Notice notice(UUID recipientId, Notice.Kind kind, Row row) {
        var facts = new JsonObject()
                .put("mealId", row.getUUID("meal_id").toString())
                .put("canteen", row.getString("canteen"))
                .put("date", row.getLocalDate("date").toString())
                .put("period", row.getString("period"));
        return new Notice(recipientId, kind, row.getUUID("id"), facts);
    }
}

package org.huying.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.huying.db.job.Jobs;

/** Tells people what matters to them: as good as told when the transaction commits that caused it. */
public final class Notices {
    static final String DELIVER = "deliver_notice";
    static final String RECIPIENT = "recipientId";

    private final NotificationStore store = new NotificationStore();

    public Future<Void> tell(SqlClient transaction, UUID districtId, Collection<Notice> notices, Instant now) {
        return Jobs.leave(
                transaction,
                districtId,
                notices.stream()
                        .map(notice -> new Jobs.NewJob(DELIVER, notice.subjectId(), payload(notice, now), now))
                        .toList());
    }

    /** Takes what was told before an instant out of the inboxes, read or not. How many there were. */
    public Future<Integer> expire(SqlClient transaction, UUID districtId, Instant before, int limit) {
        return store.forget(transaction, districtId, before, limit);
    }

    private static JsonObject payload(Notice notice, Instant at) {
        return new JsonObject()
                .put(RECIPIENT, notice.recipientId().toString())
                .put("kind", notice.kind().code())
                .put("facts", notice.facts())
                .put("at", at.toString());
    }
}

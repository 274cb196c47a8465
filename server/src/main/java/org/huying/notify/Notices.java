package org.huying.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.Jobs;

/** Tells people what matters to them: as good as told when the transaction commits that caused it. */
public final class Notices {
    private static final String DELIVER = "deliver_notice";

    private final NotificationStore store = new NotificationStore();

    public Future<Void> tell(SqlClient transaction, UUID districtId, Collection<Notice> notices, Instant now) {
        return Jobs.leave(
                transaction,
                districtId,
                notices.stream()
                        .map(notice -> new Jobs.NewJob(DELIVER, notice.subjectId(), payload(notice, now), now))
                        .toList());
    }

    /** What this room does later. */
    public Map<String, JobHandler> jobs() {
        return Map.of(DELIVER, this::deliver);
    }

    private Future<Void> deliver(SqlConnection transaction, Job job) {
        var payload = job.payload();
        return store.insert(
                transaction,
                job.districtId(),
                new Notification(
                        job.id(),
                        UUID.fromString(payload.getString("recipientId")),
                        payload.getString("kind"),
                        job.subjectId(),
                        payload.getJsonObject("facts"),
                        Instant.parse(payload.getString("at")),
                        null));
    }

    private static JsonObject payload(Notice notice, Instant at) {
        return new JsonObject()
                .put("recipientId", notice.recipientId().toString())
                .put("kind", notice.kind().code())
                .put("facts", notice.facts())
                .put("at", at.toString());
    }
}

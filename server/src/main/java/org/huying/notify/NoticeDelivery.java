package org.huying.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.Jobs;
import org.huying.db.job.Jobs.NewJob;

/**
 * Puts notices into the inbox. Where the recipient consented, one consent is spent on the notice then and there, and the
 * WeChat message is left to be sent apart: the inbox never waits for it.
 */
public final class NoticeDelivery {
    private final MessageTemplates templates;
    private final Clock clock;
    private final NotificationStore store = new NotificationStore();
    private final ConsentStore consents = new ConsentStore();

    public NoticeDelivery(MessageTemplates templates, Clock clock) {
        this.templates = templates;
        this.clock = clock;
    }

    /** What this room does later. */
    public Map<String, JobHandler> jobs() {
        return Map.of(Notices.DELIVER, this::deliver);
    }

    private Future<Void> deliver(SqlConnection transaction, Job job) {
        var told = UUID.fromString(job.payload().getString(Notices.RECIPIENT));
        return store.presentSelf(transaction, job.districtId(), told).compose(recipient -> {
            var notification = notification(job, recipient, job.payload());
            return store.insert(transaction, job.districtId(), notification)
                    .compose(delivered ->
                            delivered ? passOn(transaction, job.districtId(), notification) : Future.succeededFuture());
        });
    }

    private Future<Void> passOn(SqlConnection transaction, UUID districtId, Notification notification) {
        var template = Notice.Kind.of(notification.kind()).template();
        if (!templates.has(template)) {
            return Future.succeededFuture();
        }
        var now = clock.instant();
        return consents.spend(transaction, districtId, template, notification, now)
                .compose(consented -> consented
                        ? Jobs.leave(
                                transaction, districtId, NewJob.outward(WeChatCourier.SEND, notification.id(), now))
                        : Future.succeededFuture());
    }

    private static Notification notification(Job job, UUID recipientId, JsonObject payload) {
        return new Notification(
                job.id(),
                recipientId,
                payload.getString("kind"),
                job.subjectId(),
                payload.getJsonObject("facts"),
                Instant.parse(payload.getString("at")),
                null);
    }
}

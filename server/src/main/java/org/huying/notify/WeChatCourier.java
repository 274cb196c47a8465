package org.huying.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.NoUse;
import org.huying.db.job.NotBefore;
import org.huying.identity.WeChatAccounts;
import org.huying.wechat.WeChatMessages;
import org.huying.wechat.WeChatMessages.Message;

/**
 * Sends notices on as WeChat messages, each on the consent that was spent on it. A message is sent at least once: a crash
 * between sending and the commit sends it again, on the same consent. While WeChat is away it is tried again, later and
 * later; what it refuses for good is not.
 */
public final class WeChatCourier implements JobHandler {
    static final String SEND = "send_wechat_message";

    /** WeChat counts its days there, whatever the district's zone. */
    private static final ZoneId WECHAT_ZONE = ZoneId.of("Asia/Shanghai");

    private final WeChatMessages wechat;
    private final MessageTemplates templates;
    private final WeChatAccounts accounts;
    private final Clock clock;
    private final MeterRegistry registry;
    private final NotificationStore store = new NotificationStore();
    private final ConsentStore consents = new ConsentStore();

    public WeChatCourier(
            WeChatMessages wechat,
            MessageTemplates templates,
            WeChatAccounts accounts,
            Clock clock,
            MeterRegistry registry) {
        this.wechat = wechat;
        this.templates = templates;
        this.accounts = accounts;
        this.clock = clock;
        this.registry = registry;
    }

    /** What this room does later, beyond our own walls. */
    public Map<String, JobHandler> jobs() {
        return Map.of(SEND, this);
    }

    @Override
    public Future<Void> run(SqlConnection transaction, Job job) {
        return store.find(transaction, job.districtId(), job.subjectId())
                .map(found -> found.orElseThrow(() -> new NoUse("notification_missing")))
                .compose(notification -> hasConsent(transaction, job.districtId(), notification)
                        .compose(consented -> consented
                                ? sendOn(transaction, job.districtId(), notification)
                                : Future.succeededFuture()));
    }

    /** What our own fault kept from being sent has not cost the recipient anything. */
    @Override
    public Future<Void> givenUp(SqlConnection transaction, Job job, Throwable failure) {
        return failure instanceof NoUse
                ? consents.takeBack(transaction, job.districtId(), job.subjectId())
                : consents.settle(transaction, job.districtId(), job.subjectId(), ConsentStore.Result.GIVEN_UP);
    }

    /** The one that was spent on it; or, where that was taken back and somebody has mended the fault, another. */
    private Future<Boolean> hasConsent(SqlConnection transaction, UUID districtId, Notification notification) {
        var template = Notice.Kind.of(notification.kind()).template();
        return consents.isSpentOn(transaction, districtId, notification.id())
                .compose(spent -> spent
                        ? Future.succeededFuture(true)
                        : consents.spend(transaction, districtId, template, notification, clock.instant()));
    }

    private Future<Void> sendOn(SqlConnection transaction, UUID districtId, Notification notification) {
        return accounts.openid(transaction, notification.recipientId())
                .map(openid -> openid.flatMap(known -> templates.message(known, notification)))
                .compose(message -> message.map(each -> send(transaction, districtId, notification, each))
                        .orElseGet(() -> consents.takeBack(transaction, districtId, notification.id())));
    }

    private Future<Void> send(SqlConnection transaction, UUID districtId, Notification notification, Message message) {
        return wechat.send(message).compose(result -> {
            count(notification, result.outcome());
            return switch (result.outcome()) {
                case SENT -> consents.settle(transaction, districtId, notification.id(), ConsentStore.Result.SENT);
                case REFUSED ->
                    consents.settle(transaction, districtId, notification.id(), ConsentStore.Result.REFUSED);
                case QUOTA_USED_UP -> Future.failedFuture(new NotBefore(nextDay(), "wechat_quota"));
                case WRONG -> Future.failedFuture(new NoUse("wechat_" + result.errorCode()));
            };
        });
    }

    private Instant nextDay() {
        return LocalDate.ofInstant(clock.instant(), WECHAT_ZONE)
                .plusDays(1)
                .atStartOfDay(WECHAT_ZONE)
                .toInstant();
    }

    private void count(Notification notification, WeChatMessages.Outcome outcome) {
        registry.counter(
                        "huying.wechat.messages",
                        "template",
                        Notice.Kind.of(notification.kind()).template().code(),
                        "outcome",
                        outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}

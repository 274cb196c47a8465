package org.huying.app;

import io.vertx.core.Vertx;
import org.huying.db.Database;
import org.huying.db.job.JobWorker;
import org.huying.db.job.Side;
import org.huying.identity.WeChatAccounts;
import org.huying.notify.WeChatCourier;
import org.huying.wechat.WeChatMessages;

/** What is done beyond our own walls without being asked, and what it needs for that. */
public final class OutwardWork {
    private final WeChatMessages messages;
    private final JobWorker worker;

    /** Makes a worker that does nothing by itself. */
    public OutwardWork(Vertx vertx, Infrastructure shared, Database database) {
        var cipher = shared.keys().cipher();
        var wechat = shared.wechat();
        messages = new WeChatMessages(vertx, wechat.url(), shared.appToken());
        var courier = new WeChatCourier(
                messages, wechat.templates(), new WeChatAccounts(cipher), shared.clock(), shared.registry());
        worker = new JobWorker(Side.OUTWARD, database, shared.clock(), courier.jobs(), shared.registry());
    }

    public JobWorker worker() {
        return worker;
    }

    public void close() {
        messages.close();
    }
}

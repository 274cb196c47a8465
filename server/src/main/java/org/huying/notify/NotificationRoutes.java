package org.huying.notify;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.http.Page;
import org.huying.kernel.Refusal;

/** The caller's inbox over HTTP. */
public final class NotificationRoutes implements Operations.Binder {
    private final Database database;
    private final Clock clock;
    private final NotificationStore store = new NotificationStore();

    public NotificationRoutes(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void bind(Operations operations) {
        operations.query("listNotifications", Access.signedIn(), this::list);
        operations.command("readNotification", Access.signedIn(), this::read);
    }

    private Future<Answer> list(Call call) {
        var caller = call.caller();
        var onlyUnread = Boolean.TRUE.equals(call.flag("unread"));
        return database.read(client -> store.list(
                        client, caller.districtId(), caller.personId(), onlyUnread, call.cursor(), call.limit() + 1))
                .map(found -> Page.of(
                                found,
                                call.limit(),
                                each -> List.of(
                                        each.createdAt().toString(), each.id().toString()))
                        .map(NotificationView::of))
                .map(Answer::ok);
    }

    private Future<Answer> read(Call call, SqlConnection transaction) {
        var caller = call.caller();
        var now = clock.instant();
        return store.read(transaction, caller.districtId(), caller.personId(), call.id("notificationId"), now)
                .map(found -> Answer.ok(NotificationView.of(found.orElseThrow(Refusal::notFound))));
    }
}

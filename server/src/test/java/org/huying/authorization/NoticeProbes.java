package org.huying.authorization;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.huying.kernel.Ids;
import org.huying.notify.Notice;
import org.huying.notify.Notices;
import org.huying.testing.Api;
import org.huying.testing.TestApp;

/** What people are told. */
final class NoticeProbes {
    private NoticeProbes() {}

    static void addTo(Probes probes) {
        probes.list("listNotifications", NoticeProbes::notice, turn -> "/v1/notifications?limit=100");
        probes.call("readNotification", turn -> turn.post("/v1/notifications/" + notice(turn) + "/read"));
        probes.call("listNotificationConsents", turn -> turn.get("/v1/notification-consents"));
        probes.call(
                "giveNotificationConsents",
                turn -> turn.post(
                        "/v1/notification-consents",
                        new JsonObject()
                                .put(
                                        "consents",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("template", "booking")
                                                        .put("accepted", false)))));
    }

    /** To the caller, or else to the side's resident. */
    private static String notice(Turn turn) {
        if (turn.who() == Who.ANONYMOUS) {
            return Ids.next().toString();
        }
        var recipient = turn.isOwn() ? turn.caller() : turn.at().as(Who.RESIDENT);
        return turn.at().once("notice " + (turn.isOwn() ? turn.who() : Who.RESIDENT), () -> tell(turn.at(), recipient));
    }

    /** One after another: of two who run the jobs, one may find the other at it. */
    private static synchronized String tell(Side side, Api recipient) {
        var app = side.app();
        var subject = Ids.next();
        var id = UUID.fromString(recipient.get("/v1/me").json().getString("id"));
        var facts = new JsonObject()
                .put("mealId", Ids.next().toString())
                .put("canteen", "东风食堂")
                .put("date", "2026-03-02")
                .put("period", "lunch");
        var notices = List.of(new Notice(id, Notice.Kind.BOOKING_PROMOTED, subject, facts));
        var now = app.clock().instant();
        TestApp.await(app.database()
                .inTransaction(transaction ->
                        new Notices().tell(transaction, side.ids().districtId(), notices, now)));
        app.runInnerJobs();
        var found = TestApp.await(app.database()
                .read(client -> client.preparedQuery(
                                "SELECT id FROM notification WHERE district_id = $1 AND subject_id = $2")
                        .execute(Tuple.of(side.ids().districtId(), subject))));
        return found.iterator().next().getUUID("id").toString();
    }
}

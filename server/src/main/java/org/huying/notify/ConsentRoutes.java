package org.huying.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.stream.Collectors;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.WeChatAccounts;

/** The caller's consents to WeChat messages over HTTP. */
public final class ConsentRoutes implements Operations.Binder {
    private final Database database;
    private final ConsentService service;

    public ConsentRoutes(Database database, MessageTemplates templates, WeChatAccounts accounts, Clock clock) {
        this.database = database;
        this.service = new ConsentService(templates, accounts, clock);
    }

    @Override
    public void bind(Operations operations) {
        operations.query("listNotificationConsents", Access.signedIn(), this::list);
        operations.command("giveNotificationConsents", Access.signedIn(), this::give);
    }

    private Future<Answer> list(Call call) {
        return database.read(client -> service.list(client, call.caller())).map(Answer::ok);
    }

    private Future<Answer> give(Call call, SqlConnection transaction) {
        var accepted = call.body().getJsonArray("consents").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getBoolean("accepted"))
                .map(each -> Template.of(each.getString("template")))
                .collect(Collectors.toSet());
        return service.give(transaction, call.caller(), accepted).map(Answer::ok);
    }
}

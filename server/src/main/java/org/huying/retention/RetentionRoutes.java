package org.huying.retention;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Role;

/** The settings over HTTP. The contract bounds each of them; the next night goes by what they are then. */
public final class RetentionRoutes implements Operations.Binder {
    private final Database database;
    private final RetentionStore store = new RetentionStore();

    public RetentionRoutes(Database database) {
        this.database = database;
    }

    @Override
    public void bind(Operations operations) {
        operations.query("getRetention", Access.anyOf(Role.ADMIN), this::get);
        operations.command("setRetention", Access.anyOf(Role.ADMIN), this::set);
    }

    private Future<Answer> get(Call call) {
        return database.read(client -> store.settings(client, call.caller().districtId()))
                .map(Answer::ok);
    }

    private Future<Answer> set(Call call, SqlConnection transaction) {
        var settings = RetentionSettings.from(call.body());
        return store.set(transaction, call.caller().districtId(), settings).map(Answer.ok(settings));
    }
}

package org.huying.identity.session;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;

/** One's own sessions over HTTP. */
public final class SessionRoutes implements Operations.Binder {
    private final Database database;
    private final Sessions sessions;

    public SessionRoutes(Database database, Sessions sessions) {
        this.database = database;
        this.sessions = sessions;
    }

    @Override
    public void bind(Operations operations) {
        operations.query("listMySessions", Access.signedIn(), this::list);
        operations.command("endMySession", Access.signedIn(), this::end);
        operations.command("logoutEverywhere", Access.signedIn(), this::logoutEverywhere);
    }

    private Future<Answer> list(Call call) {
        return database.read(client -> sessions.list(client, call.caller(), call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> end(Call call, SqlConnection transaction) {
        return sessions.endOwn(transaction, call.caller(), call.id("sessionId")).map(ended -> Answer.noContent());
    }

    private Future<Answer> logoutEverywhere(Call call, SqlConnection transaction) {
        var caller = call.caller();
        return sessions.endAll(transaction, caller.personId(), caller.kind(), null)
                .map(ended -> Answer.noContent());
    }
}

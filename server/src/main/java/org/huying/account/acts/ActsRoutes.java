package org.huying.account.acts;

import io.vertx.core.Future;
import java.util.UUID;
import org.huying.canteen.Canteens;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.People;
import org.huying.identity.Wards;
import org.huying.ticket.Tickets;

/** Acts in somebody's name over HTTP. */
public final class ActsRoutes implements Operations.Binder {
    private final Database database;
    private final ActsService acts;

    public ActsRoutes(Database database, People people, Wards wards, Canteens canteens, Tickets tickets) {
        this.database = database;
        this.acts = new ActsService(people, wards, canteens, tickets);
    }

    @Override
    public void bind(Operations operations) {
        operations.query(
                "listMyActs",
                Access.signedIn(),
                call -> list(call, call.caller().personId()));
        operations.query("listActs", Access.signedIn(), call -> list(call, call.id("residentId")));
    }

    private Future<Answer> list(Call call, UUID residentId) {
        return database.read(client -> acts.list(client, call.caller(), residentId, call.cursor(), call.limit()))
                .map(Answer::ok);
    }
}

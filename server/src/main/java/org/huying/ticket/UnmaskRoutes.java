package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.People;
import org.huying.identity.unmasking.Unmaskings;

/** Reporters in full, over HTTP. */
public final class UnmaskRoutes implements Operations.Binder {
    private final Unmasker unmasker;

    public UnmaskRoutes(Tickets tickets, People people, Unmaskings unmaskings, Clock clock) {
        this.unmasker = new Unmasker(tickets.reader(), people, unmaskings, clock);
    }

    @Override
    public void bind(Operations operations) {
        operations.command("unmaskReporter", Access.signedIn(), this::unmask);
    }

    private Future<Answer> unmask(Call call, SqlConnection transaction) {
        return unmasker.unmask(
                        transaction,
                        call.caller(),
                        call.id("ticketId"),
                        call.body().getString("reason"))
                .map(Answer::ok);
    }
}

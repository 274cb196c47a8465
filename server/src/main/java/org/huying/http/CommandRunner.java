package org.huying.http;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.huying.db.Database;

/** Runs a command in one transaction together with its idempotency key, if it came with one. */
final class CommandRunner {
    private final Database database;
    private final Idempotency idempotency;

    CommandRunner(Database database, Idempotency idempotency) {
        this.database = database;
        this.idempotency = idempotency;
    }

    Future<Rendered> run(Call call, Operations.Command command) {
        var key = call.idempotencyKey();
        if (key == null) {
            return database.inTransaction(
                    transaction -> command.apply(call, transaction).map(Rendered::of));
        }
        var claim = Idempotency.claimOf(call, key, call.requestHash());
        return database.inTransaction(transaction -> idempotency
                .claim(transaction, List.of(claim))
                .compose(outcomes ->
                        proceed(call, command, transaction, claim, Objects.requireNonNull(outcomes.get(claim)))));
    }

    /** The key is looked at first, so that a repetition prepares nothing; it is claimed with the effect, as always. */
    Future<Rendered> run(Call call, Operations.Preparation preparation) {
        var key = call.idempotencyKey();
        if (key == null) {
            return preparation.apply(call).compose(command -> run(call, command));
        }
        var claim = Idempotency.claimOf(call, key, call.requestHash());
        return database.inTransaction(transaction -> idempotency.claim(transaction, List.of(claim)))
                .map(outcomes -> Objects.requireNonNull(outcomes.get(claim)))
                .compose(outcome -> outcome instanceof Idempotency.Outcome.Free
                        ? preparation.apply(call).compose(command -> run(call, command))
                        : ended(outcome));
    }

    private Future<Rendered> proceed(
            Call call,
            Operations.Command command,
            SqlConnection transaction,
            Idempotency.Claim claim,
            Idempotency.Outcome outcome) {
        if (!(outcome instanceof Idempotency.Outcome.Free)) {
            return ended(outcome);
        }
        return command.apply(call, transaction)
                .map(Rendered::of)
                .compose(rendered -> idempotency
                        .store(
                                transaction,
                                Map.of(claim, new Idempotency.FirstAnswer(rendered.status(), rendered.body())))
                        .map(rendered));
    }

    private static Future<Rendered> ended(Idempotency.Outcome outcome) {
        if (outcome instanceof Idempotency.Outcome.Answered answered) {
            return Future.succeededFuture(Rendered.replay(answered.answer()));
        }
        if (outcome instanceof Idempotency.Outcome.Refused refused) {
            return Future.failedFuture(refused.reason());
        }
        throw new IllegalArgumentException("a free key has not ended");
    }
}

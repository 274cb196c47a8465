package org.huying.http;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.huying.db.Database;

/**
 * Runs a command in one transaction together with its idempotency key, if it came with one, and with the rights of its
 * caller: what they lost while it was under way they do not do, nor are they told again what they did before.
 */
final class CommandRunner {
    private final Database database;
    private final Idempotency idempotency;
    private final Authentication authentication;

    CommandRunner(Database database, Idempotency idempotency, Authentication authentication) {
        this.database = database;
        this.idempotency = idempotency;
        this.authentication = authentication;
    }

    Future<Rendered> run(Call call, Access access, Operations.Command command) {
        return database.inTransaction(
                transaction -> held(transaction, call, access).compose(now -> run(now, command, transaction)));
    }

    private Future<Rendered> run(Call call, Operations.Command command, SqlConnection transaction) {
        var key = call.idempotencyKey();
        if (key == null) {
            return command.apply(call, transaction).map(Rendered::of);
        }
        var claim = Idempotency.claimOf(call, key, call.requestHash());
        return idempotency
                .claim(transaction, List.of(claim))
                .compose(outcomes ->
                        proceed(call, command, transaction, claim, Objects.requireNonNull(outcomes.get(claim))));
    }

    /** The same call by the caller as they stand now. */
    private Future<Call> held(SqlConnection transaction, Call call, Access access) {
        if (!access.needsCaller()) {
            return Future.succeededFuture(call);
        }
        return authentication.hold(transaction, call.caller()).map(now -> {
            access.check(now);
            return call.by(now);
        });
    }

    /** The key is looked at first, so that a repetition prepares nothing; it is claimed with the effect, as always. */
    Future<Rendered> run(Call call, Access access, Operations.Preparation preparation) {
        var key = call.idempotencyKey();
        if (key == null) {
            return preparation.apply(call).compose(command -> run(call, access, command));
        }
        var claim = Idempotency.claimOf(call, key, call.requestHash());
        return database.inTransaction(transaction ->
                        held(transaction, call, access).compose(now -> idempotency.claim(transaction, List.of(claim))))
                .map(outcomes -> Objects.requireNonNull(outcomes.get(claim)))
                .compose(outcome -> outcome instanceof Idempotency.Outcome.Free
                        ? preparation.apply(call).compose(command -> run(call, access, command))
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

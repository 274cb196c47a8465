package org.huying.http;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/** Where features bind the contract's operations. Start-up fails on an operation that is unbound, unknown or bound twice. */
public interface Operations {
    /** A handler of a command: all its effects go through the transaction given, which commits with its answer. */
    @FunctionalInterface
    interface Command {
        Future<Answer> apply(Call call, SqlConnection transaction);
    }

    /** What is done before a command. */
    @FunctionalInterface
    interface Preparation {
        Future<Command> apply(Call call);
    }

    /** Reads only; a 200 carries an ETag. */
    void query(String operationId, Access access, Function<Call, Future<Answer>> handler);

    /**
     * Changes something: runs in one transaction together with the caller's {@code Idempotency-Key}, and is rolled back
     * by a refusal.
     */
    void command(String operationId, Access access, Command handler);

    /**
     * A command with slow work before it. The preparation runs outside of any transaction, only if the caller's
     * {@code Idempotency-Key} is free, and gives the command; what it leaves behind when that is refused is its affair.
     */
    void prepared(String operationId, Access access, Preparation preparation);

    /** Speaks its own transactions: logins, which honour no key, and bookings, which claim theirs within the batch. */
    void unmanaged(String operationId, Access access, Function<Call, Future<Answer>> handler);

    /** What a feature offers to the assembly. */
    @FunctionalInterface
    interface Binder {
        void bind(Operations operations);
    }
}

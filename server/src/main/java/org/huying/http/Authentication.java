package org.huying.http;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import org.huying.kernel.Caller;

/** Knows who calls. */
public interface Authentication {
    /** Turns a bearer token into the caller, or fails with {@code Unauthenticated}. */
    Future<Caller> authenticate(String bearerToken);

    /**
     * The caller with the rights that they have now and keep until the transaction ends: whoever takes one away waits for
     * it, or has done so before. Fails with {@code Unauthenticated} for those who may not call any more.
     */
    Future<Caller> hold(SqlConnection transaction, Caller caller);
}

package org.huying.http;

import io.vertx.core.Future;
import org.huying.kernel.Caller;

/** Turns a bearer token into the caller, or fails with {@code Unauthenticated}. */
@FunctionalInterface
public interface Authentication {
    Future<Caller> authenticate(String bearerToken);
}

package org.huying.http;

import io.vertx.core.Future;
import org.huying.kernel.Caller;

/** Turns what a request carries into who calls. */
@FunctionalInterface
public interface Authentication {
    /** Fails with {@code token_invalid} or {@code token_expired}. */
    Future<Caller> authenticate(String bearerToken);
}

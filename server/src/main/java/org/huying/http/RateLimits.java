package org.huying.http;

import io.vertx.core.Future;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.huying.db.FieldCipher;
import org.huying.kernel.Refusal;
import org.huying.redis.Limiter;
import org.jspecify.annotations.Nullable;

/**
 * Holds operations to their limits, and says in the RateLimit fields (draft-ietf-httpapi-ratelimit-headers-11) what is
 * left. A repetition under an {@code Idempotency-Key} is no call: it is not counted, and says nothing.
 */
public final class RateLimits {
    private final Limiter limiter;
    private final FieldCipher cipher;
    private final Map<String, RateLimit> byOperation = new HashMap<>();

    /**
     * Makes those of an event loop.
     *
     * @param cipher by which addresses are counted without being told
     */
    public RateLimits(Limiter limiter, FieldCipher cipher, List<RateLimit> table) {
        this.limiter = limiter;
        this.cipher = cipher;
        for (var limit : table) {
            for (var operation : limit.operations()) {
                if (byOperation.put(operation, limit) != null) {
                    throw new IllegalStateException("limited twice: " + operation);
                }
            }
        }
    }

    /** Fails on an operation that there is not. */
    void holdAgainst(Contract contract) {
        var unknown = new HashMap<>(byOperation);
        contract.operations().forEach(operation -> unknown.remove(operation.id()));
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("limits of unknown operations: " + unknown.keySet());
        }
    }

    @Nullable
    RateLimit of(String operationId) {
        return byOperation.get(operationId);
    }

    /** Counts the call, or fails with {@code rate_limited}; either way the answer will say what is left. */
    Future<Void> take(RateLimit limit, Call call, Exchange exchange) {
        if (limit.per() == RateLimit.Per.RESIDENT && !call.caller().isResident()) {
            return Future.succeededFuture();
        }
        return limiter.take(limit.name() + ":" + counted(limit, call), limit.limit())
                .onSuccess(left -> exchange.limited(limit.policy(), limit.state(left.permits(), left.window())))
                .onFailure(failure -> {
                    if (failure instanceof Refusal.TooMany many) {
                        exchange.limited(limit.policy(), limit.state(0, many.retryAfter()));
                    }
                })
                .mapEmpty();
    }

    /** Nothing personal goes into Redis: ids, and keyed hashes of addresses. */
    private String counted(RateLimit limit, Call call) {
        if (limit.per() != RateLimit.Per.ADDRESS) {
            return call.caller().personId().toString();
        }
        var hash = cipher.index("address " + call.remoteAddress());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash.getBytes());
    }
}

package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.huying.db.Database;
import org.huying.http.Authentication;
import org.huying.identity.session.VerifiedToken;
import org.huying.kernel.BoundedCache;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Refusal;

/**
 * Tells from an access token who calls. Residents cost no look at the database; the grants of staff are read anew after
 * a second, so a suspension or a role taken away shows within it; whoever changes something is looked at under a lock. Of
 * one event loop.
 */
public final class Authenticator implements Authentication {
    private static final int TOKENS_MAX = 8_192;
    private static final int STAFF_MAX = 4_096;
    private static final long GRANTS_FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SharedIdentity shared;
    private final Database database;
    private final Map<String, VerifiedToken> verified = new BoundedCache<>(TOKENS_MAX);
    private final Map<StaffKey, Loaded> staff = new BoundedCache<>(STAFF_MAX);

    public Authenticator(SharedIdentity shared, Database database) {
        this.shared = shared;
        this.database = database;
    }

    private record StaffKey(UUID districtId, UUID staffId) {}

    private record Loaded(long askedAtNanos, Future<Optional<List<Grant>>> grants) {}

    @Override
    public Future<Caller> authenticate(String bearerToken) {
        try {
            var token = verify(bearerToken);
            if (shared.revoked().contains(token.sessionId())) {
                return Future.failedFuture(invalid());
            }
            return token.kind() == Caller.Kind.RESIDENT
                    ? Future.succeededFuture(caller(token, List.of()))
                    : grantsOf(token).map(grants -> caller(token, grants.orElseThrow(Authenticator::invalid)));
        } catch (Refusal refusal) {
            return Future.failedFuture(refusal);
        }
    }

    @Override
    public Future<Caller> hold(SqlConnection transaction, Caller caller) {
        return caller.isResident()
                ? Future.succeededFuture(caller)
                : Grants.hold(transaction, caller.districtId(), caller.personId())
                        .map(grants -> caller.with(grants.orElseThrow(Authenticator::invalid)));
    }

    private VerifiedToken verify(String bearerToken) {
        var known = verified.get(bearerToken);
        if (known != null) {
            shared.tokens().requireCurrent(known);
            return known;
        }
        var token = shared.tokens().verify(bearerToken);
        verified.put(bearerToken, token);
        return token;
    }

    /** Requests that come while the grants are being read wait for the same answer. */
    private Future<Optional<List<Grant>>> grantsOf(VerifiedToken token) {
        var key = new StaffKey(token.districtId(), token.personId());
        var known = staff.get(key);
        if (known != null && System.nanoTime() - known.askedAtNanos() < GRANTS_FRESH_NANOS) {
            return known.grants();
        }
        var asked = new Loaded(
                System.nanoTime(), database.read(client -> Grants.of(client, key.districtId(), key.staffId())));
        staff.put(key, asked);
        return asked.grants().onFailure(failure -> staff.remove(key, asked));
    }

    private static Caller caller(VerifiedToken token, List<Grant> grants) {
        return new Caller(token.personId(), token.districtId(), token.sessionId(), token.kind(), grants);
    }

    private static Refusal invalid() {
        return Refusal.unauthenticated("token_invalid");
    }
}

package org.huying.identity;

import io.vertx.core.Vertx;
import java.time.Clock;
import org.huying.db.Database;
import org.huying.identity.session.AccessTokens;
import org.huying.identity.session.Ed25519;
import org.huying.identity.session.RevokedSessions;
import org.huying.identity.session.SigningKeys;

/**
 * What all event loops of a node have in common.
 *
 * @param clock real time, not the domain's: tokens and sessions live by it
 */
public record SharedIdentity(
        AccessTokens tokens, RevokedSessions revoked, Passwords passwords, LoginThrottle throttle, Clock clock) {

    /** Hashes one password, so not on an event loop. {@link RevokedSessions#start} is the caller's to wait for. */
    public static SharedIdentity create(
            Vertx vertx, Database database, SigningKeys keys, LoginThrottle throttle, PasswordCost cost, Clock clock) {
        return new SharedIdentity(
                new AccessTokens(keys, Ed25519.fastest(), clock),
                new RevokedSessions(vertx, database),
                new Passwords(vertx, cost, clock),
                throttle,
                clock);
    }
}

package org.huying.identity.session;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Sha256;

/**
 * Opens, renews and ends sessions. A refresh token is good once; the next one takes its place and prolongs the session.
 * The database has their hashes only. Works inside the transaction given.
 */
public final class Sessions {
    /** How long a session lives without being renewed. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    private static final int TOKEN_BYTES = 32;

    private final RevokedSessions revoked;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Takes real time as its clock. */
    public Sessions(RevokedSessions revoked, Clock clock) {
        this.revoked = revoked;
        this.clock = clock;
    }

    private record Found(UUID sessionId, SessionOwner owner, boolean used, boolean alive) {
        static Found from(Row row) {
            return new Found(
                    row.getUUID("session_id"),
                    new SessionOwner(
                            row.getUUID("person_id"),
                            row.getUUID("district_id"),
                            Caller.Kind.of(row.getString("kind"))),
                    row.getBoolean("used"),
                    row.getBoolean("alive"));
        }
    }

    public Future<OpenSession> open(SqlConnection transaction, SessionOwner owner) {
        var session = new OpenSession(Ids.next(), owner, newToken());
        var now = now();
        return transaction
                .preparedQuery(SessionSql.OPEN)
                .execute(Tuple.tuple()
                        .addUUID(session.id())
                        .addUUID(owner.districtId())
                        .addUUID(owner.personId())
                        .addString(owner.kind().code())
                        .addOffsetDateTime(now)
                        .addOffsetDateTime(now.plus(LIFETIME))
                        .addBuffer(hash(session.refreshToken())))
                .map(session);
    }

    /**
     * Exchanges a refresh token for the next one. Empty when it is not good; that the transaction must still commit,
     * because a token that was used before, and so may be stolen, has ended its session here. One that was overtaken
     * by another exchange of the same moment has not: that is a client asking twice.
     */
    public Future<Optional<OpenSession>> renew(SqlConnection transaction, String refreshToken) {
        return find(transaction, refreshToken).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
            }
            var session = found.get();
            if (session.used()) {
                return revoke(transaction, session.sessionId()).map(Optional.empty());
            }
            return session.alive()
                    ? exchange(transaction, session, refreshToken)
                    : Future.succeededFuture(Optional.empty());
        });
    }

    /** Ends the session that the token is or was of, if there is one. */
    public Future<Void> end(SqlConnection transaction, String refreshToken) {
        return find(transaction, refreshToken)
                .compose(found ->
                        found.isPresent() ? revoke(transaction, found.get().sessionId()) : Future.succeededFuture());
    }

    /** Ends all that somebody has as a resident, in whatever district. */
    public Future<Void> endOfResident(SqlConnection transaction, UUID personId) {
        return transaction
                .preparedQuery(SessionSql.REVOKE_OF_RESIDENT)
                .execute(Tuple.of(personId))
                .onSuccess(rows -> rows.forEach(row -> revoked.add(row.getUUID("id"))))
                .mapEmpty();
    }

    private Future<Optional<Found>> find(SqlClient client, String refreshToken) {
        return client.preparedQuery(SessionSql.FIND)
                .execute(Tuple.of(hash(refreshToken), now()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(Found.from(rows.iterator().next())));
    }

    private Future<Optional<OpenSession>> exchange(SqlConnection transaction, Found session, String refreshToken) {
        return transaction
                .preparedQuery(SessionSql.USE)
                .execute(Tuple.of(hash(refreshToken), now()))
                .compose(used -> used.rowCount() == 1
                        ? prolong(transaction, session).map(Optional::of)
                        : Future.succeededFuture(Optional.empty()));
    }

    private Future<OpenSession> prolong(SqlConnection transaction, Found session) {
        var renewed = new OpenSession(session.sessionId(), session.owner(), newToken());
        var now = now();
        return transaction
                .preparedQuery(SessionSql.RENEW)
                .execute(Tuple.of(renewed.id(), now, now.plus(LIFETIME), hash(renewed.refreshToken())))
                .map(rows -> {
                    if (rows.rowCount() != 1) {
                        // ended by somebody else in this very moment
                        throw refused();
                    }
                    return renewed;
                });
    }

    private Future<Void> revoke(SqlClient client, UUID sessionId) {
        return client.preparedQuery(SessionSql.REVOKE)
                .execute(Tuple.of(sessionId))
                .onSuccess(rows -> revoked.add(sessionId))
                .mapEmpty();
    }

    /** What every refresh token that is not good is answered with. */
    public static Refusal refused() {
        return Refusal.unauthenticated("refresh_token_invalid");
    }

    private String newToken() {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The token has 256 random bits: no salt is needed, nor a slow hash. */
    private static Buffer hash(String token) {
        return Buffer.buffer(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}

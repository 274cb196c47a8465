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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Opens, renews and ends sessions. A refresh token is good once; the next one takes its place and prolongs the session
 * within its {@link SessionTerm}. The database has their hashes only. Works inside the transaction given.
 */
public final class Sessions {
    private static final int TOKEN_BYTES = 32;

    private final RevokedSessions revoked;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Takes real time as its clock. */
    public Sessions(RevokedSessions revoked, Clock clock) {
        this.revoked = revoked;
        this.clock = clock;
    }

    private record Found(UUID sessionId, SessionOwner owner, Instant openedAt, boolean used, boolean alive) {
        static Found from(Row row) {
            return new Found(
                    row.getUUID("session_id"),
                    new SessionOwner(
                            row.getUUID("person_id"),
                            row.getUUID("district_id"),
                            Caller.Kind.of(row.getString("kind"))),
                    Rows.instant(row, "created_at"),
                    row.getBoolean("used"),
                    row.getBoolean("alive"));
        }
    }

    public Future<OpenSession> open(SqlConnection transaction, SessionOwner owner) {
        var session = new OpenSession(Ids.next(), owner, newToken());
        var now = clock.instant();
        return transaction
                .preparedQuery(SessionSql.OPEN)
                .execute(Tuple.tuple()
                        .addUUID(session.id())
                        .addUUID(owner.districtId())
                        .addUUID(owner.personId())
                        .addString(owner.kind().code())
                        .addOffsetDateTime(Rows.utc(now))
                        .addOffsetDateTime(end(owner, now, now))
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

    /** Ends one of the caller's own; one that does not stand any more is not found. */
    Future<Void> endOwn(SqlConnection transaction, Caller caller, UUID sessionId) {
        return transaction
                .preparedQuery(SessionSql.REVOKE_OWN)
                .execute(Tuple.of(sessionId, caller.personId(), caller.kind().code(), now()))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw Refusal.notFound();
                    }
                    tellAfterCommit(transaction, sessionId);
                    return null;
                });
    }

    /** Ends all sessions of the person, in whatever district, but the one given. */
    public Future<Void> endAll(
            SqlConnection transaction, UUID personId, Caller.Kind kind, @Nullable UUID exceptSessionId) {
        return transaction
                .preparedQuery(SessionSql.REVOKE_ALL)
                .execute(Tuple.of(personId, kind.code(), exceptSessionId))
                .onSuccess(rows -> rows.forEach(row -> tellAfterCommit(transaction, row.getUUID("id"))))
                .mapEmpty();
    }

    /** The caller's own that stand, the latest first. */
    Future<Page<SessionView>> list(SqlClient client, Caller caller, @Nullable Cursor cursor, int limit) {
        return client.preparedQuery(SessionSql.LIST)
                .execute(Tuple.of(
                        caller.personId(),
                        caller.kind().code(),
                        now(),
                        cursor == null ? null : cursor.uuid(0),
                        limit + 1))
                .map(Rows.list(row -> SessionView.from(row, caller.sessionId())))
                .map(found -> Page.of(found, limit, each -> List.of(each.id().toString())));
    }

    private static OffsetDateTime end(SessionOwner owner, Instant openedAt, Instant usedAt) {
        return Rows.utc(SessionTerm.of(owner.kind()).end(openedAt, usedAt));
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
        var now = clock.instant();
        return transaction
                .preparedQuery(SessionSql.RENEW)
                .execute(Tuple.of(
                        renewed.id(),
                        Rows.utc(now),
                        end(session.owner(), session.openedAt(), now),
                        hash(renewed.refreshToken())))
                .map(rows -> {
                    if (rows.rowCount() != 1) {
                        // ended by somebody else in this very moment
                        throw refused();
                    }
                    return renewed;
                });
    }

    private Future<Void> revoke(SqlConnection transaction, UUID sessionId) {
        return transaction
                .preparedQuery(SessionSql.REVOKE)
                .execute(Tuple.of(sessionId))
                .onSuccess(rows -> tellAfterCommit(transaction, sessionId))
                .mapEmpty();
    }

    /** What is rolled back has ended nothing: the session goes on here as it does on the other nodes. */
    private void tellAfterCommit(SqlConnection transaction, UUID sessionId) {
        Objects.requireNonNull(transaction.transaction(), "sessions end in a transaction")
                .completion()
                .onSuccess(committed -> revoked.add(sessionId));
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
        return Rows.utc(clock.instant());
    }
}

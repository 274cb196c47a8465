package org.huying.identity.session;

/** Sessions stand above the districts, as logins do: they are found by their person and kind. */
final class SessionSql {
    static final String OPEN = """
            WITH opened AS (
                INSERT INTO session (id, district_id, person_id, kind, created_at, last_used_at, expires_at)
                VALUES ($1, $2, $3, $4, $5, $5, $6)
                RETURNING id)
            INSERT INTO refresh_token (token_hash, session_id, created_at)
            SELECT $7, id, $5 FROM opened
            """;

    static final String FIND = """
            SELECT t.session_id, t.used_at IS NOT NULL AS used, s.district_id, s.person_id, s.kind, s.created_at,
                   s.revoked_at IS NULL AND s.expires_at > $2 AS alive
            FROM refresh_token t JOIN session s ON s.id = t.session_id
            WHERE t.token_hash = $1
            """;

    /** Of any number that try at once, one gets the row. */
    static final String USE = """
            UPDATE refresh_token SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL
            """;

    static final String RENEW = """
            WITH renewed AS (
                UPDATE session SET last_used_at = $2, expires_at = $3 WHERE id = $1 AND revoked_at IS NULL
                RETURNING id)
            INSERT INTO refresh_token (token_hash, session_id, created_at)
            SELECT $4, id, $2 FROM renewed
            """;

    /** By the database's clock, which the nodes' look-outs go by. */
    static final String REVOKE = """
            UPDATE session SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL
            """;

    static final String REVOKE_OWN = """
            UPDATE session SET revoked_at = now()
            WHERE id = $1 AND person_id = $2 AND kind = $3 AND revoked_at IS NULL AND expires_at > $4
            RETURNING id
            """;

    /** But one ($3), where that is given. */
    static final String REVOKE_ALL = """
            UPDATE session SET revoked_at = now()
            WHERE person_id = $1 AND kind = $2 AND revoked_at IS NULL AND ($3::uuid IS NULL OR id <> $3)
            RETURNING id
            """;

    static final String REVOKED_LATELY = """
            SELECT id FROM session WHERE revoked_at > now() - make_interval(secs => $1)
            """;

    /** Those used up long ago, of sessions that go on. */
    static final String FORGET_TOKENS = """
            DELETE FROM refresh_token WHERE token_hash IN (
                SELECT t.token_hash FROM refresh_token t JOIN session s ON s.id = t.session_id
                WHERE s.district_id = $1 AND t.used_at < $2
                ORDER BY t.used_at
                LIMIT $3)
            """;

    /** Those that ended long ago, with all their tokens. */
    static final String FORGET_SESSIONS = """
            WITH past AS (
                SELECT id FROM session
                WHERE district_id = $1 AND coalesce(revoked_at, expires_at) < $2
                ORDER BY coalesce(revoked_at, expires_at)
                LIMIT $3
            ), tokens AS (
                DELETE FROM refresh_token WHERE session_id IN (SELECT id FROM past)
            )
            DELETE FROM session WHERE id IN (SELECT id FROM past)
            """;

    static final String LIST = """
            SELECT id, created_at, last_used_at, expires_at FROM session
            WHERE person_id = $1 AND kind = $2 AND revoked_at IS NULL AND expires_at > $3
              AND ($4::uuid IS NULL OR id < $4)
            ORDER BY id DESC
            LIMIT $5
            """;

    private SessionSql() {}
}

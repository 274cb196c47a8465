package org.huying.identity.session;

final class SessionSql {
    static final String OPEN = """
            WITH opened AS (
                INSERT INTO session (id, district_id, person_id, kind, created_at, expires_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                RETURNING id)
            INSERT INTO refresh_token (token_hash, session_id, created_at)
            SELECT $7, id, $5 FROM opened
            """;

    static final String FIND = """
            SELECT t.session_id, t.used_at IS NOT NULL AS used, s.district_id, s.person_id, s.kind,
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
                UPDATE session SET expires_at = $3 WHERE id = $1 AND revoked_at IS NULL
                RETURNING id)
            INSERT INTO refresh_token (token_hash, session_id, created_at)
            SELECT $4, id, $2 FROM renewed
            """;

    /** By the database's clock, which the nodes' look-outs go by. */
    static final String REVOKE = """
            UPDATE session SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL
            """;

    static final String REVOKE_OF_RESIDENT = """
            UPDATE session SET revoked_at = now()
            WHERE person_id = $1 AND kind = 'resident' AND revoked_at IS NULL
            RETURNING id
            """;

    static final String REVOKED_LATELY = """
            SELECT id FROM session WHERE revoked_at > now() - make_interval(secs => $1)
            """;

    private SessionSql() {}
}

package org.huying.identity.mandate;

/** Terms of mandates and of their codes run on real time, like sessions. */
final class MandateSql {
    /** Offers and acceptances in the name of one resident go one after the other. */
    static final String LOCK_GRANTOR = """
            SELECT id FROM resident WHERE district_id = $1 AND id = $2 FOR NO KEY UPDATE
            """;

    static final String COUNT_GIVEN = """
            SELECT count(*) AS n FROM mandate
            WHERE district_id = $1 AND grantor_id = $2 AND (valid_until IS NULL OR valid_until > now())
              AND (status = 'active' OR status = 'offered' AND (invite_expires_at IS NULL OR invite_expires_at > now()))
            """;

    static final String COUNT_HELD = """
            SELECT count(*) AS n FROM mandate
            WHERE district_id = $1 AND proxy_id = $2 AND status = 'active'
              AND (valid_until IS NULL OR valid_until > now())
            """;

    static final String INSERT = """
            INSERT INTO mandate (district_id, id, grantor_id, for_booking, for_ticket, status, valid_until,
                invite_code_hash, invite_expires_at, offered_by_id, consent_note_sealed, consent_photo_id, created_at)
            VALUES ($1, $2, $3, $4, $5, 'offered', $6, $7, $8, $9, $10, $11, $12)
            """;

    static final String FIND = """
            SELECT id, grantor_id, proxy_id, for_booking, for_ticket, valid_until, offered_by_id, consent_photo_id,
                created_at, invite_expires_at, accepted_at, revoked_at, revoked_by_id,
                CASE WHEN status <> 'revoked' AND valid_until <= now()
                    OR status = 'offered' AND invite_expires_at <= now() THEN 'expired' ELSE status END AS status
            FROM mandate WHERE district_id = $1 AND id = $2
            """;

    /** What a grid member offered is good as long as they are one. */
    static final String LOCK_INVITED = """
            SELECT id, grantor_id, proxy_id, for_booking, for_ticket, valid_until, offered_by_id, consent_photo_id,
                created_at, invite_expires_at, accepted_at, revoked_at, revoked_by_id, status
            FROM mandate
            WHERE district_id = $1 AND invite_code_hash = $2 AND status = 'offered' AND invite_expires_at > now()
              AND (valid_until IS NULL OR valid_until > now())
              AND (offered_by_id = grantor_id OR EXISTS (
                  SELECT 1 FROM staff s
                  JOIN role_grant g ON g.district_id = s.district_id AND g.staff_id = s.id AND g.role = 'grid_member'
                  WHERE s.district_id = mandate.district_id AND s.id = mandate.offered_by_id AND NOT s.suspended))
            FOR UPDATE
            """;

    /** The code is good once. */
    static final String ACCEPT = """
            UPDATE mandate SET status = 'active', proxy_id = $3, accepted_at = $4, invite_code_hash = NULL
            WHERE district_id = $1 AND id = $2
            """;

    /** Between two people one is in force. */
    static final String END_EARLIER = """
            UPDATE mandate SET status = 'revoked', revoked_at = $5, revoked_by_id = $3
            WHERE district_id = $1 AND grantor_id = $2 AND proxy_id = $3 AND status = 'active' AND id <> $4
            """;

    static final String REVOKE = """
            UPDATE mandate SET status = 'revoked', revoked_at = $3, revoked_by_id = $4, invite_code_hash = NULL
            WHERE district_id = $1 AND id = $2 AND status <> 'revoked'
            RETURNING id
            """;

    /** Given and held, the newest first. */
    static final String LIST = """
            SELECT id, grantor_id, proxy_id, for_booking, for_ticket, valid_until, offered_by_id, consent_photo_id,
                created_at, invite_expires_at, accepted_at, revoked_at, revoked_by_id,
                CASE WHEN status <> 'revoked' AND valid_until <= now()
                    OR status = 'offered' AND invite_expires_at <= now() THEN 'expired' ELSE status END AS status
            FROM mandate
            WHERE district_id = $1 AND (grantor_id = $2 OR proxy_id = $2) AND ($3::uuid IS NULL OR id < $3)
            ORDER BY id DESC
            LIMIT $4
            """;

    private MandateSql() {}
}

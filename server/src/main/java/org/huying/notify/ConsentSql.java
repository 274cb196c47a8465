package org.huying.notify;

final class ConsentSql {
    /** Who gives at the same time elsewhere waits, so that the bound holds. */
    static final String LOCK_PERSON = """
            SELECT id FROM resident WHERE district_id = $1 AND id = $2 FOR NO KEY UPDATE
            """;

    static final String GIVE = """
            INSERT INTO notification_consent (district_id, id, person_id, template, given_at)
            SELECT $1, c.id, p.id, c.template, $5
            FROM unnest($2::uuid[]) AS p (id)
            CROSS JOIN unnest($3::uuid[], $4::text[]) AS c (id, template)
            WHERE (
                SELECT count(*) FROM notification_consent o
                WHERE o.district_id = $1 AND o.person_id = p.id AND o.template = c.template AND o.spent_at IS NULL) < $6
            """;

    static final String REMAINING = """
            SELECT template, count(*)::int AS remaining
            FROM notification_consent
            WHERE district_id = $1 AND person_id = $2 AND spent_at IS NULL
            GROUP BY template
            """;

    /** The oldest first. */
    static final String SPEND = """
            UPDATE notification_consent SET spent_at = $5, notification_id = $4
            WHERE district_id = $1 AND id = (
                SELECT id FROM notification_consent
                WHERE district_id = $1 AND person_id = $2 AND template = $3 AND spent_at IS NULL
                ORDER BY given_at, id
                LIMIT 1
                FOR UPDATE SKIP LOCKED)
            RETURNING id
            """;

    static final String SPENT_ON = """
            SELECT id FROM notification_consent WHERE district_id = $1 AND notification_id = $2 FOR UPDATE
            """;

    static final String SETTLE = """
            UPDATE notification_consent SET result = $3 WHERE district_id = $1 AND notification_id = $2
            """;

    static final String TAKE_BACK = """
            UPDATE notification_consent SET spent_at = NULL, notification_id = NULL, result = NULL
            WHERE district_id = $1 AND notification_id = $2
            """;

    static final String TOLD = """
            SELECT template, given_at, spent_at, result FROM notification_consent
            WHERE district_id = $1 AND person_id = $2
            ORDER BY given_at DESC, id DESC
            LIMIT $3
            """;

    static final String ERASE = """
            DELETE FROM notification_consent WHERE district_id = $1 AND person_id = $2
            """;

    static final String MOVE = """
            UPDATE notification_consent SET person_id = $3 WHERE district_id = $1 AND person_id = $2
            """;

    private ConsentSql() {}
}

package org.huying.notify;

final class NotificationSql {
    static final String INSERT = """
            INSERT INTO notification (district_id, id, recipient_id, kind, subject_id, facts, created_at)
            SELECT $1, $2, $3, $4, $5, $6, $7
            WHERE NOT EXISTS (SELECT 1 FROM resident WHERE district_id = $1 AND id = $3 AND erased_at IS NOT NULL)
            ON CONFLICT DO NOTHING
            """;

    static final String PRESENT_SELF = """
            SELECT merged_into_id FROM resident WHERE district_id = $1 AND id = $2 AND merged_into_id IS NOT NULL
            """;

    static final String MOVE = """
            UPDATE notification SET recipient_id = $3 WHERE district_id = $1 AND recipient_id = $2
            """;

    static final String TOLD = """
            SELECT kind, subject_id, facts, created_at, read_at
            FROM notification
            WHERE district_id = $1 AND recipient_id = $2
            ORDER BY created_at DESC, id DESC
            LIMIT $3
            """;

    static final String ERASE = """
            DELETE FROM notification WHERE district_id = $1 AND recipient_id = $2 RETURNING id
            """;

    static final String FIND = """
            SELECT id, recipient_id, kind, subject_id, facts, created_at, read_at
            FROM notification
            WHERE district_id = $1 AND id = $2
            """;

    /** Latest first, after the one given. */
    static final String LIST = """
            SELECT id, recipient_id, kind, subject_id, facts, created_at, read_at
            FROM notification
            WHERE district_id = $1 AND recipient_id = $2 AND (NOT $3 OR read_at IS NULL)
              AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid))
            ORDER BY created_at DESC, id DESC
            LIMIT $6
            """;

    /** The first reading counts. */
    static final String READ = """
            UPDATE notification SET read_at = coalesce(read_at, $4)
            WHERE district_id = $1 AND recipient_id = $2 AND id = $3
            RETURNING id, recipient_id, kind, subject_id, facts, created_at, read_at
            """;

    /** A consent that was spent goes with what it was spent on. */
    static final String FORGET = """
            WITH past AS (
                SELECT id FROM notification
                WHERE district_id = $1 AND created_at < $2
                ORDER BY created_at
                LIMIT $3
            ), spent AS (
                DELETE FROM notification_consent
                WHERE district_id = $1 AND notification_id IN (SELECT id FROM past)
            )
            DELETE FROM notification WHERE district_id = $1 AND id IN (SELECT id FROM past)
            """;

    private NotificationSql() {}
}

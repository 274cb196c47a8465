package org.huying.retention;

final class RetentionSql {
    static final String FIND = """
            SELECT closed_ticket_texts_months, photos_months, booking_details_months, notifications_days, sessions_days
            FROM retention_settings WHERE district_id = $1
            """;

    static final String SET = """
            INSERT INTO retention_settings (district_id, closed_ticket_texts_months, photos_months,
                booking_details_months, notifications_days, sessions_days)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (district_id) DO UPDATE
            SET closed_ticket_texts_months = excluded.closed_ticket_texts_months,
                photos_months = excluded.photos_months,
                booking_details_months = excluded.booking_details_months,
                notifications_days = excluded.notifications_days,
                sessions_days = excluded.sessions_days
            """;

    static final String VERSION = """
            SELECT retention_version AS version FROM district WHERE id = $1
            """;

    /** Locks the district's row, and tells the version of before. */
    static final String CHANGE = """
            UPDATE district SET retention_version = retention_version + 1 WHERE id = $1
            RETURNING retention_version - 1 AS version
            """;

    private RetentionSql() {}
}

package org.huying.ticket.catalogue;

final class CalendarSql {
    static final String WEEK = """
            SELECT weekdays, hours FROM working_week WHERE district_id = $1
            """;

    static final String SET_WEEK = """
            INSERT INTO working_week (district_id, weekdays, hours) VALUES ($1, $2, $3)
            ON CONFLICT (district_id) DO UPDATE SET weekdays = EXCLUDED.weekdays, hours = EXCLUDED.hours
            """;

    /** $3 is the first day after those wanted; absent: all from $2 on. */
    static final String DAYS = """
            SELECT day, working, name FROM calendar_day
            WHERE district_id = $1 AND day >= $2 AND ($3::date IS NULL OR day < $3)
            ORDER BY day
            """;

    static final String CLEAR_DAYS = """
            DELETE FROM calendar_day WHERE district_id = $1 AND day >= $2 AND day < $3
            """;

    static final String ADD_DAYS = """
            INSERT INTO calendar_day (district_id, day, working, name)
            SELECT $1, d.day, d.working, d.name FROM unnest($2::date[], $3::boolean[], $4::text[]) AS d (day, working, name)
            """;

    static final String VERSION = """
            SELECT calendar_version AS version FROM district WHERE id = $1
            """;

    /** Locks the district's row, and tells the version of before. */
    static final String CHANGE = """
            UPDATE district SET calendar_version = calendar_version + 1 WHERE id = $1
            RETURNING calendar_version - 1 AS version
            """;

    private CalendarSql() {}
}

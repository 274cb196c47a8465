package org.huying.db.clock;

final class ClockSql {
    static final String ASK = """
            SELECT clock_timestamp() AS now, (SELECT latest FROM clock_mark) AS latest
            """;

    static final String MARK = """
            INSERT INTO clock_mark (latest) VALUES ($1)
            ON CONFLICT (only_one) DO UPDATE SET latest = EXCLUDED.latest WHERE clock_mark.latest < EXCLUDED.latest
            """;

    /** The operator's word that what lies ahead was written by a wrong clock. */
    static final String ACCEPT = """
            UPDATE clock_mark SET latest = $1 WHERE latest > $1
            """;

    static final String RECORD = """
            INSERT INTO clock_incident (id, kind, by_ms, domain_at, latest)
            VALUES ($1, $2, $3, $4, (SELECT latest FROM clock_mark))
            """;

    private ClockSql() {}
}

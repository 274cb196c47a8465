package org.huying.metrics.publication;

final class PublicationSql {
    /** The head, as of the instant, of every ticket that stands in any figure of the period. */
    static final String HEADS = """
            SELECT t.ticket_id, h.seq, h.hash
            FROM (SELECT DISTINCT f.ticket_id FROM one_time_completion($1, $2, $3, $4) f) t
            CROSS JOIN LATERAL (
                SELECT c.seq, c.hash FROM ticket_log c
                WHERE c.district_id = $1 AND c.ticket_id = t.ticket_id AND c.at <= $4
                ORDER BY c.seq DESC LIMIT 1) h
            """;

    /** One publisher of a month at a time, until the transaction ends. */
    static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtextextended('completion report ' || $1::uuid || ' ' || $2::date, 0))
            """;

    /** After the lock, and so in a statement of its own. */
    static final String LATEST_EDITION = """
            SELECT edition, as_of FROM completion_report WHERE district_id = $1 AND month = $2
            ORDER BY edition DESC LIMIT 1
            """;

    static final String KEEP = """
            INSERT INTO completion_report (district_id, id, month, edition, definition, as_of, published_at,
                published_by_id, reason, figures, tickets, events, digest)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """;

    static final String FIND = """
            SELECT id, month, edition, definition, as_of, published_at, published_by_id, reason, figures, tickets, events,
                digest
            FROM completion_report WHERE district_id = $1 AND id = $2
            """;

    static final String LIST = """
            SELECT id, month, edition, definition, as_of, published_at, published_by_id, reason,
                figures - 'groups' AS figures, tickets, events, digest
            FROM completion_report
            WHERE district_id = $1 AND ($2::date IS NULL OR month = $2)
              AND ($3::timestamptz IS NULL OR (published_at, id) < ($3, $4::uuid))
            ORDER BY published_at DESC, id DESC
            LIMIT $5
            """;

    /** The editions that count, of some months. */
    static final String LATEST = """
            SELECT DISTINCT ON (month) id, month, edition, definition, as_of, published_at, published_by_id, reason,
                figures, tickets, events, digest
            FROM completion_report
            WHERE district_id = $1 AND month BETWEEN $2 AND $3
            ORDER BY month, edition DESC
            """;

    private PublicationSql() {}
}

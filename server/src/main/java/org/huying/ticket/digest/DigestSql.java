package org.huying.ticket.digest;

final class DigestSql {
    /** One publisher at a time; nobody else locks a district. */
    static final String LOCK = """
            SELECT zone FROM district WHERE id = $1 FOR NO KEY UPDATE
            """;

    /** After the lock, and so in a statement of its own: where the last publisher left off. */
    static final String LATEST = """
            SELECT day, digest FROM log_digest WHERE district_id = $1 ORDER BY day DESC LIMIT 1
            """;

    static final String FIRST_EVENT = """
            SELECT at FROM ticket_event WHERE district_id = $1 ORDER BY at LIMIT 1
            """;

    /** A chain's times never run backwards, so its last event of a day is that with the highest number. */
    static final String HEADS = """
            SELECT h.ticket_id, h.seq, h.hash, h.events, actors_hash($1, h.ticket_id, $3) AS actors
            FROM (
                SELECT DISTINCT ON (ticket_id) ticket_id, seq, hash, count(*) OVER (PARTITION BY ticket_id) AS events
                FROM ticket_event
                WHERE district_id = $1 AND at >= $2 AND at < $3
                ORDER BY ticket_id, seq DESC) AS h
            """;

    static final String PUBLISH = """
            INSERT INTO log_digest (district_id, day, chains, events, previous_digest, digest, published_at, format)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    static final String KEEP_HEADS = """
            INSERT INTO log_digest_head (district_id, day, ticket_id, seq, hash, actors)
            SELECT $1, $2, h.ticket_id, h.seq, h.hash, h.actors
            FROM unnest($3::uuid[], $4::int[], $5::text[], $6::text[]) AS h (ticket_id, seq, hash, actors)
            """;

    /** Latest day first; public, so of all districts, each of which keeps its own chain of digests. */
    static final String LIST = """
            SELECT l.district_id, d.name, l.day, l.format, l.chains, l.events, l.previous_digest, l.digest, l.published_at
            FROM log_digest l
            JOIN district d ON d.id = l.district_id
            WHERE ($1::date IS NULL OR l.day = $1)
              AND ($2::uuid IS NULL OR l.district_id = $2)
              AND ($3::date IS NULL OR l.day < $3 OR (l.day = $3 AND l.district_id > $4::uuid))
            ORDER BY l.day DESC, l.district_id
            LIMIT $5
            """;

    private DigestSql() {}
}

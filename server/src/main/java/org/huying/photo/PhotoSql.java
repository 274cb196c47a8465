package org.huying.photo;

final class PhotoSql {
    static final String INSERT = """
            INSERT INTO photo (district_id, id, uploader_id, sha256, width, height, bytes_count, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    static final String FIND = """
            SELECT id, uploader_id, sha256, width, height, ticket_id, event_seq, mandate_id
            FROM photo WHERE district_id = $1 AND id = $2
            """;

    /** Those of the uploader that nothing has claimed, held so that nothing else claims them. */
    static final String LOCK_UNCLAIMED = """
            SELECT id, uploader_id, sha256, width, height, ticket_id, event_seq, mandate_id
            FROM photo
            WHERE district_id = $1 AND uploader_id = $2 AND id = ANY ($3) AND ticket_id IS NULL
              AND mandate_id IS NULL
            ORDER BY id
            FOR UPDATE
            """;

    static final String CLAIM = """
            UPDATE photo p SET ticket_id = $3, event_seq = $4, side = $5, position = c.n
            FROM unnest($2::uuid[]) WITH ORDINALITY AS c (id, n)
            WHERE p.district_id = $1 AND p.id = c.id AND p.ticket_id IS NULL AND p.mandate_id IS NULL
            """;

    static final String CLAIM_FOR_MANDATE = """
            UPDATE photo SET mandate_id = $4
            WHERE district_id = $1 AND uploader_id = $2 AND id = $3 AND ticket_id IS NULL AND mandate_id IS NULL
            """;

    static final String COUNT = """
            SELECT count(*) AS photos FROM photo WHERE district_id = $1 AND ticket_id = $2 AND side = $3
            """;

    static final String OF_EVENT = """
            SELECT id, uploader_id, sha256, width, height, ticket_id, event_seq, mandate_id
            FROM photo WHERE district_id = $1 AND ticket_id = ANY ($2) AND event_seq = $3
            ORDER BY ticket_id, position
            """;

    /** Whoever is claiming it just now is waited for. */
    static final String LOCK = """
            SELECT id, uploader_id, sha256, width, height, ticket_id, event_seq, mandate_id
            FROM photo WHERE district_id = $1 AND id = $2 FOR UPDATE
            """;

    static final String DELETE = """
            DELETE FROM photo WHERE district_id = $1 AND id = $2 AND ticket_id IS NULL AND mandate_id IS NULL
            """;

    /** Held, so that none of them is removed while its files are written anew. */
    static final String LOCK_NEXT = """
            SELECT id FROM photo WHERE district_id = $1 AND id > $2 ORDER BY id LIMIT $3 FOR UPDATE
            """;

    static final String DELETE_OF_TICKETS = """
            DELETE FROM photo WHERE district_id = $1 AND ticket_id = ANY ($2) RETURNING id
            """;

    /** What somebody ($2) handed in, and what shows their consent; not what they took of the consents of others. */
    private static final String THEIRS = """
            (SELECT id FROM photo WHERE district_id = $1 AND uploader_id = $2 AND mandate_id IS NULL
             UNION ALL
             SELECT p.id FROM mandate m
             JOIN photo p ON p.district_id = m.district_id AND p.mandate_id = m.id AND p.mandate_id IS NOT NULL
             WHERE m.district_id = $1 AND m.grantor_id = $2)
            """;

    static final String TOLD = """
            SELECT id, width, height, bytes_count, created_at, ticket_id, event_seq, mandate_id
            FROM photo WHERE district_id = $1 AND id IN
            """ + THEIRS + """
            ORDER BY id DESC
            LIMIT $3
            """;

    /** The latest of the person's that have room in so many bytes. */
    static final String FITTING = """
            SELECT id FROM (
                SELECT id, sum(bytes_count) OVER (ORDER BY id DESC) AS bytes_so_far
                FROM photo WHERE district_id = $1 AND id IN
            """ + THEIRS + """
                ) p
            WHERE bytes_so_far <= $3
            ORDER BY id DESC
            """;

    static final String ERASE_UNCLAIMED = """
            DELETE FROM photo WHERE district_id = $1 AND ticket_id IS NULL AND id IN
            """ + THEIRS + """
            RETURNING id
            """;

    static final String ERASE_CLAIMED = """
            DELETE FROM photo p
            USING unnest($2::uuid[], $3::int[]) AS e (ticket_id, seq)
            WHERE p.district_id = $1 AND p.ticket_id = e.ticket_id AND p.event_seq = e.seq
            RETURNING p.id
            """;

    static final String MOVE = """
            UPDATE photo SET uploader_id = $3 WHERE district_id = $1 AND uploader_id = $2
            """;

    private PhotoSql() {}
}

package org.huying.identity.unmasking;

final class UnmaskingSql {
    static final String INSERT = """
            INSERT INTO unmasking (district_id, id, at, actor_id, role, subject_id, ticket_id, place_path, fields,
                reason_sealed)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    /** Latest first; within places ($2) only what lay there. */
    static final String LIST = """
            SELECT id, at, actor_id, role, subject_id, ticket_id, fields, reason_sealed
            FROM unmasking
            WHERE district_id = $1 AND ($2::uuid[] IS NULL OR place_path && $2)
              AND ($3::uuid IS NULL OR subject_id = $3)
              AND ($4::uuid IS NULL OR actor_id = $4)
              AND ($5::timestamptz IS NULL OR (at, id) < ($5, $6::uuid))
            ORDER BY at DESC, id DESC
            LIMIT $7
            """;

    static final String TOLD = """
            SELECT u.at, s.name_sealed AS by_sealed, u.role, u.ticket_id, u.fields, u.reason_sealed
            FROM unmasking u
            JOIN staff s ON s.district_id = u.district_id AND s.id = u.actor_id
            WHERE u.district_id = $1 AND u.subject_id = $2
            ORDER BY u.at DESC, u.id DESC
            LIMIT $3
            """;

    static final String ERASE_REASONS = """
            UPDATE unmasking SET reason_sealed = NULL
            WHERE district_id = $1 AND subject_id = $2
            RETURNING actor_id
            """;

    private UnmaskingSql() {}
}

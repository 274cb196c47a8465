package org.huying.identity.unmasking;

final class UnmaskingSql {
    static final String INSERT = """
            INSERT INTO unmasking (district_id, id, at, actor_id, role, subject_id, ticket_id, place_path, fields,
                reason_sealed, subject_hidden)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;

    /**
     * Latest first; within places ($2) only what lay there. Who is anonymous is known to themself and to whoever looked:
     * the one who reads ($8) finds nobody else's by the subject.
     */
    static final String LIST = """
            SELECT id, at, actor_id, role,
                CASE WHEN NOT subject_hidden OR $8 IN (actor_id, subject_id) THEN subject_id END AS subject_id,
                ticket_id, fields, reason_sealed
            FROM unmasking
            WHERE district_id = $1 AND ($2::uuid[] IS NULL OR place_path && $2)
              AND ($3::uuid IS NULL OR subject_id = $3 AND (NOT subject_hidden OR $8 IN (actor_id, subject_id)))
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

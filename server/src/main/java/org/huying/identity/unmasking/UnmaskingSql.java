package org.huying.identity.unmasking;

import org.huying.db.personal.OnePerson;

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
            SELECT id, kind, at, actor_id, role,
                CASE WHEN NOT subject_hidden OR $8 IN (actor_id, subject_id) THEN subject_id END AS subject_id,
                ticket_id, fields, reason_sealed
            FROM unmasking
            WHERE district_id = $1 AND ($2::uuid[] IS NULL OR place_path && $2)
              AND ($3::uuid IS NULL
                  OR (subject_id = $3 OR subject_id IN (
                      SELECT id FROM resident WHERE district_id = $1 AND merged_into_id = $3))
                  AND (NOT subject_hidden OR $8 IN (actor_id, subject_id, $3)))
              AND ($4::uuid IS NULL OR actor_id = $4)
              AND ($5::timestamptz IS NULL OR (at, id) < ($5, $6::uuid))
            ORDER BY at DESC, id DESC
            LIMIT $7
            """;

    /**
     * An entry for each who was found ($7, each with the place of their home in $8), or one for nobody; it lay where those
     * live, else where whoever asks works ($9), else in the whole district.
     */
    static final String INSERT_SEARCH = """
            INSERT INTO unmasking (district_id, id, kind, at, actor_id, role, subject_id, place_path, fields, asked_sealed)
            SELECT $1, f.id, 'search', $3, $4, $5, f.subject_id, coalesce(home.path, own.path, top.path), $6, f.asked
            FROM unnest($2::uuid[], $7::uuid[], $8::uuid[], $10::bytea[]) AS f (id, subject_id, place_id, asked)
            LEFT JOIN place home ON home.district_id = $1 AND home.id = f.place_id
            LEFT JOIN place own ON own.district_id = $1 AND own.id = $9
            JOIN place top ON top.district_id = $1 AND top.parent_id IS NULL
            """;

    /** The same for residents ($6) whom a list was about: all that it says of them was compared. */
    static final String INSERT_LISTED = """
            INSERT INTO unmasking (district_id, id, kind, at, actor_id, role, subject_id, place_path, fields)
            SELECT $1, f.id, 'search', $3, $4, $5, f.subject_id, coalesce(home.path, top.path),
                ARRAY['name', 'phone', 'birthDate', 'address']
            FROM unnest($2::uuid[], $6::uuid[]) AS f (id, subject_id)
            LEFT JOIN LATERAL (
                SELECT p.path
                FROM household_member m
                JOIN household h ON h.district_id = m.district_id AND h.id = m.household_id
                JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id
                WHERE m.district_id = $1 AND m.resident_id = f.subject_id AND m.status = 'approved'
                ORDER BY m.id
                LIMIT 1) AS home ON true
            JOIN place top ON top.district_id = $1 AND top.parent_id IS NULL
            """;

    /** Searches since then that found nobody, and when the first of them was. */
    static final String FRUITLESS = """
            SELECT count(*) AS n, min(at) AS first_at FROM unmasking
            WHERE district_id = $1 AND actor_id = $2 AND at > $3 AND kind = 'search' AND subject_id IS NULL
            """;

    static final String FORGET_ASKED = """
            UPDATE unmasking SET asked_sealed = NULL
            WHERE district_id = $1 AND id IN (
                SELECT id FROM unmasking WHERE district_id = $1 AND at < $2 AND asked_sealed IS NOT NULL
                ORDER BY at LIMIT $3)
            """;

    static final String TOLD = """
            SELECT u.kind, u.at, s.name_sealed AS by_sealed, u.role, u.ticket_id, u.fields, u.reason_sealed
            FROM unmasking u
            JOIN staff s ON s.district_id = u.district_id AND s.id = u.actor_id
            WHERE u.district_id = $1 AND u.subject_id IN
            """ + OnePerson.SELVES + """
            ORDER BY u.at DESC, u.id DESC
            LIMIT $3
            """;

    static final String ERASE_REASONS = """
            UPDATE unmasking SET reason_sealed = NULL, asked_sealed = NULL
            WHERE district_id = $1 AND subject_id = $2
            RETURNING actor_id
            """;

    private UnmaskingSql() {}
}

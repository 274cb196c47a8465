package org.huying.identity.household;

import org.huying.identity.Wards;

final class HouseholdSql {
    static final String FIND = """
            SELECT h.id, h.compound_id, h.address_sealed, p.name AS compound_name
            FROM household h
            JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id
            WHERE h.district_id = $1 AND h.id = $2
            """;

    /** Those of a compound; with an address ($3) only the one that has it. */
    static final String LIST = """
            SELECT h.id, h.compound_id, h.address_sealed, p.name AS compound_name
            FROM household h
            JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id
            WHERE h.district_id = $1 AND h.compound_id = $2 AND ($3::bytea IS NULL OR h.address_index = $3)
              AND ($4::uuid IS NULL OR h.id > $4)
            ORDER BY h.id
            LIMIT $5
            """;

    static final String INSERT = """
            INSERT INTO household (district_id, id, compound_id, address_sealed, address_index)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (district_id, compound_id, address_index) DO NOTHING
            """;

    static final String FIND_ALL = """
            SELECT h.id, h.compound_id, h.address_index
            FROM unnest($2::uuid[], $3::bytea[]) AS k (compound_id, address_index)
            JOIN household h ON h.district_id = $1 AND h.compound_id = k.compound_id AND h.address_index = k.address_index
            """;

    static final String INSERT_ALL = """
            INSERT INTO household (district_id, id, compound_id, address_sealed, address_index)
            SELECT $1, h.id, h.compound_id, h.sealed, h.index
            FROM unnest($2::uuid[], $3::uuid[], $4::bytea[], $5::bytea[]) AS h (id, compound_id, sealed, index)
            ON CONFLICT (district_id, compound_id, address_index) DO NOTHING
            """;

    static final String IMPRINTS = """
            SELECT h.id, imprint(to_jsonb(h)) AS seen FROM household h WHERE h.district_id = $1 AND h.id = ANY ($2)
            """;

    static final String TAKE_BACK = """
            SELECT id FROM take_back_households($1, $2, $3) AS gone (id)
            """;

    static final String MEMBERS = """
            SELECT m.id, r.name_version AS version, m.household_id, m.resident_id, r.name_sealed, m.role, m.status,
                m.created_at, m.approved_at, m.entered_by_id
            FROM household_member m
            JOIN resident r ON r.district_id = m.district_id AND r.id = m.resident_id
            WHERE m.district_id = $1 AND m.household_id = $2 AND ($3::uuid IS NULL OR m.id > $3)
            ORDER BY m.id
            LIMIT $4
            """;

    static final String MEMBER = """
            SELECT m.id, r.name_version AS version, m.household_id, m.resident_id, r.name_sealed, m.role, m.status,
                m.created_at, m.approved_at, m.entered_by_id
            FROM household_member m
            JOIN resident r ON r.district_id = m.district_id AND r.id = m.resident_id
            WHERE m.district_id = $1 AND m.household_id = $2 AND m.id = $3
            """;

    static final String MEMBERSHIP = """
            SELECT id FROM household_member WHERE district_id = $1 AND household_id = $2 AND resident_id = $3
            """;

    /** Under which name somebody asked: the first, the second, ... The request stays until the transaction ends. */
    static final String ASKED = """
            SELECT name_version FROM household_member WHERE district_id = $1 AND household_id = $2 AND id = $3
            FOR UPDATE
            """;

    /** Whoever asks at once more than once is counted one after the other, and keeps their name meanwhile. */
    static final String LOCK_RESIDENT = """
            SELECT id FROM resident WHERE district_id = $1 AND id = $2 AND erased_at IS NULL FOR NO KEY UPDATE
            """;

    /** What the resident asked for, or what others entered for them ($3). */
    static final String COUNT_PENDING = """
            SELECT count(*) AS n FROM household_member
            WHERE district_id = $1 AND resident_id = $2 AND status = 'pending' AND (entered_by_id IS NOT NULL) = $3
            """;

    /** Approved at once where somebody ($7) enters it for the resident who may agree in their name ($8) as well. */
    static final String JOIN = """
            INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at,
                approved_at, approved_by_id, entered_by_id, agreed_by_id, name_version)
            VALUES ($1, $2, $3, $4, $5, CASE WHEN $8::uuid IS NULL THEN 'pending' ELSE 'approved' END, $6,
                CASE WHEN $8::uuid IS NOT NULL THEN $6::timestamptz END, CASE WHEN $8::uuid IS NOT NULL THEN $7::uuid END,
                $7, $8, (SELECT name_version FROM resident WHERE district_id = $1 AND id = $4))
            ON CONFLICT (district_id, household_id, resident_id) DO NOTHING
            """;

    /** By the place what the resident asked for; by the resident's side what was entered for them. */
    static final String APPROVE = """
            UPDATE household_member SET status = 'approved', approved_at = $4,
                approved_by_id = coalesce(entered_by_id, $5),
                agreed_by_id = CASE WHEN entered_by_id IS NULL THEN resident_id ELSE $5 END
            WHERE district_id = $1 AND household_id = $2 AND id = $3 AND status = 'pending'
            """;

    static final String REMOVE = """
            DELETE FROM household_member WHERE district_id = $1 AND household_id = $2 AND id = $3
            RETURNING resident_id, status
            """;

    /**
     * Whether the caller ($3), who did not enter it, is in charge of the resident: as the grid member of where they live
     * ($2), or as the supervisor ($4) of that place; of the household's where they have neither a home nor a login.
     */
    private static final String IN_CHARGE = """
            (m.entered_by_id <> $3 AND (
            """ + Wards.IN_CHARGE + """
                OR (r.id <> $3 AND EXISTS (
                    SELECT 1 FROM household_member own
                    JOIN household lived ON lived.district_id = own.district_id AND lived.id = own.household_id
                    JOIN place lies ON lies.district_id = lived.district_id AND lies.id = lived.compound_id
                    WHERE own.district_id = r.district_id AND own.resident_id = r.id AND own.status = 'approved'
                      AND lies.path && $4::uuid[]
                      AND (own.agreed_by_id IS NOT NULL OR own.entered_by_id IS DISTINCT FROM $3)))
                OR (p.path && $4::uuid[]
                    AND NOT EXISTS (
                        SELECT 1 FROM household_member own
                        WHERE own.district_id = r.district_id AND own.resident_id = r.id AND own.status = 'approved')
                    AND NOT EXISTS (SELECT 1 FROM wechat_login own WHERE own.person_id = r.id))))
            """;

    static final String AGREES = """
            SELECT 1
            FROM household_member m
            JOIN household h ON h.district_id = m.district_id AND h.id = m.household_id
            JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id
            JOIN resident r ON r.district_id = m.district_id AND r.id = m.resident_id
            WHERE m.district_id = $1 AND m.id = $5 AND m.status = 'pending' AND
            """ + IN_CHARGE;

    /**
     * What residents asked for and waits for grid members of places ($2), dispatchers of organizations ($5) that serve the
     * compound, and supervisors of places ($4) whose office does because nobody else serves; and what others entered and
     * waits for whoever is in charge of the resident.
     */
    static final String REQUESTS = """
            SELECT m.id, r.name_version AS version, m.household_id, m.resident_id, m.role, m.created_at, r.name_sealed,
                h.address_sealed, p.id AS compound_id, p.name AS compound_name, m.entered_by_id
            FROM household_member m
            JOIN household h ON h.district_id = m.district_id AND h.id = m.household_id
            JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id
            JOIN resident r ON r.district_id = m.district_id AND r.id = m.resident_id
            LEFT JOIN LATERAL (
                SELECT o.id, o.office_place_id
                FROM service_area a
                JOIN organization o ON o.district_id = a.district_id AND o.id = a.organization_id
                WHERE a.district_id = p.district_id AND a.place_id = ANY (p.path) AND a.service_item_code IS NULL
                ORDER BY array_position(p.path, a.place_id) DESC
                LIMIT 1) AS serving ON true
            WHERE m.district_id = $1 AND m.status = 'pending'
              AND (m.entered_by_id IS NULL AND m.resident_id <> $3
                  AND (p.path && $2 OR serving.id = ANY ($5)
                      OR CASE WHEN serving.id IS NULL THEN p.parent_id ELSE serving.office_place_id END = ANY ($4))
                OR
            """ + IN_CHARGE + """
                )
              AND ($6::uuid IS NULL OR m.id > $6)
            ORDER BY m.id
            LIMIT $7
            """;

    private HouseholdSql() {}
}

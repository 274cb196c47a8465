package org.huying.identity.resident;

import org.huying.identity.Wards;

final class ResidentSql {
    static final String INSERT_PERSON = """
            WITH made AS (INSERT INTO person (id, created_at) VALUES ($1, $3))
            INSERT INTO person_district (person_id, district_id) VALUES ($1, $2)
            """;

    static final String INSERT_RESIDENT = """
            INSERT INTO resident (district_id, id, name_sealed, name_index, phone_sealed, phone_index, birth_date_sealed,
                birth_date_verified, registered_by_id, consent_note_sealed, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;

    static final String INSERT_MEMBER = """
            INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at,
                approved_at, approved_by_id, entered_by_id, agreed_by_id)
            VALUES ($1, $2, $3, $4, 'family', 'approved', $5, $5, $6, $6, $6)
            """;

    static final String INSERT_ALL = """
            WITH made AS (INSERT INTO person (id, created_at) SELECT id, $11::timestamptz FROM unnest($2::uuid[]) AS p (id)),
                 known AS (INSERT INTO person_district (person_id, district_id) SELECT id, $1 FROM unnest($2::uuid[]) AS p (id))
            INSERT INTO resident (district_id, id, name_sealed, name_index, phone_sealed, phone_index, birth_date_sealed,
                birth_date_verified, consent_note_sealed, registered_by_id, created_at)
            SELECT $1, r.id, r.name, r.name_index, r.phone, r.phone_index, r.birth_date, r.verified, r.consent, $10, $11
            FROM unnest($2::uuid[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[], $8::boolean[],
                $9::bytea[]) AS r (id, name, name_index, phone, phone_index, birth_date, verified, consent)
            """;

    /** Of those who are registered in the same moment: nobody else knows them. */
    static final String INSERT_MEMBERS = """
            INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at,
                approved_at, approved_by_id, entered_by_id, agreed_by_id)
            SELECT $1, m.id, m.household_id, m.resident_id, m.role, 'approved', $6, $6, $7, $7, $7
            FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) AS m (id, household_id, resident_id, role)
            """;

    /**
     * Of those who were known before. Whoever asked to be let in is. Where there is somebody who can agree, because they
     * log in, live somewhere or are a grid member's, it waits for that.
     */
    static final String ADD_MEMBERS = """
            INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at,
                approved_at, approved_by_id, entered_by_id)
            SELECT $1, m.id, m.household_id, m.resident_id, m.role, CASE WHEN alone.yes THEN 'approved' ELSE 'pending' END,
                $6, CASE WHEN alone.yes THEN $6::timestamptz END, CASE WHEN alone.yes THEN $7::uuid END, $7
            FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[]) AS m (id, household_id, resident_id, role)
            JOIN resident r ON r.district_id = $1 AND r.id = m.resident_id
            CROSS JOIN LATERAL (
                SELECT NOT EXISTS (
                        SELECT 1 FROM household_member own
                        WHERE own.district_id = r.district_id AND own.resident_id = r.id AND own.status = 'approved')
                    AND NOT EXISTS (SELECT 1 FROM wechat_login own WHERE own.person_id = r.id)
                    AND NOT EXISTS (
                        SELECT 1 FROM role_grant g
                        WHERE g.district_id = r.district_id AND g.staff_id = r.registered_by_id
                          AND g.role = 'grid_member') AS yes) AS alone
            ON CONFLICT (district_id, household_id, resident_id) DO UPDATE
                SET status = 'approved', approved_at = $6, approved_by_id = $7,
                    agreed_by_id = household_member.resident_id
                WHERE household_member.status = 'pending' AND household_member.entered_by_id IS NULL
            """;

    /** Held until the transaction ends: what a row of a file says was verified is still there when it is written. */
    static final String OF_NAMES_OR_NUMBERS = """
            SELECT r.id, r.name_sealed, r.phone_sealed, r.birth_date_sealed, r.birth_date_verified,
                ARRAY(SELECT m.household_id FROM household_member m
                    WHERE m.district_id = r.district_id AND m.resident_id = r.id
                      AND (m.status = 'approved' OR m.entered_by_id IS NOT NULL)) AS households
            FROM resident r
            WHERE r.district_id = $1 AND (r.name_index = ANY ($2) OR r.phone_index = ANY ($3)) AND r.erased_at IS NULL
            ORDER BY r.id
            FOR NO KEY UPDATE OF r
            """;

    /** How those are now who were written just now, each with the home that they were entered into. */
    static final String IMPRINTS = """
            SELECT r.id, imprint(to_jsonb(r)) AS seen, encode(sha256(r.phone_sealed), 'hex') AS phone,
                encode(sha256(r.birth_date_sealed), 'hex') AS birth_date, k.home,
                CASE WHEN m.entered_by_id IS NOT NULL THEN imprint(to_jsonb(m)) END AS home_entry
            FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS k (id, home, n)
            JOIN resident r ON r.district_id = $1 AND r.id = k.id
            LEFT JOIN household_member m ON m.district_id = $1 AND m.resident_id = r.id AND m.household_id = k.home
            ORDER BY k.n
            """;

    /** In the order in which everybody holds them, whatever is taken back of each. */
    static final String HOLD_FOR_UNDO = """
            SELECT hold_residents($1, $2)
            """;

    static final String TAKE_BACK = """
            SELECT id FROM take_back_residents($1, $2, $3, $4, $5) AS gone (id)
            """;

    static final String TAKE_BACK_ADDITIONS = """
            SELECT id FROM take_back_additions($1, $2, $3, $4, $5, $6, $7, $8) AS gone (id)
            """;

    /** Enough to tell people of one name apart, whoever asks. */
    static final String TOLD_APART = """
            SELECT r.id, r.name_sealed, r.phone_sealed, r.birth_date_sealed, home.compound_id, home.compound_name
            FROM resident r
            LEFT JOIN LATERAL (
                SELECT h.compound_id, p.name AS compound_name
                FROM household_member m
                JOIN household h ON h.district_id = m.district_id AND h.id = m.household_id
                JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id
                WHERE m.district_id = r.district_id AND m.resident_id = r.id AND m.status = 'approved'
                ORDER BY m.id
                LIMIT 1) AS home ON true
            WHERE r.district_id = $1 AND r.id = ANY ($2) AND r.erased_at IS NULL
            """;

    /** Those of this name or number, each with a home of theirs; within places ($2) only those whom the asker ($3) looks after. */
    static final String FIND = """
            SELECT r.id, r.name_sealed, r.phone_sealed, r.birth_date_sealed, home.compound_id, home.compound_name
            FROM resident r
            LEFT JOIN LATERAL (
                SELECT h.compound_id, p.name AS compound_name, p.path
                FROM household_member m
                JOIN household h ON h.district_id = m.district_id AND h.id = m.household_id
                JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id
                WHERE m.district_id = r.district_id AND m.resident_id = r.id AND m.status = 'approved'
                ORDER BY ($2::uuid[] IS NULL OR p.path && $2) DESC, m.id
                LIMIT 1) AS home ON true
            WHERE r.district_id = $1 AND (r.name_index = $4 OR r.phone_index = $5)
              AND ($2::uuid[] IS NULL OR
            """ + Wards.IN_CHARGE + """
                ) AND ($6::uuid IS NULL OR r.id > $6)
            ORDER BY r.id
            LIMIT $7
            """;

    /** Many may be registered one by one at once. */
    static final String BEGIN_REGISTERING = """
            SELECT pg_advisory_xact_lock_shared(hashtextextended('registering ' || $1::uuid, 0))
            """;

    /** Waits for those, who then wait in turn: one lock, however many are taken in at once. */
    static final String BEGIN_REGISTERING_MANY = """
            SELECT pg_advisory_xact_lock(hashtextextended('registering ' || $1::uuid, 0))
            """;

    /** Registrations of one name or one number go one after another. */
    static final String LOCK_LIKES = """
            SELECT pg_advisory_xact_lock(l.lock)
            FROM (SELECT DISTINCT hashtextextended('resident ' || $1::uuid || encode(i.index, 'hex'), 0) AS lock
                FROM unnest($2::bytea[]) AS i (index) ORDER BY lock) AS l
            """;

    static final String BIND_PHONE = """
            UPDATE resident SET phone_sealed = $3, phone_index = $4, phone_bound_at = $5,
                bound_name_version = coalesce(bound_name_version, name_version)
            WHERE district_id = $1 AND id = $2 AND erased_at IS NULL
            """;

    /** With a home of theirs: within the places of $3, if there is one. */
    static final String KNOWN = """
            SELECT r.id, r.version, r.name_sealed, r.phone_sealed, r.birth_date_sealed, r.birth_date_verified,
                r.erased_at IS NOT NULL AS erased, r.created_at, home.compound_id, home.compound_name, home.path,
                home.address_sealed,
                EXISTS (SELECT 1 FROM wechat_login w WHERE w.person_id = r.id) AS has_login
            FROM resident r
            LEFT JOIN LATERAL (
                SELECT h.compound_id, h.address_sealed, p.name AS compound_name, p.path
                FROM household_member m
                JOIN household h ON h.district_id = m.district_id AND h.id = m.household_id
                JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id
                WHERE m.district_id = r.district_id AND m.resident_id = r.id AND m.status = 'approved'
                ORDER BY p.path && $3 DESC, m.id
                LIMIT 1) AS home ON true
            WHERE r.district_id = $1 AND r.id = $2
            """;

    static final String LOCK = """
            SELECT id FROM resident WHERE district_id = $1 AND id = $2 FOR NO KEY UPDATE
            """;

    static final String CHANGE = """
            UPDATE resident SET
                name_sealed = coalesce($3, name_sealed), name_index = coalesce($4, name_index),
                phone_sealed = coalesce($5, phone_sealed), phone_index = coalesce($6, phone_index),
                phone_bound_at = CASE WHEN $6::bytea IS NULL THEN phone_bound_at END,
                birth_date_sealed = coalesce($7, birth_date_sealed),
                birth_date_verified = coalesce($8, birth_date_verified),
                version = version + ($3 IS NOT NULL OR $7 IS NOT NULL OR $8 IS NOT NULL)::int,
                name_version = name_version + ($3 IS NOT NULL)::int
            WHERE district_id = $1 AND id = $2
            """;

    /** Only what is not there; whoever has any of it is left as they are. */
    static final String COMPLETE = """
            UPDATE resident SET
                phone_sealed = coalesce(phone_sealed, $3), phone_index = coalesce(phone_index, $4),
                birth_date_sealed = coalesce(birth_date_sealed, $5), birth_date_verified = birth_date_verified OR $6,
                version = version + ($5 IS NOT NULL OR $6)::int
            WHERE district_id = $1 AND id = $2
              AND ($3::bytea IS NULL OR phone_sealed IS NULL) AND ($5::bytea IS NULL OR birth_date_sealed IS NULL)
            """;

    static final String NOTE_CHANGE = """
            INSERT INTO resident_change (district_id, id, at, actor_id, resident_id, fields, reason_sealed)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    static final String NOTE_CHANGES = """
            INSERT INTO resident_change (district_id, id, at, actor_id, resident_id, fields)
            SELECT $1, c.id, $5, $6, c.resident_id, string_to_array(c.fields, ',')
            FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS c (id, resident_id, fields)
            """;

    private ResidentSql() {}
}

package org.huying.identity.resident;

import org.huying.identity.Oversight;
import org.huying.identity.Wards;

/** Two entries of one person: the one that goes ($2) and the one that stays ($3). */
final class MergeSql {
    /** Merges of a district go one after another. */
    static final String LOCK_MERGES = """
            SELECT pg_advisory_xact_lock(hashtextextended('resident merge ' || $1::uuid, 0))
            """;

    static final String LOCK_BOTH = """
            SELECT id FROM resident WHERE district_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE
            """;

    static final String MERGED_INTO = """
            SELECT merged_into_id FROM resident WHERE district_id = $1 AND id = $2 AND merged_into_id IS NOT NULL
            """;

    /** What a login here does not have all of: another district, or an account of staff. */
    static final String KNOWN_OTHERWISE = """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM person_district WHERE person_id = $2 AND district_id <> $1)
                OR EXISTS (SELECT 1 FROM staff WHERE id = $2)
            """;

    /** How the caller ($3) stands to the resident ($5): whether they look after them ($2), or decide on them ($4). */
    static final String SIGHT = "SELECT " + Wards.IN_CHARGE + " AS ward, " + Oversight.UNDER + """
             AS under
            FROM resident r
            WHERE r.district_id = $1 AND r.id = $5 AND r.erased_at IS NULL
            """;

    /** A name and a birth date that were seen on a document go before those that were not. */
    static final String JOIN = """
            UPDATE resident s SET
                name_sealed = CASE WHEN n.seen THEN g.name_sealed ELSE s.name_sealed END,
                name_index = CASE WHEN n.seen THEN g.name_index ELSE s.name_index END,
                birth_date_sealed = CASE WHEN n.seen THEN g.birth_date_sealed
                    ELSE coalesce(s.birth_date_sealed, g.birth_date_sealed) END,
                birth_date_verified = s.birth_date_verified OR g.birth_date_verified,
                phone_sealed = coalesce(s.phone_sealed, g.phone_sealed),
                phone_index = coalesce(s.phone_index, g.phone_index),
                phone_bound_at = CASE WHEN s.phone_index IS NULL THEN g.phone_bound_at
                    WHEN s.phone_index = g.phone_index THEN coalesce(s.phone_bound_at, g.phone_bound_at)
                    ELSE s.phone_bound_at END,
                consent_note_sealed = coalesce(s.consent_note_sealed, g.consent_note_sealed),
                version = s.version + 1,
                name_version = s.name_version + n.seen::int
            FROM resident g
            CROSS JOIN LATERAL (
                SELECT g.birth_date_verified AND NOT o.birth_date_verified AS seen
                FROM resident o WHERE o.district_id = $1 AND o.id = $3) AS n
            WHERE s.district_id = $1 AND s.id = $3 AND g.district_id = $1 AND g.id = $2
            """;

    static final String GO = """
            UPDATE resident SET name_sealed = $4, name_index = NULL, phone_sealed = NULL, phone_index = NULL, phone_bound_at = NULL,
                birth_date_sealed = NULL, birth_date_verified = false, consent_note_sealed = NULL,
                erased_at = coalesce(erased_at, $5), merged_into_id = $3, version = version + 1,
                name_version = name_version + 1
            WHERE district_id = $1 AND id = $2
            """;

    /** What was merged into the one that goes points on. */
    static final String POINT_ON = """
            UPDATE resident SET merged_into_id = $3 WHERE district_id = $1 AND merged_into_id = $2
            """;

    /** Who else is told: the members of the homes of both, and whoever acts for them. */
    static final String CONCERNED = """
            SELECT other.resident_id AS person_id
            FROM household_member own
            JOIN household_member other ON other.district_id = own.district_id AND other.household_id = own.household_id
            WHERE own.district_id = $1 AND own.resident_id = $2 AND own.status = 'approved'
              AND other.status = 'approved' AND other.role = 'owner'
            UNION
            SELECT proxy_id FROM mandate
            WHERE district_id = $1 AND grantor_id = $2 AND status = 'active'
              AND (valid_until IS NULL OR valid_until > now())
            UNION
            SELECT $2::uuid
            """;

    private MergeSql() {}
}

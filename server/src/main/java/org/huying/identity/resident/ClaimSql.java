package org.huying.identity.resident;

import org.huying.identity.Wards;

/** Who has bound the number of somebody on record, and says that it is them. */
final class ClaimSql {
    /**
     * Those on record without a login who have the number that the claimant ($2) has bound; what they carry decides who
     * confirms: a household, a verified birth date, mandates, meals or reports are more than a number gives.
     */
    private static final String OFFERED = """
            SELECT r.id, r.version, r.name_sealed, r.phone_sealed, r.birth_date_sealed, own.name_index = r.name_index
                AND NOT r.birth_date_verified
                AND NOT EXISTS (
                    SELECT 1 FROM household_member m WHERE m.district_id = r.district_id AND m.resident_id = r.id)
                AND NOT EXISTS (SELECT 1 FROM mandate m WHERE m.district_id = r.district_id AND m.grantor_id = r.id)
                -- any booking: in two questions, as it has two indexes
                AND NOT EXISTS (
                    SELECT 1 FROM booking b
                    WHERE b.district_id = r.district_id AND b.diner_id = r.id AND b.status NOT IN ('cancelled', 'expired'))
                AND NOT EXISTS (
                    SELECT 1 FROM booking b
                    WHERE b.district_id = r.district_id AND b.diner_id = r.id AND b.status IN ('cancelled', 'expired'))
                AND NOT EXISTS (
                    SELECT 1 FROM resident m WHERE m.district_id = r.district_id AND m.merged_into_id = r.id)
                -- who was not called so the first time does not try other names
                AND NOT EXISTS (
                    SELECT 1 FROM resident_claim k
                    WHERE k.district_id = own.district_id AND k.claimant_id = own.id AND k.record_id = r.id)
                AND NOT EXISTS (SELECT 1 FROM ticket_actor a WHERE a.district_id = r.district_id AND a.person_id = r.id)
                AS by_number
            FROM resident own
            JOIN resident r ON r.district_id = own.district_id AND r.phone_index = own.phone_index AND r.id <> own.id
            WHERE own.district_id = $1 AND own.id = $2 AND own.phone_bound_at IS NOT NULL AND r.erased_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM wechat_login l WHERE l.person_id = r.id)
              AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.id = r.id)
            """;

    static final String OFFERS = OFFERED + """
            ORDER BY r.id
            LIMIT 10
            """;

    static final String OFFER = OFFERED + """
              AND r.id = $3
            """;

    static final String CLAIM = """
            INSERT INTO resident_claim (district_id, claimant_id, record_id, created_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING
            """;

    /**
     * Whether somebody ($2) has claimed to be the one on record ($3), and their numbers are still the same; not where it was
     * the caller ($4) who wrote that number down.
     */
    static final String IS_CLAIMED = """
            SELECT 1
            FROM resident_claim k
            JOIN resident own ON own.district_id = k.district_id AND own.id = k.claimant_id
            JOIN resident r ON r.district_id = k.district_id AND r.id = k.record_id
            WHERE k.district_id = $1 AND k.claimant_id = $2 AND k.record_id = $3
              AND own.phone_bound_at IS NOT NULL AND own.phone_index = r.phone_index
              AND NOT EXISTS (
                  SELECT 1 FROM resident_change c
                  WHERE c.district_id = r.district_id AND c.resident_id = r.id AND c.actor_id = $4
                    AND 'phone' = ANY (c.fields))
            """;

    /** Of those whom the caller ($3), a grid member of places ($2), looks after; the oldest first. */
    static final String WAITING = """
            SELECT k.claimant_id, own.version AS claimant_version, own.name_sealed AS claimant_sealed, r.id AS record_id,
                r.version AS record_version, r.name_sealed AS record_sealed, r.phone_sealed, r.birth_date_sealed, k.created_at
            FROM resident_claim k
            JOIN resident own ON own.district_id = k.district_id AND own.id = k.claimant_id
            JOIN resident r ON r.district_id = k.district_id AND r.id = k.record_id
            WHERE k.district_id = $1 AND own.phone_bound_at IS NOT NULL AND own.phone_index = r.phone_index
              AND own.id <> $3 AND
            """ + Wards.IN_CHARGE + """
              AND ($4::timestamptz IS NULL OR (k.created_at, k.claimant_id, k.record_id) > ($4, $5::uuid, $6::uuid))
            ORDER BY k.created_at, k.claimant_id, k.record_id
            LIMIT $7
            """;

    /** Who is told that somebody says they are the one on record ($2): those of the home, who acts for them, the grid member. */
    static final String CONCERNED = """
            SELECT other.resident_id AS person_id
            FROM household_member own
            JOIN household_member other ON other.district_id = own.district_id AND other.household_id = own.household_id
            WHERE own.district_id = $1 AND own.resident_id = $2 AND own.status = 'approved'
              AND other.status = 'approved' AND other.role = 'owner' AND other.resident_id <> $2
            UNION
            SELECT proxy_id FROM mandate
            WHERE district_id = $1 AND grantor_id = $2 AND status = 'active'
              AND (valid_until IS NULL OR valid_until > now())
            UNION
            SELECT g.staff_id
            FROM household_member own
            JOIN household h ON h.district_id = own.district_id AND h.id = own.household_id
            JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id
            JOIN role_grant g ON g.district_id = p.district_id AND g.scope_id = ANY (p.path) AND g.role = 'grid_member'
            WHERE own.district_id = $1 AND own.resident_id = $2 AND own.status = 'approved'
            UNION
            SELECT registered_by_id FROM resident WHERE district_id = $1 AND id = $2 AND registered_by_id IS NOT NULL
            """;

    private ClaimSql() {}
}

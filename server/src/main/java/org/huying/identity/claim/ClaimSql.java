package org.huying.identity.claim;

import org.huying.identity.Oversight;
import org.huying.identity.Wards;

/** Who has bound the number of somebody on record, and says that it is them. */
final class ClaimSql {
    /**
     * Those on record without a login who have the number that the claimant ($2) has bound; what they carry decides who
     * confirms: a household, a verified birth date, mandates, meals or reports are more than a number gives.
     */
    private static final String OFFERED = """
            SELECT r.id, r.version, r.name_sealed, r.phone_sealed, r.birth_date_sealed, own.name_index = r.name_index
                -- under the name that they had when they first bound any: no other is tried
                AND own.name_version = own.bound_name_version
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
                -- nor once more what has been claimed
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

    /** Whether both ({@code own}, {@code r}) still have the number, and the claimant by WeChat's word. */
    private static final String STANDS = """
            (own.phone_bound_at IS NOT NULL AND own.phone_index = r.phone_index)
            """;

    /**
     * Whether it was the caller ($3) who wrote the number of the one on record down; or may have been, as one of the entries
     * that became that one was registered by them.
     */
    private static final String HELD = held("$3");

    private static String held(String who) {
        return """
            (EXISTS (
                SELECT 1 FROM resident e
                JOIN resident_change c ON c.district_id = e.district_id AND c.resident_id = e.id
                WHERE e.district_id = r.district_id AND (e.id = r.id OR e.merged_into_id = r.id)
                  AND c.actor_id = %1$s AND 'phone' = ANY (c.fields))
            OR EXISTS (
                SELECT 1 FROM resident e
                WHERE e.district_id = r.district_id AND e.merged_into_id = r.id
                  AND (e.registered_by_id = %1$s OR r.registered_by_id = %1$s)))
            """.formatted(who);
    }

    /** Whether the one on record is the caller's ($3) to look after ($2), or to decide on ($4). */
    private static final String IN_CHARGE = "(" + Wards.IN_CHARGE + " OR " + Oversight.UNDER + ")";

    private static final String CLAIMS = """
            FROM resident_claim k
            JOIN resident own ON own.district_id = k.district_id AND own.id = k.claimant_id
            JOIN resident r ON r.district_id = k.district_id AND r.id = k.record_id
            WHERE k.district_id = $1
            """;

    /** Of the claimant ($2) to the one on record ($3). */
    static final String OF_PAIR = """
            SELECT id, claimant_id, status, ended_at, false AS seen, false AS held
            FROM resident_claim
            WHERE district_id = $1 AND claimant_id = $2 AND record_id = $3
            FOR UPDATE
            """;

    /** A new one, in the place of one that is over. */
    static final String CLAIM = """
            INSERT INTO resident_claim (district_id, id, claimant_id, record_id, created_at, status)
            VALUES ($1, $4, $2, $3, $5, 'pending')
            ON CONFLICT (district_id, claimant_id, record_id) DO UPDATE SET id = $4, created_at = $5,
                status = 'pending', ended_at = NULL, ended_by_id = NULL, reason_sealed = NULL
            """;

    static final String END = """
            UPDATE resident_claim SET status = $3, ended_at = $4, ended_by_id = $5, reason_sealed = $6
            WHERE district_id = $1 AND id = $2
            """;

    /** Those who said to be somebody ($2) who logs in by now. */
    static final String END_OVERTAKEN = """
            UPDATE resident_claim SET status = 'declined', ended_at = $3, ended_by_id = $4
            WHERE district_id = $1 AND record_id = $2 AND status = 'pending'
              AND EXISTS (SELECT 1 FROM wechat_login l WHERE l.person_id = $2)
            RETURNING id, claimant_id
            """;

    /** Whoever is about to settle one settles it. */
    static final String EXPIRE = """
            UPDATE resident_claim SET status = 'expired', ended_at = $3
            WHERE district_id = $1 AND id = ANY (ARRAY (
                SELECT id FROM resident_claim
                WHERE district_id = $1 AND status = 'pending' AND created_at <= $2
                ORDER BY created_at, id
                LIMIT $4
                FOR UPDATE SKIP LOCKED))
            RETURNING id, claimant_id
            """;

    static final String FORGET = """
            DELETE FROM resident_claim
            WHERE district_id = $1 AND id = ANY (ARRAY (
                SELECT id FROM resident_claim
                WHERE district_id = $1 AND ended_at < $2
                ORDER BY ended_at
                LIMIT $3
                FOR UPDATE SKIP LOCKED))
            """;

    /** Held until the transaction ends, so that one of two who settle it does. */
    static final String KNOWN = "SELECT k.id, k.claimant_id, k.status, k.ended_at, " + STANDS + " AND " + IN_CHARGE
            + " AS seen, " + HELD + " AS held " + CLAIMS + " AND k.id = $5 FOR UPDATE OF k";

    /**
     * Whether somebody ($2) claims to be the one on record ($4), and their numbers are still the same; not where it was
     * the caller ($3) who wrote that number down.
     */
    static final String IS_CLAIMED =
            "SELECT 1 " + CLAIMS + " AND k.claimant_id = $2 AND k.record_id = $4 AND k.status = 'pending' AND " + STANDS
                    + " AND NOT " + HELD;

    /** Of two people ($2, $3) to each other. */
    static final String LOCK_BETWEEN = """
            SELECT id FROM resident_claim
            WHERE district_id = $1 AND (claimant_id = $2 AND record_id = $3 OR claimant_id = $3 AND record_id = $2)
            ORDER BY id
            FOR UPDATE
            """;

    /** Those that the caller ($3) may settle; the oldest first. */
    static final String WAITING =
            """
            SELECT k.id, k.claimant_id, own.version AS claimant_version, own.name_sealed AS claimant_sealed,
                r.id AS record_id, r.version AS record_version, r.name_sealed, r.phone_sealed, r.birth_date_sealed,
                k.created_at
            """ + CLAIMS + " AND k.status = 'pending' AND own.id <> $3 AND " + STANDS + " AND NOT " + HELD + " AND "
                    + IN_CHARGE + """
              AND ($5::timestamptz IS NULL OR (k.created_at, k.id) > ($5, $6::uuid))
            ORDER BY k.created_at, k.id
            LIMIT $7
            """;

    private static final String TOLD = """
            SELECT k.id, k.record_id, k.status, k.created_at, k.ended_at, k.reason_sealed, r.name_sealed, r.phone_sealed,
                r.birth_date_sealed
            """;

    /** Of the claimant ($2), the latest first. */
    static final String OWN = TOLD + CLAIMS + """
              AND k.claimant_id = $2 AND ($3::timestamptz IS NULL OR (k.created_at, k.id) < ($3, $4::uuid))
            ORDER BY k.created_at DESC, k.id DESC
            LIMIT $5
            """;

    static final String ONE = TOLD + CLAIMS + " AND k.id = $2";

    /** The homes ({@code own}) of the one on record ({@code r}), and where they lie ({@code p}). */
    private static final String JOIN_HOMES = """
            JOIN household_member own ON own.district_id = r.district_id AND own.resident_id = r.id AND own.status = 'approved'
            JOIN household h ON h.district_id = own.district_id AND h.id = own.household_id
            JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id
            """;

    /**
     * Who is told that somebody says they are the one on record ($2): those of the home, who acts for them, the grid member
     * who may settle it; where there is none, the supervisors above the home, or above the grid member who
     * registered one without a home, or of the district where that one belongs nowhere.
     */
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
            FROM resident r
            %3$s
            JOIN role_grant g ON g.district_id = p.district_id AND g.scope_id = ANY (p.path) AND g.role = 'grid_member'
            WHERE r.district_id = $1 AND r.id = $2 AND NOT %1$s
            UNION
            SELECT g.staff_id
            FROM resident r
            JOIN role_grant g ON g.district_id = r.district_id AND g.staff_id = r.registered_by_id AND g.role = 'grid_member'
            WHERE r.district_id = $1 AND r.id = $2 AND NOT %1$s
            UNION
            SELECT g.staff_id
            FROM resident r
            %3$s
            JOIN role_grant g ON g.district_id = p.district_id AND g.scope_id = ANY (p.path) AND g.role = 'supervisor'
            WHERE r.district_id = $1 AND r.id = $2
              AND NOT EXISTS (
                  SELECT 1 FROM role_grant o
                  WHERE o.district_id = p.district_id AND o.scope_id = ANY (p.path) AND o.role = 'grid_member'
                    AND NOT %2$s)
            UNION
            SELECT g.staff_id
            FROM resident r
            JOIN role_grant o ON o.district_id = r.district_id AND o.staff_id = r.registered_by_id AND o.role = 'grid_member'
            JOIN place p ON p.district_id = o.district_id AND p.id = o.scope_id
            JOIN role_grant g ON g.district_id = p.district_id AND g.scope_id = ANY (p.path) AND g.role = 'supervisor'
            WHERE r.district_id = $1 AND r.id = $2 AND %2$s AND NOT %1$s
              AND NOT %4$s
            UNION
            SELECT g.staff_id
            FROM resident r
            JOIN place top ON top.district_id = r.district_id AND top.level = 'district'
            JOIN role_grant g ON g.district_id = top.district_id AND g.scope_id = top.id AND g.role = 'supervisor'
            WHERE r.district_id = $1 AND r.id = $2
              AND NOT %4$s
              AND NOT EXISTS (
                  SELECT 1 FROM role_grant o
                  WHERE o.district_id = r.district_id AND o.staff_id = r.registered_by_id AND o.role = 'grid_member'
                    AND NOT %2$s)
            """.formatted(held("g.staff_id"), held("o.staff_id"), JOIN_HOMES, Wards.HAS_HOME);

    private ClaimSql() {}
}

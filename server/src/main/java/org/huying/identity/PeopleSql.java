package org.huying.identity;

final class PeopleSql {
    /** People, and the entries that were merged into theirs. */
    static final String SELVES = """
            SELECT id FROM unnest($2::uuid[]) AS p (id)
            UNION
            SELECT id FROM resident WHERE district_id = $1 AND merged_into_id = ANY ($2)
            """;

    static final String PRESENT_SELF = """
            SELECT merged_into_id FROM resident WHERE district_id = $1 AND id = $2 AND merged_into_id IS NOT NULL
            """;

    /** Whose entry was merged into another is what that one says. */
    static final String RESIDENTS = """
            SELECT r.id, now.name_sealed, now.phone_sealed, now.birth_date_sealed, now.birth_date_verified,
                now.erased_at IS NOT NULL AS erased
            FROM resident r
            JOIN resident now ON now.district_id = r.district_id AND now.id = coalesce(r.merged_into_id, r.id)
            WHERE r.district_id = $1 AND r.id = ANY ($2)
            """;

    static final String BIRTH_DATES = """
            SELECT id, birth_date_sealed FROM resident WHERE district_id = $1 AND id = ANY ($2)
            """;

    /** Whoever takes them away, or takes a birth date back, comes before or after. */
    static final String HOLD_BIRTH_DATES = """
            SELECT id, CASE WHEN birth_date_verified THEN birth_date_sealed END AS birth_date_sealed
            FROM resident WHERE district_id = $1 AND id = ANY ($2) AND erased_at IS NULL
            ORDER BY id
            FOR KEY SHARE
            """;

    static final String HOLD = """
            SELECT 1 FROM resident WHERE district_id = $1 AND id = $2 FOR KEY SHARE
            """;

    static final String NAMES = """
            SELECT r.id, now.name_sealed
            FROM resident r
            JOIN resident now ON now.district_id = r.district_id AND now.id = coalesce(r.merged_into_id, r.id)
            WHERE r.district_id = $1 AND r.id = ANY ($2)
            UNION ALL
            SELECT id, name_sealed FROM staff WHERE district_id = $1 AND id = ANY ($2)
            """;

    /** Terms of mandates run on real time, like sessions. */
    static final String MANDATORS = """
            SELECT grantor_id FROM mandate
            WHERE district_id = $1 AND proxy_id = $2 AND status = 'active'
              AND CASE WHEN $3 THEN for_booking ELSE for_ticket END
              AND (valid_until IS NULL OR valid_until > now())
            """;

    /** Waits for whoever ends one, who then is not found, and lets nobody end one until the transaction has ended. */
    static final String HOLD_BOOKING_MANDATES = """
            SELECT m.proxy_id, m.grantor_id
            FROM unnest($2::uuid[], $3::uuid[]) AS w (proxy_id, grantor_id)
            JOIN mandate m ON m.district_id = $1 AND m.proxy_id = w.proxy_id AND m.grantor_id = w.grantor_id
            WHERE m.status = 'active' AND m.for_booking AND (m.valid_until IS NULL OR m.valid_until > now())
            ORDER BY m.id
            FOR SHARE OF m
            """;

    /**
     * Of the residents ($3), those whom a firm serves that the person works for as a dispatcher or worker, also by way of
     * a cooperative that is contracted to it.
     */
    static final String SERVED_BY_FIRM_OF = """
            SELECT DISTINCT m.resident_id
            FROM role_grant g
            JOIN service_area a ON a.district_id = g.district_id AND (a.organization_id = g.scope_id OR EXISTS (
                SELECT 1 FROM contract c
                WHERE c.district_id = a.district_id AND c.organization_id = a.organization_id
                  AND c.cooperative_id = g.scope_id))
            JOIN household_member m ON m.district_id = g.district_id AND m.resident_id = ANY ($3) AND m.status = 'approved'
            JOIN household h ON h.district_id = m.district_id AND h.id = m.household_id
            JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id AND a.place_id = ANY (p.path)
            WHERE g.district_id = $1 AND g.staff_id = $2 AND g.role IN ('dispatcher', 'worker')
              AND NOT EXISTS (
                  SELECT 1 FROM service_area nearer
                  WHERE nearer.district_id = a.district_id AND nearer.place_id = ANY (p.path)
                    AND array_position(p.path, nearer.place_id) > array_position(p.path, a.place_id)
                    AND (nearer.service_item_code IS NULL OR nearer.service_item_code = a.service_item_code))
            """;

    static final String SCOPES = """
            SELECT g.scope_id FROM role_grant g
            JOIN staff s ON s.district_id = g.district_id AND s.id = g.staff_id
            WHERE g.district_id = $1 AND g.staff_id = $2 AND g.role = $3 AND NOT s.suspended
            """;

    static final String HOLDERS = """
            SELECT g.staff_id FROM role_grant g
            JOIN staff s ON s.district_id = g.district_id AND s.id = g.staff_id
            WHERE g.district_id = $1 AND g.scope_id = $2 AND g.role = $3 AND NOT s.suspended
            """;

    static final String IS_SCOPE = """
            SELECT EXISTS (SELECT 1 FROM role_grant WHERE district_id = $1 AND scope_id = $2) AS found
            """;

    private PeopleSql() {}
}

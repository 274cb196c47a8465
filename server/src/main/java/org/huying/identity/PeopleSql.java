package org.huying.identity;

final class PeopleSql {
    static final String RESIDENTS = """
            SELECT id, name_sealed, phone_sealed, birth_date_sealed, birth_date_verified, erased_at IS NOT NULL AS erased
            FROM resident WHERE district_id = $1 AND id = ANY ($2)
            """;

    static final String BIRTH_DATES = """
            SELECT id, birth_date_sealed FROM resident WHERE district_id = $1 AND id = ANY ($2)
            """;

    static final String VERIFIED_BIRTH_DATES = """
            SELECT id, CASE WHEN birth_date_verified THEN birth_date_sealed END AS birth_date_sealed
            FROM resident WHERE district_id = $1 AND id = ANY ($2) AND erased_at IS NULL
            """;

    static final String NAMES = """
            SELECT id, name_sealed FROM resident WHERE district_id = $1 AND id = ANY ($2)
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

    private PeopleSql() {}
}

package org.huying.identity.staff;

final class StaffSql {
    /**
     * Every change of an account stands on its record, so that is what its version counts.
     * $2 to $5 are the authority of whoever asks. Somebody without a role is below those alone who are above everybody.
     */
    private static final String ACCOUNT = """
            SELECT s.id, s.name_sealed, l.username, l.activation_expires_at,
                   (SELECT 1 + count(*)::int FROM account_audit a
                    WHERE a.district_id = s.district_id AND a.staff_id = s.id
                      AND a.action NOT IN ('created', 'password_changed')) AS version,
                   CASE WHEN s.suspended THEN 'suspended'
                        WHEN l.username IS NOT NULL AND l.password_hash IS NULL THEN 'invited'
                        ELSE 'active' END AS status,
                   ARRAY(SELECT g.role FROM role_grant g WHERE g.district_id = s.district_id AND g.staff_id = s.id
                         ORDER BY g.role, g.scope_id) AS roles,
                   ARRAY(SELECT g.scope_kind FROM role_grant g WHERE g.district_id = s.district_id AND g.staff_id = s.id
                         ORDER BY g.role, g.scope_id) AS scope_kinds,
                   ARRAY(SELECT g.scope_id FROM role_grant g WHERE g.district_id = s.district_id AND g.staff_id = s.id
                         ORDER BY g.role, g.scope_id) AS scope_ids,
                   sight.above
            FROM staff s
            LEFT JOIN staff_login l ON l.person_id = s.id
            CROSS JOIN LATERAL (SELECT $2::boolean
                OR EXISTS (SELECT 1 FROM role_grant g WHERE g.district_id = s.district_id AND g.staff_id = s.id)
                AND NOT EXISTS (
                    SELECT 1 FROM role_grant g
                    LEFT JOIN place p ON p.district_id = g.district_id AND p.id = g.scope_id
                    WHERE g.district_id = s.district_id AND g.staff_id = s.id AND NOT EXISTS (
                        SELECT 1 FROM unnest($3::text[], $4::uuid[], $5::boolean[]) AS a (role, scope_id, only_below)
                        WHERE a.role = g.role AND a.scope_id = ANY (CASE WHEN a.only_below THEN trim_array(p.path, 1)
                            ELSE coalesce(p.path, ARRAY[g.scope_id]) END))) AS above) AS sight
            """;

    static final String FIND = ACCOUNT + """
            WHERE s.district_id = $1 AND s.id = $6
            """;

    /** Those below whoever asks, and themself ($6). */
    static final String LIST = ACCOUNT + """
            WHERE s.district_id = $1 AND (sight.above OR s.id = $6)
              AND ($7::text IS NULL AND $8::uuid IS NULL OR EXISTS (
                  SELECT 1 FROM role_grant g WHERE g.district_id = s.district_id AND g.staff_id = s.id
                    AND ($7::text IS NULL OR g.role = $7) AND ($8::uuid IS NULL OR g.scope_id = $8)))
              AND ($9::text IS NULL OR starts_with(l.username, $9))
              AND ($10::bytea IS NULL OR s.name_index = $10)
              AND ($11::uuid IS NULL OR s.id > $11)
            ORDER BY s.id
            LIMIT $12
            """;

    /** Two who change accounts of a district at once go one after the other; whoever only reads or refers does not wait. */
    static final String LOCK = """
            SELECT 1 FROM district WHERE id = $1 FOR NO KEY UPDATE
            """;

    /**
     * Waits for what the account is doing just now, and holds up what it would do next. Before the district's row: that
     * one is locked by those who act as well.
     */
    static final String LOCK_ACCOUNT = """
            SELECT 1 FROM staff WHERE district_id = $1 AND id = $2 FOR NO KEY UPDATE
            """;

    /** But one. Only those who can log in. */
    static final String OTHER_ADMINS = """
            SELECT count(DISTINCT s.id) AS n FROM role_grant g
            JOIN staff s ON s.district_id = g.district_id AND s.id = g.staff_id
            JOIN staff_login l ON l.person_id = s.id
            WHERE g.district_id = $1 AND g.role = 'admin' AND s.id <> $2 AND NOT s.suspended
              AND l.password_hash IS NOT NULL
            """;

    static final String USERNAME_TAKEN = """
            SELECT EXISTS (SELECT 1 FROM staff_login WHERE username = $1) AS taken
            """;

    /** Of another district's account only that there is one. */
    static final String KNOWN = """
            SELECT l.username, l.person_id AS id, s.name_sealed,
                   ARRAY(SELECT g.role FROM role_grant g WHERE g.district_id = $1 AND g.staff_id = l.person_id
                         ORDER BY g.role, g.scope_id) AS roles,
                   ARRAY(SELECT g.scope_kind FROM role_grant g WHERE g.district_id = $1 AND g.staff_id = l.person_id
                         ORDER BY g.role, g.scope_id) AS scope_kinds,
                   ARRAY(SELECT g.scope_id FROM role_grant g WHERE g.district_id = $1 AND g.staff_id = l.person_id
                         ORDER BY g.role, g.scope_id) AS scope_ids
            FROM staff_login l
            LEFT JOIN staff s ON s.district_id = $1 AND s.id = l.person_id
            WHERE l.username = ANY ($2)
            """;

    static final String INSERT_PERSON = """
            WITH made AS (INSERT INTO person (id, created_at) VALUES ($2, $3)),
                 known AS (INSERT INTO person_district (person_id, district_id) VALUES ($2, $1)),
                 login AS (INSERT INTO staff_login (username, person_id, activation_hash, activation_expires_at)
                     VALUES ($4, $2, $5, $6))
            INSERT INTO staff (district_id, id, name_sealed, name_index) VALUES ($1, $2, $7, $8)
            """;

    /** The code that waits is for these roles. */
    static final String BIND_CODE = """
            UPDATE staff_login SET activation_roles = roles_held($1, $2) WHERE person_id = $2
            """;

    static final String INSERT_GRANTS = """
            INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id)
            SELECT $1, $2, g.role, g.kind, g.id FROM unnest($3::text[], $4::text[], $5::uuid[]) AS g (role, kind, id)
            """;

    static final String DELETE_GRANTS = """
            DELETE FROM role_grant WHERE district_id = $1 AND staff_id = $2
            """;

    static final String RENAME = """
            UPDATE staff SET name_sealed = $3, name_index = $4 WHERE district_id = $1 AND id = $2
            """;

    static final String SUSPEND = """
            UPDATE staff SET suspended = $3 WHERE district_id = $1 AND id = $2
            """;

    static final String RESET = """
            UPDATE staff_login l SET password_hash = NULL, activation_hash = $3, activation_expires_at = $4,
                activation_roles = roles_held(s.district_id, s.id)
            FROM staff s
            WHERE s.district_id = $1 AND s.id = $2 AND l.person_id = s.id
            """;

    /** Those that were last issued by somebody ($2) and are not used yet. */
    static final String VOID_CODES = """
            UPDATE staff_login l SET activation_hash = NULL, activation_expires_at = NULL
            WHERE l.activation_hash IS NOT NULL AND $2 = (
                SELECT a.actor_id FROM account_audit a
                WHERE a.district_id = $1 AND a.staff_id = l.person_id AND a.action IN ('created', 'password_reset')
                ORDER BY a.id DESC
                LIMIT 1)
            """;

    /** The latest entry on the record of each. */
    static final String LATEST_ENTRIES = """
            SELECT k.id, a.id AS entry_id
            FROM unnest($2::uuid[]) AS k (id)
            CROSS JOIN LATERAL (
                SELECT id FROM account_audit
                WHERE district_id = $1 AND staff_id = k.id
                ORDER BY id DESC
                LIMIT 1) AS a
            """;

    /** As {@link #LOCK_ACCOUNT}. */
    static final String LOCK_ACCOUNTS = """
            SELECT 1 FROM staff WHERE district_id = $1 AND id = ANY ($2) ORDER BY id FOR NO KEY UPDATE
            """;

    /** Nobody activates one of them meanwhile. */
    static final String LOCK_LOGINS = """
            SELECT 1 FROM staff_login WHERE person_id = ANY ($1) ORDER BY person_id FOR UPDATE
            """;

    /** Of accounts that were made those whose record has no other entry ($3), and to whom no work was given. */
    static final String UNTOUCHED = """
            SELECT k.id
            FROM unnest($2::uuid[], $3::uuid[]) AS k (id, entry_id)
            JOIN staff s ON s.district_id = $1 AND s.id = k.id AND NOT s.suspended
            JOIN staff_login l ON l.person_id = k.id AND l.password_hash IS NULL
            WHERE NOT EXISTS (
                    SELECT 1 FROM account_audit a
                    WHERE a.district_id = $1 AND a.staff_id = k.id AND a.id <> k.entry_id)
              AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.district_id = $1 AND t.assignee_id = k.id)
            """;

    static final String GRANTS_OF = """
            SELECT staff_id, role, scope_kind, scope_id FROM role_grant
            WHERE district_id = $1 AND staff_id = ANY ($2)
            ORDER BY staff_id, role, scope_id
            """;

    /** They get in no more, and their user names are free; the rows stay for what was done to them. */
    static final String WITHDRAW = """
            WITH login AS (DELETE FROM staff_login WHERE person_id = ANY ($2)),
                 held AS (DELETE FROM role_grant WHERE district_id = $1 AND staff_id = ANY ($2))
            UPDATE staff SET suspended = true WHERE district_id = $1 AND id = ANY ($2)
            """;

    private StaffSql() {}
}

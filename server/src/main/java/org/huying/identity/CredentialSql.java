package org.huying.identity;

/** User names and passwords stand above the districts, as a login names none. */
final class CredentialSql {
    /** With a district only where the staff member may work: a login to a suspended account fails like one to none. */
    static final String BY_USERNAME = """
            SELECT l.person_id, l.username, l.password_hash, l.activation_hash, l.activation_expires_at,
                   (SELECT s.district_id
                    FROM person_district d
                    JOIN staff s ON s.district_id = d.district_id AND s.id = d.person_id
                    WHERE d.person_id = l.person_id AND NOT s.suspended
                    ORDER BY s.district_id
                    LIMIT 1) AS district_id
            FROM staff_login l
            WHERE l.username = $1
            """;

    static final String BY_PERSON = """
            SELECT l.person_id, l.username, l.password_hash, l.activation_hash, l.activation_expires_at, s.district_id
            FROM staff_login l
            JOIN staff s ON s.id = l.person_id
            WHERE s.district_id = $1 AND l.person_id = $2 AND NOT s.suspended
            """;

    /**
     * Of any number that use one code at once, one gets the row. The code is good for the roles that it was issued for: those
     * who know it besides its holder would get into others.
     */
    static final String ACTIVATE = """
            UPDATE staff_login SET password_hash = $3, activation_hash = NULL, activation_expires_at = NULL
            WHERE username = $1 AND activation_hash = $2
            RETURNING activation_roles IS NOT DISTINCT FROM roles_held($4, person_id) AS as_issued
            """;

    /** Only in the place of the one that was looked at. */
    static final String REPLACE_PASSWORD = """
            UPDATE staff_login SET password_hash = $3 WHERE username = $1 AND password_hash = $2
            """;

    /**
     * Holds the account as it was looked at, until the transaction ends: whoever changes the password or suspends the
     * account comes before, and nobody is found, or after, and ends the session that is opened here.
     */
    static final String HOLD = """
            SELECT 1 FROM staff_login l
            JOIN staff s ON s.id = l.person_id
            WHERE l.username = $1 AND l.password_hash = $2 AND s.district_id = $3 AND NOT s.suspended
            FOR SHARE
            """;

    private CredentialSql() {}
}

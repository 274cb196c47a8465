package org.huying.identity;

/** The directory above the districts: who logs in how, and where they are known. */
final class LoginSql {
    static final String PERSON_BY_OPENID = """
            SELECT person_id, openid_sealed IS NOT NULL AS sealed FROM wechat_login WHERE openid_index = $1
            """;

    /** Of any number of first logins of one openid, one makes the person; the others wait for it and make none. */
    static final String MAKE_PERSON = """
            WITH login AS (
                INSERT INTO wechat_login (openid_index, person_id, openid_sealed) VALUES ($1, $2, $4)
                ON CONFLICT (openid_index) DO NOTHING
                RETURNING person_id)
            INSERT INTO person (id, created_at) SELECT person_id, $3 FROM login
            """;

    /** Logins of before messages were sent have none. */
    static final String SEAL_OPENID = """
            UPDATE wechat_login SET openid_sealed = $2 WHERE openid_index = $1
            """;

    /** One that is known, should there ever be several. */
    static final String OPENID_OF_PERSON = """
            SELECT openid_sealed FROM wechat_login WHERE person_id = $1 ORDER BY openid_sealed IS NULL LIMIT 1
            """;

    static final String DISTRICT = """
            SELECT id FROM district WHERE id = $1
            """;

    static final String DEFAULT_DISTRICT = """
            SELECT id FROM district WHERE is_default
            """;

    /** The default district comes first, then the one that has been there the longest. */
    static final String HOME_DISTRICT = """
            SELECT d.id FROM person_district p
            JOIN district d ON d.id = p.district_id
            WHERE p.person_id = $1
            ORDER BY d.is_default DESC, d.id
            LIMIT 1
            """;

    static final String SETTLE = """
            WITH joined AS (
                INSERT INTO person_district (person_id, district_id) VALUES ($1, $2)
                ON CONFLICT DO NOTHING)
            INSERT INTO resident (district_id, id, name_sealed, created_at) VALUES ($2, $1, $3, $4)
            ON CONFLICT DO NOTHING
            """;

    private LoginSql() {}
}

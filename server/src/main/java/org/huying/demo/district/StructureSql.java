package org.huying.demo.district;

final class StructureSql {
    static final String IS_LOADED = """
            SELECT EXISTS (SELECT 1 FROM district) AS found
            """;

    static final String INSERT_DISTRICT = """
            INSERT INTO district (id, name, is_default) VALUES ($1, $2, $3)
            """;

    static final String INSERT_PLACE = """
            INSERT INTO place (district_id, id, level, kind, parent_id, name, path) VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    static final String INSERT_ORGANIZATION = """
            INSERT INTO organization (district_id, id, kind, name, office_place_id) VALUES ($1, $2, $3, $4, $5)
            """;

    static final String INSERT_CONTRACT = """
            INSERT INTO contract (district_id, organization_id, cooperative_id) VALUES ($1, $2, $3)
            """;

    static final String INSERT_SERVICE_AREA = """
            INSERT INTO service_area (district_id, place_id, organization_id) VALUES ($1, $2, $3)
            """;

    static final String INSERT_HOUSEHOLD = """
            INSERT INTO household (district_id, id, compound_id, address_sealed, address_index)
            VALUES ($1, $2, $3, $4, $5)
            """;

    static final String INSERT_PERSON = """
            INSERT INTO person (id, created_at) VALUES ($1, $2)
            """;

    static final String INSERT_PERSON_DISTRICT = """
            INSERT INTO person_district (person_id, district_id) VALUES ($1, $2)
            """;

    static final String INSERT_WECHAT_LOGIN = """
            INSERT INTO wechat_login (openid_index, person_id) VALUES ($1, $2)
            """;

    static final String INSERT_STAFF_LOGIN = """
            INSERT INTO staff_login (username, person_id, password_hash) VALUES ($1, $2, $3)
            """;

    static final String INSERT_RESIDENT = """
            INSERT INTO resident (district_id, id, name_sealed, phone_sealed, phone_index, birth_date_sealed,
                birth_date_verified, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    static final String INSERT_MEMBER = """
            INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at,
                approved_at)
            VALUES ($1, $2, $3, $4, 'owner', 'approved', $5, $5)
            """;

    static final String INSERT_STAFF = """
            INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)
            """;

    static final String INSERT_GRANT = """
            INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id) VALUES ($1, $2, $3, $4, $5)
            """;

    private StructureSql() {}
}

package org.huying.place.admin;

final class OrganizationSql {
    static final String LIST = """
            SELECT id, version, kind, name, office_place_id FROM organization
            WHERE district_id = $1 AND ($2::text IS NULL OR kind = $2)
              AND ($3::text IS NULL OR (name, id) > ($3, $4::uuid))
            ORDER BY name, id
            LIMIT $5
            """;

    static final String NAMES_BESIDE = """
            SELECT name FROM organization WHERE district_id = $1 AND kind = $2 AND ($3::uuid IS NULL OR id <> $3)
            """;

    static final String INSERT = """
            INSERT INTO organization (district_id, id, kind, name, office_place_id) VALUES ($1, $2, $3, $4, $5)
            """;

    static final String RENAME = """
            UPDATE organization SET name = $3, version = version + 1 WHERE district_id = $1 AND id = $2
            """;

    /** Against everybody who is about to refer to it. */
    static final String LOCK = """
            SELECT id FROM organization WHERE district_id = $1 AND id = $2 FOR UPDATE
            """;

    static final String DELETE = """
            DELETE FROM organization WHERE district_id = $1 AND id = $2
            """;

    static final String CONTRACTS = """
            SELECT c.organization_id, c.cooperative_id, o.name AS cooperative_name
            FROM contract c
            JOIN organization o ON o.district_id = c.district_id AND o.id = c.cooperative_id
            WHERE c.district_id = $1 AND c.organization_id = $2 AND ($3::uuid IS NULL OR c.cooperative_id > $3)
            ORDER BY c.cooperative_id
            LIMIT $4
            """;

    static final String ADD_CONTRACT = """
            INSERT INTO contract (district_id, organization_id, cooperative_id) VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING
            """;

    static final String END_CONTRACT = """
            DELETE FROM contract WHERE district_id = $1 AND organization_id = $2 AND cooperative_id = $3
            """;

    private OrganizationSql() {}
}

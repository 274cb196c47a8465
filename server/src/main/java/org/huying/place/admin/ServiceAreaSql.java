package org.huying.place.admin;

final class ServiceAreaSql {
    /** At a place or below it, of an organization, or all. */
    static final String LIST = """
            SELECT a.id, a.place_id, p.name AS place_name, a.organization_id, o.name AS organization_name,
                a.service_item_code
            FROM service_area a
            JOIN place p ON p.district_id = a.district_id AND p.id = a.place_id
            JOIN organization o ON o.district_id = a.district_id AND o.id = a.organization_id
            WHERE a.district_id = $1 AND ($2::uuid IS NULL OR $2 = ANY (p.path))
              AND ($3::uuid IS NULL OR a.organization_id = $3) AND ($4::uuid IS NULL OR a.id > $4)
            ORDER BY a.id
            LIMIT $5
            """;

    static final String INSERT = """
            INSERT INTO service_area (district_id, id, place_id, organization_id, service_item_code)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT ON CONSTRAINT service_area_once DO NOTHING
            """;

    static final String EXISTS = """
            SELECT EXISTS (SELECT 1 FROM service_area WHERE district_id = $1 AND id = $2) AS found
            """;

    static final String DELETE = """
            DELETE FROM service_area WHERE district_id = $1 AND id = $2
            """;

    private ServiceAreaSql() {}
}

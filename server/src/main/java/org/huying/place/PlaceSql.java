package org.huying.place;

final class PlaceSql {
    static final String FIND_PLACE = """
            SELECT id, version, level, kind, parent_id, name, path FROM place WHERE district_id = $1 AND id = $2
            """;

    /** Waits for whoever moves it, and lets nobody move it until the transaction has ended. */
    static final String HOLD_PLACE = """
            SELECT id, version, level, kind, parent_id, name, path FROM place WHERE district_id = $1 AND id = $2
            FOR SHARE
            """;

    static final String PLACES = """
            SELECT id, version, level, kind, parent_id, name, path FROM place WHERE district_id = $1 AND id = ANY ($2)
            """;

    static final String LIST_PLACES = """
            SELECT id, version, level, kind, parent_id, name, path FROM place
            WHERE district_id = $1 AND ($2::uuid IS NULL OR parent_id = $2)
              AND ($3::int IS NULL OR (cardinality(path), name, id) > ($3, $4::text, $5::uuid))
            ORDER BY cardinality(path), name, id
            LIMIT $6
            """;

    static final String PLACES_BELOW = """
            SELECT id FROM place WHERE district_id = $1 AND $2 = ANY (path)
            """;

    static final String FIND_ORGANIZATION = """
            SELECT id, version, kind, name, office_place_id FROM organization WHERE district_id = $1 AND id = $2
            """;

    static final String ORGANIZATIONS = """
            SELECT id, version, kind, name, office_place_id FROM organization WHERE district_id = $1 AND id = ANY ($2)
            """;

    static final String OFFICE_OF = """
            SELECT id, version, kind, name, office_place_id FROM organization
            WHERE district_id = $1 AND office_place_id = $2 AND kind = 'office'
            """;

    /** The nearest place up the path wins, then an area for just this item over one for all. */
    static final String SERVING = """
            SELECT o.id, o.version, o.kind, o.name, o.office_place_id
            FROM service_area a
            JOIN organization o ON o.district_id = a.district_id AND o.id = a.organization_id
            WHERE a.district_id = $1 AND a.place_id = ANY ($2)
              AND (a.service_item_code = $3::text OR a.service_item_code IS NULL AND NOT $4)
            ORDER BY array_position($2, a.place_id) DESC, a.service_item_code IS NULL
            LIMIT 1
            """;

    /** Who serves which compound for some item, by the same rule. */
    static final String WHO_SERVES = """
            SELECT DISTINCT p.id AS compound_id, s.organization_id
            FROM place p
            CROSS JOIN (
                SELECT NULL AS code
                UNION
                SELECT service_item_code FROM service_area WHERE district_id = $1) AS i
            CROSS JOIN LATERAL (
                SELECT a.organization_id
                FROM service_area a
                WHERE a.district_id = $1 AND a.place_id = ANY (p.path)
                  AND (a.service_item_code = i.code OR a.service_item_code IS NULL)
                ORDER BY array_position(p.path, a.place_id) DESC, a.service_item_code IS NULL
                LIMIT 1) AS s
            WHERE p.district_id = $1 AND p.kind = 'compound'
            """;

    static final String IS_CONTRACTED = """
            SELECT EXISTS (SELECT 1 FROM contract
                WHERE district_id = $1 AND organization_id = $2 AND cooperative_id = $3) AS found
            """;

    static final String FIND_HOUSEHOLD = """
            SELECT id, compound_id, address_sealed FROM household WHERE district_id = $1 AND id = $2
            """;

    static final String APPROVED_HOUSEHOLDS_OF = """
            SELECT household_id FROM household_member
            WHERE district_id = $1 AND resident_id = $2 AND status = 'approved'
            """;

    static final String MEMBERSHIPS_OF = """
            SELECT m.id, m.entered_by_id, m.household_id, m.status, m.role, h.compound_id, h.address_sealed
            FROM household_member m
            JOIN household h ON h.district_id = m.district_id AND h.id = m.household_id
            WHERE m.district_id = $1 AND m.resident_id = $2
            ORDER BY m.status, m.id
            """;

    /** Each compound once. */
    static final String HOMES_OF = """
            SELECT p.id, p.version, p.level, p.kind, p.parent_id, p.name, p.path
            FROM place p
            WHERE p.district_id = $1 AND p.id IN (
                SELECT h.compound_id
                FROM household_member m
                JOIN household h ON h.district_id = m.district_id AND h.id = m.household_id
                WHERE m.district_id = $1 AND m.resident_id = $2 AND m.status = 'approved')
            ORDER BY p.id
            """;

    /** What was there before is not theirs, so the instant counts from which on they belong. */
    static final String RESIDENCES_OF = """
            SELECT resident_id, household_id, coalesce(approved_at, created_at) AS since
            FROM household_member
            WHERE district_id = $1 AND resident_id = ANY ($2) AND status = 'approved'
            """;

    static final String APPROVED_MEMBERS = """
            SELECT resident_id FROM household_member
            WHERE district_id = $1 AND household_id = $2 AND status = 'approved'
            """;

    static final String DISTRICT_ZONE = """
            SELECT zone FROM district WHERE id = $1
            """;

    /** Without an id the default one. */
    static final String FIND_DISTRICT = """
            SELECT d.id, d.name, d.zone, p.id AS place_id
            FROM district d
            JOIN place p ON p.district_id = d.id AND p.level = 'district'
            WHERE d.id = $1 OR ($1::uuid IS NULL AND d.is_default)
            """;

    static final String LIST_DISTRICTS = """
            SELECT d.id, d.name, d.zone, p.id AS place_id
            FROM district d
            JOIN place p ON p.district_id = d.id AND p.level = 'district'
            WHERE $1::uuid IS NULL OR d.id > $1
            ORDER BY d.id
            LIMIT $2
            """;

    private PlaceSql() {}
}

package org.huying.place.admin;

final class TreeSql {
    /** The gentler lock: rows of the district come and go meanwhile, such as keys and tickets. */
    static final String LOCK_DISTRICT = """
            SELECT id FROM district WHERE id = $1 FOR NO KEY UPDATE
            """;

    /** Against everybody who is about to refer to it. */
    static final String LOCK_PLACE = """
            SELECT id FROM place WHERE district_id = $1 AND id = $2 FOR UPDATE
            """;

    static final String NAMES_BESIDE = """
            SELECT name FROM place WHERE district_id = $1 AND parent_id = $2 AND id <> $3
            """;

    static final String INSERT_PLACE = """
            INSERT INTO place (district_id, id, level, kind, parent_id, name, path) VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    /** The district itself is called what the top of its tree is called. */
    static final String RENAME_PLACE = """
            WITH renamed AS (
                UPDATE place SET name = $3, version = version + 1 WHERE district_id = $1 AND id = $2 RETURNING level)
            UPDATE district SET name = $3 WHERE id = $1 AND 'district' = (SELECT level FROM renamed)
            """;

    /** The place and all below it; what stands above the place is taken from the new parent's path. */
    static final String MOVE_PLACE = """
            UPDATE place
            SET path = $4::uuid[] || path[array_position(path, $2):],
                parent_id = CASE WHEN id = $2 THEN $3 ELSE parent_id END,
                version = CASE WHEN id = $2 THEN version + 1 ELSE version END
            WHERE district_id = $1 AND $2 = ANY (path)
            """;

    static final String DELETE_OFFICE = """
            DELETE FROM organization WHERE district_id = $1 AND office_place_id = $2
            """;

    static final String DELETE_PLACE = """
            DELETE FROM place WHERE district_id = $1 AND id = $2
            """;

    private TreeSql() {}
}

package org.huying.metrics;

final class FrameSql {
    /** Whether something was reported at the place while it lay below one of the others. */
    static final String WAS_BELOW = """
            SELECT EXISTS (SELECT 1 FROM ticket
                WHERE district_id = $1 AND (place_path[2] = $2 OR place_path[3] = $2 OR place_path[4] = $2)
                  AND place_path && $3::uuid[]) AS found
            """;

    private FrameSql() {}
}

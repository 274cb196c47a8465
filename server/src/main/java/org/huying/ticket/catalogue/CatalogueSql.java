package org.huying.ticket.catalogue;

final class CatalogueSql {
    static final String PRESENT = """
            SELECT DISTINCT ON (code) code, version, name, kind, required_info, response_hours, resolution_hours,
                calendar, evidence_required, reportable
            FROM service_item
            WHERE district_id = $1 AND ($2::text IS NULL OR code > $2)
            ORDER BY code, version DESC
            LIMIT $3
            """;

    static final String FIND_PRESENT = """
            SELECT code, version, name, kind, required_info, response_hours, resolution_hours, calendar,
                evidence_required, reportable
            FROM service_item WHERE district_id = $1 AND code = $2
            ORDER BY version DESC
            LIMIT 1
            """;

    static final String FIND_VERSION = """
            SELECT code, version, name, kind, required_info, response_hours, resolution_hours, calendar,
                evidence_required, reportable
            FROM service_item WHERE district_id = $1 AND code = $2 AND version = $3
            """;

    static final String ADD = """
            INSERT INTO service_item (district_id, code, version, name, kind, required_info, response_hours,
                resolution_hours, calendar, evidence_required, reportable, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """;

    private CatalogueSql() {}
}

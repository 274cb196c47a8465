package org.huying.identity;

final class PersonActSql {
    /** Being registered, being taken into a household and who agreed to that, a mandate that staff offered or ended. */
    static final String ACTS_FOR = """
            WITH act AS (
                SELECT created_at AS at, 'resident/' || id AS key, 'registered' AS kind, registered_by_id AS by_id,
                    'resident' AS subject_kind, id AS subject_id
                FROM resident WHERE district_id = $1 AND (id = $2 OR merged_into_id = $2) AND registered_by_id IS NOT NULL
                UNION ALL
                SELECT coalesce(approved_at, created_at), 'household/' || id, 'household_joined', entered_by_id, 'household',
                    household_id
                FROM household_member
                WHERE district_id = $1 AND resident_id = $2 AND entered_by_id IS NOT NULL AND status = 'approved'
                UNION ALL
                SELECT coalesce(approved_at, created_at), 'household/' || id || '/2', 'household_agreed', agreed_by_id,
                    'household', household_id
                FROM household_member
                WHERE district_id = $1 AND resident_id = $2 AND status = 'approved' AND agreed_by_id <> $2
                  AND agreed_by_id <> entered_by_id
                UNION ALL
                SELECT created_at, 'mandate/' || id || '/1', 'mandate_offered', offered_by_id, 'mandate', id
                FROM mandate WHERE district_id = $1 AND grantor_id = $2 AND offered_by_id <> $2
                UNION ALL
                SELECT revoked_at, 'mandate/' || id || '/2', 'mandate_revoked', revoked_by_id, 'mandate', id
                FROM mandate
                WHERE district_id = $1 AND grantor_id = $2 AND revoked_at IS NOT NULL AND revoked_by_id <> $2
                  AND revoked_by_id IS DISTINCT FROM proxy_id
            )
            SELECT at, key, kind, by_id, NULL::text AS by_role, subject_kind, subject_id, NULL::text AS summary
            FROM act
            WHERE $3::timestamptz IS NULL OR (at, key COLLATE "C") < ($3, $4::text)
            ORDER BY at DESC, key COLLATE "C" DESC
            LIMIT $5
            """;

    private PersonActSql() {}
}

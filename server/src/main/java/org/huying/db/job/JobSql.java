package org.huying.db.job;

final class JobSql {
    static final String INSERT = """
            INSERT INTO job (district_id, id, kind, subject_id, payload, due_at, outward)
            SELECT $1, j.id, j.kind, j.subject_id, j.payload, j.due_at, j.outward
            FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::jsonb[], $6::timestamptz[], $7::boolean[])
                AS j (id, kind, subject_id, payload, due_at, outward)
            """;

    /** Of which districts and kinds, known here or not, something is due, and since when. */
    static final String DUE = """
            SELECT district_id, kind, min(due_at) AS oldest
            FROM job
            WHERE outward = $2 AND given_up_at IS NULL AND due_at <= $1
            GROUP BY district_id, kind
            ORDER BY oldest
            """;

    /** The one of its kind that has been due longest, of those that nobody else has in hand. */
    static final String TAKE = """
            SELECT id, kind, subject_id, payload, due_at, attempts
            FROM job
            WHERE district_id = $1 AND outward = $3 AND given_up_at IS NULL AND due_at <= $2 AND kind = $4
            ORDER BY due_at
            LIMIT 1
            FOR UPDATE SKIP LOCKED
            """;

    static final String DONE = """
            DELETE FROM job WHERE district_id = $1 AND id = $2
            """;

    static final String PUT_OFF = """
            UPDATE job SET attempts = $3, due_at = $4, failure = $5 WHERE district_id = $1 AND id = $2
            """;

    static final String GIVE_UP = """
            UPDATE job SET attempts = $3, given_up_at = $4, failure = $5 WHERE district_id = $1 AND id = $2
            """;

    static final String COUNT_GIVEN_UP = """
            SELECT count(*) AS jobs FROM job WHERE outward = $1 AND given_up_at IS NOT NULL
            """;

    static final String DROP = """
            DELETE FROM job WHERE district_id = $1 AND id IN (
                SELECT id FROM job WHERE district_id = $1 AND kind = $2 AND subject_id = ANY ($3) FOR UPDATE SKIP LOCKED)
            """;

    static final String DROP_SAYING = """
            DELETE FROM job WHERE district_id = $1 AND id IN (
                SELECT id FROM job WHERE district_id = $1 AND kind = $2 AND payload ->> $3 = $4 FOR UPDATE SKIP LOCKED)
            """;

    private JobSql() {}
}

package org.huying.db.seal;

final class KeyUseSql {
    /** Nodes that start at the same time, and districts that end at the same time, go one after another. */
    static final String LOCK = """
            LOCK TABLE data_key_use IN SHARE ROW EXCLUSIVE MODE
            """;

    static final String FIND = """
            SELECT key_id, proof FROM data_key_use
            """;

    static final String IS_RETIRED = """
            SELECT 1 FROM data_key_retired WHERE key_id = $1
            """;

    static final String NOTE = """
            INSERT INTO data_key_use (key_id, proof, since, never_current)
            SELECT k.key_id, k.proof, $3, k.key_id NOT IN (0, $4) FROM unnest($1::smallint[], $2::bytea[]) WITH ORDINALITY AS k (key_id, proof, n)
            ORDER BY k.n
            """;

    /** It was in the file at the first start of all, and has come after those that were current then. */
    static final String NOTE_FIRST_TIME_CURRENT = """
            UPDATE data_key_use SET n = DEFAULT, never_current = false WHERE key_id = $1 AND never_current
            """;

    static final String NEWEST = """
            SELECT key_id FROM data_key_use WHERE key_id > 0 ORDER BY n DESC LIMIT 1
            """;

    static final String COUNT_OTHERS = """
            SELECT count(*)::int AS keys FROM data_key_use WHERE key_id NOT IN (0, $1)
            """;

    static final String ANNOUNCE = """
            SELECT announce_data_key($1) AS allowed
            """;

    /** None of a newer key is there already, whoever left it. */
    static final String DISTRICTS_WITHOUT_PASS = """
            SELECT d.id FROM district d
            WHERE NOT EXISTS (
                SELECT 1 FROM job j
                WHERE j.district_id = d.id AND j.kind = 'reseal' AND (j.payload ->> 'key')::int = $1)
            ORDER BY d.id
            """;

    static final String FIND_BARRIER = """
            SELECT n FROM data_key_barrier
            """;

    /** Keeps whoever would announce another waiting until this transaction ends. */
    static final String ARE_OTHERS_UNANNOUNCED = """
            SELECT data_keys_unannounced($1) AS unannounced
            """;

    static final String RAISE_BARRIER = """
            INSERT INTO data_key_barrier DEFAULT VALUES RETURNING n
            """;

    static final String REMOVE_BARRIER = """
            DELETE FROM data_key_barrier
            """;

    static final String NOTE_PASS = """
            INSERT INTO data_key_pass (district_id, barrier) VALUES ($1, $2)
            ON CONFLICT (district_id) DO UPDATE SET barrier = $2
            """;

    static final String COUNT_DISTRICTS_LEFT = """
            SELECT count(*)::int AS districts
            FROM district d LEFT JOIN data_key_pass p ON p.district_id = d.id
            WHERE p.barrier IS DISTINCT FROM $1
            """;

    static final String RETIRE_OTHERS = """
            WITH retired AS (
                DELETE FROM data_key_use WHERE key_id NOT IN (0, $1) RETURNING key_id, proof)
            INSERT INTO data_key_retired (key_id, proof) SELECT key_id, proof FROM retired
            """;

    private KeyUseSql() {}
}

package org.huying.db.seal;

final class KeyUseSql {
    /** Nodes that start at the same time, and districts that end at the same time, go one after another. */
    static final String LOCK = """
            LOCK TABLE data_key_use IN SHARE ROW EXCLUSIVE MODE
            """;

    static final String FIND = """
            SELECT key_id, proof FROM data_key_use
            """;

    static final String NOTE = """
            INSERT INTO data_key_use (key_id, proof, since)
            SELECT k.key_id, k.proof, $3 FROM unnest($1::smallint[], $2::bytea[]) WITH ORDINALITY AS k (key_id, proof, n)
            ORDER BY k.n
            """;

    static final String NEWEST = """
            SELECT key_id FROM data_key_use WHERE key_id > 0 ORDER BY n DESC LIMIT 1
            """;

    static final String COUNT_OTHERS = """
            SELECT count(*)::int AS keys FROM data_key_use WHERE key_id NOT IN (0, $1)
            """;

    static final String DISTRICTS = """
            SELECT id FROM district ORDER BY id
            """;

    static final String FORGET_OTHERS = """
            DELETE FROM data_key_use
            WHERE key_id NOT IN (0, $1) AND NOT EXISTS (
                SELECT 1 FROM district d JOIN job j ON j.district_id = d.id
                WHERE j.kind = 'reseal' AND j.id <> $2)
            """;

    private KeyUseSql() {}
}

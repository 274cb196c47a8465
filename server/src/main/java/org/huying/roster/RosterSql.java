package org.huying.roster;

final class RosterSql {
    static final String INSERT = """
            INSERT INTO roster_import (district_id, id, kind, dry_run, skip_bad, status, phase, started_by_id, created_at,
                file_index, confirmed_digest)
            VALUES ($1, $2, $3, $4, $5, 'running', 'checking', $6, $7, $8, $9)
            """;

    static final String CHECK_OF = """
            SELECT id FROM roster_import
            WHERE district_id = $1 AND kind = $2 AND file_index = $3 AND digest = $4 AND dry_run AND status = 'done'
            ORDER BY id DESC
            LIMIT 1
            """;

    /** Once no row is without an outcome; whether that is what was confirmed, if anything was. */
    static final String CHECKED = """
            UPDATE roster_import i
            SET digest = (
                SELECT encode(sha256(convert_to('huying import 1' || E'\\n' || i.kind || E'\\n' || encode(i.file_index, 'hex')
                    || string_agg(E'\\n' || r.row || ' ' || r.outcome || ' ' || r.errors
                        || CASE WHEN r.candidates = '{}' THEN '' ELSE ' ' || array_to_string(r.candidates, ',') END
                        || coalesce(' ' || r.decision, '') || coalesce(' ' || r.decided_resident_id, ''),
                        '' ORDER BY r.row), 'UTF8')), 'hex')
                FROM roster_import_row r WHERE r.district_id = $1 AND r.import_id = $2)
            WHERE i.district_id = $1 AND i.id = $2
            RETURNING confirmed_digest IS NULL OR confirmed_digest = digest AS as_seen
            """;

    static final String INSERT_ROWS = """
            INSERT INTO roster_import_row (district_id, import_id, row, content_sealed)
            SELECT $1, $2, r.row, r.content FROM unnest($3::int[], $4::bytea[]) AS r (row, content)
            """;

    /** What was decided of the rows of a check ($3) is decided of the same rows of the same file. */
    static final String COPY_DECISIONS = """
            WITH o AS MATERIALIZED (
                SELECT row, decision, decided_resident_id FROM roster_import_row
                WHERE district_id = $1 AND import_id = $3 AND decision IS NOT NULL)
            UPDATE roster_import_row n SET decision = o.decision, decided_resident_id = o.decided_resident_id
            FROM o
            WHERE n.district_id = $1 AND n.import_id = $2 AND n.row = o.row
            """;

    static final String UNFINISHED = """
            SELECT count(*) AS unfinished FROM roster_import WHERE district_id = $1 AND status = 'running'
            """;

    static final String FIND = """
            SELECT i.id, i.kind, i.dry_run, i.skip_bad, i.status, i.phase, i.failure, i.digest, i.started_by_id,
                i.created_at, i.finished_at, i.undone_by_id, i.undo_started_at, i.undo_finished_at, n.*
            FROM roster_import i
            CROSS JOIN LATERAL (
                SELECT count(*) AS row_count,
                    count(*) FILTER (WHERE CASE i.phase WHEN 'checking' THEN r.outcome IS NOT NULL
                        ELSE r.written OR r.outcome NOT IN ('created', 'changed') END) AS done,
                    count(*) FILTER (WHERE r.outcome = 'created') AS created,
                    count(*) FILTER (WHERE r.outcome = 'changed') AS changed,
                    count(*) FILTER (WHERE r.outcome = 'unchanged') AS unchanged,
                    count(*) FILTER (WHERE r.outcome = 'bad') AS bad,
                    count(*) FILTER (WHERE r.outcome = 'doubtful') AS doubtful,
                    count(*) FILTER (WHERE r.outcome = 'left_out') AS left_out,
                    count(*) FILTER (WHERE r.undone) AS undone,
                    count(*) FILTER (WHERE NOT r.undone) AS kept
                FROM roster_import_row r
                WHERE r.district_id = i.district_id AND r.import_id = i.id) AS n
            WHERE i.district_id = $1 AND i.id = $2
            """;

    static final String STARTER = """
            SELECT started_by_id FROM roster_import WHERE district_id = $1 AND id = $2 AND status = 'running'
            """;

    /** Whoever goes on with it is alone. */
    static final String LOCK = """
            SELECT id, kind, dry_run, skip_bad, phase, started_by_id FROM roster_import
            WHERE district_id = $1 AND id = $2 AND status = 'running'
            FOR UPDATE
            """;

    /**
     * Tables grow by thousands of rows from one step to the next, and a plan that was kept from when they were small would read
     * all of them for every key.
     */
    static final String PLAN_ANEW = "SET LOCAL plan_cache_mode = force_custom_plan";

    /** What the database checks of each row that is written would be planned anew each time too, which costs more than to check it. */
    static final String PLAN_AS_USUAL = "SET LOCAL plan_cache_mode = auto";

    /**
     * For who goes through many rows of which nothing becomes more: the plans for what refers to each are made once, by the
     * tables as they are now, and not for each row, nor kept from when the tables were small.
     */
    static final String PLAN_ONCE = "DISCARD PLANS; SET LOCAL plan_cache_mode = force_generic_plan";

    /** Whoever else makes or changes what is written here waits, or is waited for. */
    static final String LOCK_DISTRICT = """
            SELECT 1 FROM district WHERE id = $1 FOR NO KEY UPDATE
            """;

    static final String UNCHECKED = """
            SELECT row, content_sealed, decision, decided_resident_id FROM roster_import_row
            WHERE district_id = $1 AND import_id = $2 AND outcome IS NULL
            ORDER BY row
            LIMIT $3
            """;

    static final String UNWRITTEN = """
            SELECT row, content_sealed, decision, decided_resident_id FROM roster_import_row
            WHERE district_id = $1 AND import_id = $2 AND outcome IN ('created', 'changed') AND NOT written
            ORDER BY row
            LIMIT $3
            """;

    /** The first row that has one of these keys; but for the rows ($4) that are looked at. */
    static final String SAME_KEYS = """
            SELECT key_index AS key, min(row) AS row
            FROM roster_import_key
            WHERE district_id = $1 AND import_id = $2 AND key_index = ANY ($3) AND row <> ALL ($4)
            GROUP BY key_index
            """;

    /** What was tried about each of these ($2) by whoever asks ($3) since then, in whatever file. */
    static final String GUESSED = """
            SELECT g.about_index AS about, g.tried_index AS tried, bool_and(g.fitted) AS fitted
            FROM roster_import_guess g
            JOIN roster_import i ON i.district_id = g.district_id AND i.id = g.import_id
            WHERE g.district_id = $1 AND g.about_index = ANY ($2) AND i.started_by_id = $3 AND i.created_at > $4
            GROUP BY g.about_index, g.tried_index
            """;

    /** What a row says is forgotten as soon as nobody needs it: in a dry run when it is good, else when it is written. */
    static final String JUDGED = """
            UPDATE roster_import_row r
            SET outcome = v.outcome, errors = v.errors, written = $6, activation_code_sealed = v.code, trace = v.trace,
                candidates = CASE WHEN v.candidates = '' THEN '{}' ELSE string_to_array(v.candidates, ',')::uuid[] END,
                content_sealed = CASE WHEN v.keep THEN r.content_sealed END
            FROM unnest($3::int[], $4::text[], $5::jsonb[], $7::bytea[], $8::boolean[], $9::text[], $10::jsonb[])
                AS v (row, outcome, errors, code, keep, candidates, trace)
            WHERE r.district_id = $1 AND r.import_id = $2 AND r.row = v.row
            """;

    static final String FORGET_KEYS_OF = """
            DELETE FROM roster_import_key WHERE district_id = $1 AND import_id = $2 AND row = ANY ($3)
            """;

    static final String KEEP_KEYS = """
            INSERT INTO roster_import_key (district_id, import_id, row, key_index)
            SELECT DISTINCT $1::uuid, $2::uuid, k.row, k.key FROM unnest($3::int[], $4::bytea[]) AS k (row, key)
            """;

    static final String FORGET_GUESSES_OF = """
            DELETE FROM roster_import_guess WHERE district_id = $1 AND import_id = $2 AND row = ANY ($3)
            """;

    static final String KEEP_GUESSES = """
            INSERT INTO roster_import_guess (district_id, import_id, row, about_index, tried_index, fitted)
            SELECT $1, $2, g.row, g.about, g.tried, g.fitted
            FROM unnest($3::int[], $4::bytea[], $5::bytea[], $6::boolean[]) AS g (row, about, tried, fitted)
            """;

    /** The worse of what stands in the way of writing. */
    static final String HINDRANCE = """
            SELECT min(outcome) AS outcome FROM roster_import_row
            WHERE district_id = $1 AND import_id = $2 AND outcome IN ('bad', 'doubtful')
            """;

    static final String WRITE = """
            UPDATE roster_import SET phase = 'writing' WHERE district_id = $1 AND id = $2
            """;

    static final String END = """
            UPDATE roster_import SET status = CASE WHEN $3::text IS NULL THEN 'done' ELSE 'failed' END, failure = $3,
                finished_at = $4
            WHERE district_id = $1 AND id = $2 AND status = 'running'
            """;

    static final String FORGET_GOOD = """
            UPDATE roster_import_row SET content_sealed = NULL
            WHERE district_id = $1 AND import_id = $2
              AND (outcome IS NULL OR outcome NOT IN ('bad', 'doubtful', 'left_out')) AND activation_code_sealed IS NULL AND content_sealed IS NOT NULL
            """;

    static final String FORGET = """
            UPDATE roster_import_row
            SET content_sealed = NULL, activation_code_sealed = NULL, trace = NULL, candidates = '{}', decision = NULL,
                decided_resident_id = NULL
            WHERE district_id = $1 AND import_id = $2
            """;

    static final String FORGET_KEYS = """
            DELETE FROM roster_import_key WHERE district_id = $1 AND import_id = $2
            """;

    static final String FORGET_GUESSES = """
            DELETE FROM roster_import_guess WHERE district_id = $1 AND import_id = $2
            """;

    static final String FORGET_FILE = """
            UPDATE roster_import SET file_index = NULL WHERE district_id = $1 AND id = $2
            """;

    static final String ROWS = """
            SELECT row, outcome, errors, content_sealed, activation_code_sealed, candidates, decision, decided_resident_id,
                undone
            FROM roster_import_row
            WHERE district_id = $1 AND import_id = $2 AND ($3::text IS NULL OR outcome = $3)
              AND ($4::int IS NULL OR row > $4)
            ORDER BY row
            LIMIT $5
            """;

    /** One that can still be decided: of a check that has ended, and whose words are not forgotten. */
    static final String LOCK_ROW = """
            SELECT r.row, r.content_sealed, r.outcome, r.candidates, r.decision, r.decided_resident_id, i.started_by_id
            FROM roster_import_row r
            JOIN roster_import i ON i.district_id = r.district_id AND i.id = r.import_id
            WHERE r.district_id = $1 AND r.import_id = $2 AND r.row = $3 AND i.dry_run AND i.status = 'done'
            FOR UPDATE
            """;

    static final String DECIDE = """
            UPDATE roster_import_row SET decision = $4, decided_resident_id = $5
            WHERE district_id = $1 AND import_id = $2 AND row = $3
            """;

    static final String HAS_ROW = """
            SELECT EXISTS (SELECT 1 FROM roster_import_row WHERE district_id = $1 AND import_id = $2 AND row = $3) AS found
            """;

    /** One that is over, and has written something. */
    static final String LOCK_WRITTEN = """
            SELECT i.finished_at, i.undone_by_id IS NOT NULL AND (i.undo_finished_at IS NULL OR NOT EXISTS (
                    SELECT 1 FROM roster_import_row r
                    WHERE r.district_id = i.district_id AND r.import_id = i.id AND r.written AND r.undone IS NULL
                      AND r.outcome IN ('created', 'changed'))) AS undone,
                EXISTS (SELECT 1 FROM roster_import_row r
                    WHERE r.district_id = i.district_id AND r.import_id = i.id AND r.written AND r.trace IS NOT NULL)
                    AS has_written
            FROM roster_import i
            WHERE i.district_id = $1 AND i.id = $2 AND NOT i.dry_run AND i.status <> 'running'
            FOR UPDATE OF i
            """;

    static final String UNDER_WAY = """
            SELECT kind, created_at, undone_by_id FROM roster_import
            WHERE district_id = $1 AND id = $2 AND undone_by_id IS NOT NULL AND undo_finished_at IS NULL
            """;

    static final String BEGIN_UNDO = """
            UPDATE roster_import SET undone_by_id = $3, undo_started_at = $4, undo_finished_at = NULL
            WHERE district_id = $1 AND id = $2 AND (undone_by_id IS NULL OR undo_finished_at IS NOT NULL)
            """;

    static final String END_UNDO = """
            UPDATE roster_import SET undo_finished_at = $3
            WHERE district_id = $1 AND id = $2 AND undo_finished_at IS NULL
            """;

    /** The last first: what was written later may rest on what was written before. */
    static final String NOT_UNDONE = """
            SELECT row, trace FROM roster_import_row
            WHERE district_id = $1 AND import_id = $2 AND written AND undone IS NULL AND outcome IN ('created', 'changed')
            ORDER BY row DESC
            LIMIT $3
            """;

    static final String UNDONE = """
            UPDATE roster_import_row r SET undone = u.undone,
                activation_code_sealed = CASE WHEN u.undone THEN NULL ELSE r.activation_code_sealed END
            FROM unnest($3::int[], $4::boolean[]) AS u (row, undone)
            WHERE r.district_id = $1 AND r.import_id = $2 AND r.row = u.row
            """;

    static final String NAMES = """
            SELECT id, 'place' AS kind, level, name, path FROM place WHERE district_id = $1
            UNION ALL
            SELECT id, 'organization', '', name, ARRAY[]::uuid[] FROM organization WHERE district_id = $1
            UNION ALL
            SELECT id, 'canteen', '', name, ARRAY[]::uuid[] FROM canteen WHERE district_id = $1
            """;

    private RosterSql() {}
}

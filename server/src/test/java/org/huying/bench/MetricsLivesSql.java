package org.huying.bench;

/** What is to happen to tickets, drawn by chance that is the same each time. */
final class MetricsLivesSql {
    /** A number from 0 to 1, always the same for a ticket and a question: what makes a load repeatable. */
    static final String DRAW = """
            CREATE FUNCTION pg_temp.draw(n bigint, question int) RETURNS float8 LANGUAGE sql IMMUTABLE AS
            'SELECT (hashint8extended(n, question) & 4294967295) / 4294967296.0::float8'
            """;

    static final String HOMES = """
            CREATE TEMP TABLE bench_home AS
            SELECT row_number() OVER (ORDER BY h.id) - 1 AS i, h.id AS household, m.resident_id AS resident,
                p.id AS place, p.path, a.organization_id AS firm
            FROM household h
            JOIN household_member m ON m.district_id = h.district_id AND m.household_id = h.id
            JOIN place p ON p.district_id = h.district_id AND p.id = h.compound_id
            JOIN service_area a ON a.district_id = h.district_id AND a.place_id = p.id
            WHERE h.district_id = $1
            """;

    /** Everybody who may be responsible, and who is sent there. */
    static final String HANDLERS = """
            CREATE TEMP TABLE bench_handler AS
            SELECT o.id, o.kind, row_number() OVER (PARTITION BY o.kind ORDER BY o.id) - 1 AS i,
                coalesce((SELECT g.staff_id FROM role_grant g WHERE g.district_id = o.district_id
                    AND g.scope_id = o.id AND g.role = 'worker'), gen_random_uuid()) AS worker
            FROM organization o WHERE o.district_id = $1
            """;

    /**
     * Tickets number $2 to $3, of those from $4 up to $5, which spread evenly from $6 to $7. Each column is an instant at
     * which something happens; null where it does not.
     */
    static final String LIVES = """
            CREATE TEMP TABLE bench_life AS
            WITH born AS (
                SELECT n, date_trunc('milliseconds', $6::timestamptz
                    + ($7::timestamptz - $6::timestamptz) * ((n - $4::bigint + pg_temp.draw(n, 1)) / ($5::bigint - $4::bigint))) AS at,
                    pg_temp.draw(n, 2) AS fate, pg_temp.draw(n, 3) AS way, pg_temp.draw(n, 4) < 0.05 AS is_spot
                FROM generate_series($2::bigint, $3::bigint) AS n
            ), begun AS MATERIALIZED (
                SELECT b.n, uuidv7(b.at - now()) AS id, b.at AS submitted, b.is_spot, h.household, h.resident, h.place,
                    h.path, h.firm, i.code AS item, i.kind, i.version, t.id AS target, t.worker,
                    CASE WHEN i.kind = 'care' THEN 'system' WHEN b.way < 0.8 THEN 'mini_program' WHEN b.way < 0.88 THEN 'grid'
                        WHEN b.way < 0.96 THEN 'hotline' ELSE 'counter' END AS channel,
                    CASE WHEN b.fate < 0.03 THEN 'cancelled' WHEN b.fate < 0.05 THEN 'merged'
                        WHEN b.fate < 0.06 THEN 'stuck' WHEN b.fate < 0.11 THEN 'transferred'
                        WHEN b.fate < 0.12 THEN 'escalated' ELSE 'usual' END AS fate
                FROM born b
                JOIN bench_home h ON h.i = floor(pg_temp.draw(b.n, 5) * (SELECT count(*) FROM bench_home))
                JOIN (SELECT s.*, row_number() OVER (ORDER BY code) - 1 AS i FROM service_item s WHERE s.district_id = $1) i
                    ON i.i = floor(pg_temp.draw(b.n, 6) * 12)
                JOIN bench_handler f ON f.id = h.firm
                -- the firm, or the one after it, or an office
                JOIN bench_handler t ON t.kind = CASE WHEN b.fate >= 0.11 AND b.fate < 0.12 THEN 'office' ELSE 'firm' END
                    AND t.i = CASE WHEN b.fate >= 0.11 AND b.fate < 0.12 THEN 0
                        WHEN b.fate >= 0.06 AND b.fate < 0.11 THEN (f.i + 1) % 10 ELSE f.i END
            )
            SELECT b.*, lag(b.id, 1, b.id) OVER (ORDER BY b.n) AS other,
                CASE WHEN b.fate = 'cancelled' THEN b.submitted + pg_temp.draw(b.n, 10) * interval '20 hours' END AS cancelled,
                CASE WHEN b.fate = 'merged' THEN b.submitted + pg_temp.draw(b.n, 10) * interval '20 hours' END AS merged,
                h.handed, a.accepted, a.assigned, a.started, p.asked, p.told, q.asked_again, q.told_again,
                w.suspended, w.resumed, r.resolved, o.reopened, o.by_visit, l.resolved_again,
                CASE WHEN pg_temp.draw(b.n, 30) < 0.45 THEN e.last + pg_temp.draw(b.n, 31) * interval '6 days' END AS confirmed,
                CASE WHEN pg_temp.draw(b.n, 30) >= 0.45 THEN e.last + interval '7 days' END AS closed,
                m.rated, m.rating,
                CASE WHEN pg_temp.draw(b.n, 35) < 0.1 THEN m.rated + interval '1 hour' END AS rated_again,
                CASE WHEN pg_temp.draw(b.n, 36) < 0.015 THEN r.resolved + pg_temp.draw(b.n, 37) * interval '9 days' END AS re_reported,
                x.excluded,
                CASE WHEN pg_temp.draw(b.n, 40) < 0.25 THEN x.excluded + pg_temp.draw(b.n, 41) * interval '20 days' END AS included,
                CASE WHEN pg_temp.draw(b.n, 42) < 0.05 THEN e.last + pg_temp.draw(b.n, 43) * interval '20 days' END AS visited,
                CASE WHEN pg_temp.draw(b.n, 44) < 0.1 THEN b.submitted + pg_temp.draw(b.n, 45) * interval '3 days' END AS commented,
                CASE WHEN pg_temp.draw(b.n, 46) < 0.03 THEN b.submitted + pg_temp.draw(b.n, 47) * (a.accepted - b.submitted) END AS urged,
                CASE WHEN pg_temp.draw(b.n, 48) < 0.94 THEN 'fixed' WHEN pg_temp.draw(b.n, 48) < 0.96 THEN 'answered'
                    WHEN pg_temp.draw(b.n, 48) < 0.98 THEN 'unable' ELSE 'not_responsible' END AS outcome,
                CASE WHEN pg_temp.draw(b.n, 49) < 0.5 THEN 'test' ELSE 'out_of_scope' END AS reason,
                d.due, d1.due AS due_then, d2.due AS due_later, d3.due AS due_at_last
            FROM begun b
            CROSS JOIN LATERAL (SELECT CASE WHEN b.fate IN ('transferred', 'escalated')
                THEN b.submitted + pg_temp.draw(b.n, 11) * interval '20 hours' END AS handed) h
            CROSS JOIN LATERAL (SELECT CASE WHEN b.fate NOT IN ('cancelled', 'merged')
                THEN coalesce(h.handed, b.submitted) + power(pg_temp.draw(b.n, 12), 2) * interval '36 hours' END AS accepted) a0
            CROSS JOIN LATERAL (SELECT a0.accepted, a0.accepted + pg_temp.draw(b.n, 13) * interval '3 hours' AS assigned,
                a0.accepted + interval '3 hours' + pg_temp.draw(b.n, 14) * interval '12 hours' AS started) a
            CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.draw(b.n, 15) < 0.15
                THEN a.started + pg_temp.draw(b.n, 16) * interval '2 hours' END AS asked) p0
            CROSS JOIN LATERAL (SELECT p0.asked, p0.asked + pg_temp.draw(b.n, 17) * interval '40 hours' AS told) p
            CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.draw(b.n, 15) < 0.04
                THEN p.told + pg_temp.draw(b.n, 18) * interval '1 hour' END AS asked_again) q0
            CROSS JOIN LATERAL (SELECT q0.asked_again, q0.asked_again + pg_temp.draw(b.n, 19) * interval '30 hours' AS told_again) q
            CROSS JOIN LATERAL (SELECT coalesce(q.told_again, p.told, a.started) AS ready) y
            CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.draw(b.n, 20) < 0.03
                THEN y.ready + pg_temp.draw(b.n, 21) * interval '1 hour' END AS suspended) w0
            CROSS JOIN LATERAL (SELECT w0.suspended, w0.suspended + pg_temp.draw(b.n, 22) * interval '10 days' AS resumed) w
            CROSS JOIN LATERAL (SELECT CASE WHEN b.fate <> 'stuck' THEN coalesce(w.resumed, y.ready)
                + power(pg_temp.draw(b.n, 23), 2) * interval '60 hours' END AS resolved) r
            CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.draw(b.n, 24) < 0.03
                THEN r.resolved + pg_temp.draw(b.n, 25) * interval '7 days' END AS reopened, pg_temp.draw(b.n, 24) < 0.005 AS by_visit) o
            CROSS JOIN LATERAL (SELECT o.reopened + pg_temp.draw(b.n, 26) * interval '48 hours' AS resolved_again) l
            CROSS JOIN LATERAL (SELECT coalesce(l.resolved_again, r.resolved) AS last) e
            CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.draw(b.n, 32) < 0.35
                    THEN e.last + pg_temp.draw(b.n, 33) * interval '29 days' END AS rated,
                CASE WHEN pg_temp.draw(b.n, 34) < 0.04 THEN 1 WHEN pg_temp.draw(b.n, 34) < 0.08 THEN 2
                    WHEN pg_temp.draw(b.n, 34) < 0.15 THEN 3 WHEN pg_temp.draw(b.n, 34) < 0.4 THEN 4 ELSE 5 END AS rating) m
            CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.draw(b.n, 38) < 0.015
                THEN r.resolved + pg_temp.draw(b.n, 39) * interval '25 days' END AS excluded) x
            -- the resolution clock stands still while it waits, unless it has run out
            CROSS JOIN LATERAL (SELECT b.submitted + interval '72 hours' AS due) d
            CROSS JOIN LATERAL (SELECT CASE WHEN d.due >= p.asked THEN p.told + (d.due - p.asked) ELSE d.due END AS due) d1
            CROSS JOIN LATERAL (SELECT CASE WHEN d1.due >= q.asked_again
                THEN q.told_again + (d1.due - q.asked_again) ELSE d1.due END AS due) d2
            CROSS JOIN LATERAL (SELECT CASE WHEN d2.due >= w.suspended
                THEN w.resumed + (d2.due - w.suspended) ELSE d2.due END AS due) d3
            """;

    private MetricsLivesSql() {}
}

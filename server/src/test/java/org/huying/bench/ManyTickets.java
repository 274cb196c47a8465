package org.huying.bench;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tickets in bulk: valid rows, each with the event that reported it; not the rest of their logs. One in twenty is about a
 * public spot. Half of the open ones are overdue.
 */
final class ManyTickets {
    /** @param openOfSmallFirm beside those of the large one */
    record Size(int open, int openOfSmallFirm, int closed, int atOnce) {
        static final Size FULL = new Size(100_000, 50, 100_000, 10_000);
        static final Size SMOKE = new Size(400, 50, 400, 400);
    }

    private static final int WORKERS = 200;

    private static final String INSERT = """
            WITH home AS (
                SELECT h.i - 1 AS i, h.id, h.person, p.id AS place_id, p.path
                FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS h (id, person, i)
                JOIN household b ON b.district_id = $1 AND b.id = h.id
                JOIN place p ON p.district_id = $1 AND p.id = b.compound_id),
            n AS (
                SELECT n, coalesce($12::int, n / 10 % cardinality($2)) AS home,
                    CASE WHEN $8::boolean THEN (ARRAY['submitted', 'submitted', 'submitted', 'accepted', 'accepted',
                            'assigned', 'in_progress', 'in_progress', 'waiting_info', 'suspended'])[1 + n % 10]
                        ELSE (ARRAY['closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'resolved',
                            'cancelled', 'merged'])[1 + n % 10] END AS status,
                    now() - random() * CASE WHEN $8 THEN interval '30 days' ELSE interval '365 days' END AS at
                FROM generate_series($4::int, $5::int) AS n),
            made AS (
                INSERT INTO ticket (district_id, id, ticket_no, service_item_code, service_item_version,
                    service_item_kind, household_id, place_id, place_path, channel, anonymous, reporter_ref, reporter_id,
                    submitted_at, routed_org_id, status, responsible_org_id, first_owner_id, first_owned_at,
                    assignee_ref, assignee_id, assignee_org_id, ever_suspended, response_due_at, resolution_due_at,
                    info_requests, last_seq, last_at, last_hash)
                SELECT $1, uuidv7(), $9 || n.n, 'item-' || n.n % 12, 1, 'repair',
                    CASE WHEN n.n / 50 % 20 > 0 THEN h.id END, h.place_id, h.path, 'mini_program', false, 'resident-1',
                    h.person, n.at, $6, n.status, $6, CASE WHEN n.status <> 'submitted' THEN $6::uuid END,
                    CASE WHEN n.status <> 'submitted' THEN n.at END,
                    CASE WHEN n.status IN ('assigned', 'in_progress', 'closed') THEN 'worker-1' END,
                    CASE WHEN n.status IN ('assigned', 'in_progress', 'closed') THEN ($7::uuid[])[1 + n.n / 7 % $11] END,
                    CASE WHEN n.status IN ('assigned', 'in_progress', 'closed') THEN $6::uuid END,
                    false, n.at + interval '1 day', n.at + interval '1 day' * (1 + n.n % 29), 0, 1, n.at, repeat('0', 64)
                FROM n JOIN home h ON h.i = n.home
                RETURNING id, submitted_at)
            INSERT INTO ticket_event (district_id, ticket_id, seq, type, at, actor_ref, actor_kind, data, previous_hash,
                hash, shown_sealed)
            SELECT $1, id, 1, 'submitted', submitted_at, 'resident-1', 'resident', '{}', repeat('0', 64),
                repeat('0', 64), $10
            FROM made
            """;

    private final Size size;
    private final TicketDistrict district;
    private final UUID[] workers = new UUID[WORKERS];

    ManyTickets(TicketDistrict district, UUID worker, Size size) {
        this.size = size;
        this.district = district;
        workers[0] = worker;
        for (int i = 1; i < WORKERS; i++) {
            workers[i] = UUID.randomUUID();
        }
    }

    void load() throws Exception {
        System.err.printf("loading %,d tickets:", size.open() + size.openOfSmallFirm() + size.closed());
        for (int from = 0; from < size.open() + size.closed(); from += size.atOnce()) {
            insert(from, size.atOnce(), district.firm, from < size.open(), null);
            System.err.print(" " + (from + size.atOnce()) / 1000 + "k");
        }
        insert(size.open() + size.closed(), size.openOfSmallFirm(), district.smallFirm, true, 0);
        System.err.println();
        // As the database does by itself in time.
        district.sql("VACUUM ANALYZE ticket");
        district.sql("ANALYZE ticket_event");
    }

    private void insert(int from, int count, UUID firm, boolean open, @Nullable Integer home) throws Exception {
        var shown = new JsonObject()
                .put("texts", new JsonObject().put("description", "厨房水管漏水，地上都是水"))
                .put("salts", new JsonObject().put("description", "0".repeat(32)));
        district.sql(
                INSERT,
                district.id(),
                district.households.toArray(UUID[]::new),
                district.residents.toArray(UUID[]::new),
                from,
                from + count - 1,
                firm,
                workers,
                open,
                "bulk-",
                district.keys().cipher().seal(shown.encode()),
                WORKERS,
                home);
    }
}

package org.huying.ticket;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Pages of tickets. Whoever looks has to do with tickets in several ways, and with several things in each. A page is
 * merged from the first tickets of each of these in each status, so that it costs the same however many there are.
 *
 * <p>$1 district; $2 organizations, $3 assignees, $4 reporters, $5 places covered, $6 households, each with the
 * instant from which on its tickets are the caller's to see ($10), $7 public places; $8 the resident who looks, $9 public
 * places where they follow; of staff, places where they report; $11 statuses; $12 whether overdue, $13 now; $14 assignee; $15
 * and $16 the key after which the page begins; $17 how many.
 */
final class TicketListSql {
    /**
     * A way of having to do with a ticket: where the ids come from, and what makes a ticket one of theirs, for one id or
     * for any. Nothing of this comes from a request.
     */
    private record Way(String source, String ofOne, String ofAny) {
        static Way of(String ids, String column) {
            return new Way(
                    "unnest(%s::uuid[]) AS s (id)".formatted(ids), column + " = s.id", column + " = ANY (" + ids + ")");
        }

        /** One in which there is more to it. */
        Way where(String condition) {
            return new Way(source, condition + " AND " + ofOne, "(" + condition + " AND " + ofAny + ")");
        }

        String in(String part) {
            return part.formatted(source, ofOne);
        }
    }

    /** What was reported before somebody belonged to the household is not theirs. */
    private static final Way OF_HOUSEHOLD = new Way(
            "unnest($6::uuid[], $10::timestamptz[]) AS s (id, since)",
            "household_id = s.id AND submitted_at >= s.since",
            "household_id = ANY ($6) AND submitted_at >= ($10::timestamptz[])[array_position($6, household_id)]");

    private static final List<Way> WAYS = List.of(
            Way.of("$2", "responsible_org_id"),
            Way.of("$2", "first_owner_id"),
            Way.of("$3", "assignee_id").where(AssigneeSql.works("ticket")),
            Way.of("$4", "reporter_id").where("($8::uuid IS NOT NULL OR place_path && $9::uuid[])"),
            Way.of("$5", "place_path[1]"),
            Way.of("$5", "place_path[2]"),
            Way.of("$5", "place_path[3]"),
            Way.of("$5", "place_path[4]"),
            OF_HOUSEHOLD,
            Way.of("$7", "household_id IS NULL AND place_id"));

    private static final String NEWEST_PART = """
            SELECT t.id, t.at
            FROM %s
            CROSS JOIN unnest($11::text[]) AS w (status)
            CROSS JOIN LATERAL (
                SELECT id, submitted_at AS at FROM ticket
                WHERE district_id = $1 AND %s AND status = w.status
                  AND ($12::boolean IS NULL OR $12 = coalesce(queue_due_at < $13, false))
                  AND ($14::uuid IS NULL OR assignee_id = $14)
                  AND (submitted_at, id) < ($15, $16::uuid)
                ORDER BY submitted_at DESC, id DESC
                LIMIT $17) AS t
            """;

    private static final String QUEUE_PART = """
            SELECT t.id, t.at
            FROM %s
            CROSS JOIN unnest($11::text[]) AS w (status)
            CROSS JOIN LATERAL (
                SELECT id, queue_due_at AS at FROM ticket
                WHERE district_id = $1 AND %s AND status = w.status AND queue_due_at IS NOT NULL
                  AND ($12::boolean IS NULL OR $12 = (queue_due_at < $13))
                  AND ($14::uuid IS NULL OR assignee_id = $14)
                  AND (queue_due_at, id) > ($15, $16::uuid)
                ORDER BY queue_due_at, id
                LIMIT $17) AS t
            """;

    /** Tickets of theirs that were merged into another, and those they follow: never many. */
    private static final String BY_PERSON = """
            SELECT ticket_id FROM ticket_co_reporter WHERE district_id = $1 AND person_id = ANY ($4) AND $8::uuid IS NOT NULL
            UNION
            SELECT f.ticket_id FROM ticket_follower f
            JOIN ticket k ON k.district_id = f.district_id AND k.id = f.ticket_id
            WHERE f.district_id = $1 AND f.person_id = $8 AND k.household_id IS NULL AND k.place_id = ANY ($9)
            """;

    private static final String NEWEST_BY_PERSON = """
            SELECT id, submitted_at AS at FROM ticket
            WHERE district_id = $1 AND id IN (%s) AND status = ANY ($11)
              AND ($12::boolean IS NULL OR $12 = coalesce(queue_due_at < $13, false))
              AND ($14::uuid IS NULL OR assignee_id = $14)
              AND (submitted_at, id) < ($15, $16::uuid)
            """.formatted(BY_PERSON);

    private static final String QUEUE_BY_PERSON = """
            SELECT id, queue_due_at AS at FROM ticket
            WHERE district_id = $1 AND id IN (%s) AND status = ANY ($11) AND queue_due_at IS NOT NULL
              AND ($12::boolean IS NULL OR $12 = (queue_due_at < $13))
              AND ($14::uuid IS NULL OR assignee_id = $14)
              AND (queue_due_at, id) > ($15, $16::uuid)
            """.formatted(BY_PERSON);

    /** The latest first. */
    static final String NEWEST = """
            SELECT id, at FROM (%s) AS found GROUP BY id, at ORDER BY at DESC, id DESC LIMIT $17
            """.formatted(all(NEWEST_PART) + "UNION ALL\n" + NEWEST_BY_PERSON);

    /** Open ones, those that are due first first. */
    static final String QUEUE = """
            SELECT id, at FROM (%s) AS found GROUP BY id, at ORDER BY at, id LIMIT $17
            """.formatted(all(QUEUE_PART) + "UNION ALL\n" + QUEUE_BY_PERSON);

    /** Open ones by status, and how many of them are overdue at $11: each once, however many ways lead to it. */
    static final String COUNT =
            """
            SELECT status, count(*) AS tickets, count(*) FILTER (WHERE queue_due_at < $11) AS overdue
            FROM ticket
            WHERE district_id = $1 AND queue_due_at IS NOT NULL
              AND (%s OR id = ANY (ARRAY (%s)))
            GROUP BY status
            """.formatted(WAYS.stream().map(Way::ofAny).collect(Collectors.joining(" OR ")), BY_PERSON);

    private TicketListSql() {}

    private static String all(String part) {
        return WAYS.stream().map(way -> way.in(part)).collect(Collectors.joining("UNION ALL\n"));
    }
}

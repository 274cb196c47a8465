package org.huying.ticket;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Pages of tickets. Whoever looks has to do with tickets in several ways, and with several things in each. A page is
 * merged from the first tickets of each of these in each status, so that it costs the same however many there are.
 *
 * <p>$1 district; $2 organizations, $3 assignees, $4 reporters, $5 places covered, $6 households, $7 public places;
 * $8 the resident who looks, $9 public places where they follow; of staff, places where they report; $10 statuses; $11 whether overdue, $12 now; $13 assignee; $14 and $15
 * the key after which the page begins; $16 how many.
 */
final class TicketListSql {
    /** A way of having to do with a ticket: what must be one of the ids. Nothing of this comes from a request. */
    private record Way(String ids, String column) {
        /** One in which there is more to it. */
        static Way where(String condition, String ids, String column) {
            return new Way(ids, condition + " AND " + column);
        }

        String in(String part) {
            return part.formatted(ids, column + " = s.id");
        }

        String anyOfIds() {
            return "(" + column + " = ANY (" + ids + "))";
        }
    }

    private static final List<Way> WAYS = List.of(
            new Way("$2", "responsible_org_id"),
            new Way("$2", "first_owner_id"),
            Way.where(AssigneeSql.works("ticket"), "$3", "assignee_id"),
            Way.where("($8::uuid IS NOT NULL OR place_path && $9::uuid[])", "$4", "reporter_id"),
            new Way("$5", "place_path[1]"),
            new Way("$5", "place_path[2]"),
            new Way("$5", "place_path[3]"),
            new Way("$5", "place_path[4]"),
            new Way("$6", "household_id"),
            new Way("$7", "household_id IS NULL AND place_id"));

    private static final String NEWEST_PART = """
            SELECT t.id, t.at
            FROM unnest(%s::uuid[]) AS s (id)
            CROSS JOIN unnest($10::text[]) AS w (status)
            CROSS JOIN LATERAL (
                SELECT id, submitted_at AS at FROM ticket
                WHERE district_id = $1 AND %s AND status = w.status
                  AND ($11::boolean IS NULL OR $11 = coalesce(queue_due_at < $12, false))
                  AND ($13::uuid IS NULL OR assignee_id = $13)
                  AND (submitted_at, id) < ($14, $15::uuid)
                ORDER BY submitted_at DESC, id DESC
                LIMIT $16) AS t
            """;

    private static final String QUEUE_PART = """
            SELECT t.id, t.at
            FROM unnest(%s::uuid[]) AS s (id)
            CROSS JOIN unnest($10::text[]) AS w (status)
            CROSS JOIN LATERAL (
                SELECT id, queue_due_at AS at FROM ticket
                WHERE district_id = $1 AND %s AND status = w.status AND queue_due_at IS NOT NULL
                  AND ($11::boolean IS NULL OR $11 = (queue_due_at < $12))
                  AND ($13::uuid IS NULL OR assignee_id = $13)
                  AND (queue_due_at, id) > ($14, $15::uuid)
                ORDER BY queue_due_at, id
                LIMIT $16) AS t
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
            WHERE district_id = $1 AND id IN (%s) AND status = ANY ($10)
              AND ($11::boolean IS NULL OR $11 = coalesce(queue_due_at < $12, false))
              AND ($13::uuid IS NULL OR assignee_id = $13)
              AND (submitted_at, id) < ($14, $15::uuid)
            """.formatted(BY_PERSON);

    private static final String QUEUE_BY_PERSON = """
            SELECT id, queue_due_at AS at FROM ticket
            WHERE district_id = $1 AND id IN (%s) AND status = ANY ($10) AND queue_due_at IS NOT NULL
              AND ($11::boolean IS NULL OR $11 = (queue_due_at < $12))
              AND ($13::uuid IS NULL OR assignee_id = $13)
              AND (queue_due_at, id) > ($14, $15::uuid)
            """.formatted(BY_PERSON);

    /** The latest first. */
    static final String NEWEST = """
            SELECT id, at FROM (%s) AS found GROUP BY id, at ORDER BY at DESC, id DESC LIMIT $16
            """.formatted(all(NEWEST_PART) + "UNION ALL\n" + NEWEST_BY_PERSON);

    /** Open ones, those that are due first first. */
    static final String QUEUE = """
            SELECT id, at FROM (%s) AS found GROUP BY id, at ORDER BY at, id LIMIT $16
            """.formatted(all(QUEUE_PART) + "UNION ALL\n" + QUEUE_BY_PERSON);

    /** Open ones by status, and how many of them are overdue at $10: each once, however many ways lead to it. */
    static final String COUNT =
            """
            SELECT status, count(*) AS tickets, count(*) FILTER (WHERE queue_due_at < $10) AS overdue
            FROM ticket
            WHERE district_id = $1 AND queue_due_at IS NOT NULL
              AND (%s OR id = ANY (ARRAY (%s)))
            GROUP BY status
            """.formatted(WAYS.stream().map(Way::anyOfIds).collect(Collectors.joining(" OR ")), BY_PERSON);

    private TicketListSql() {}

    private static String all(String part) {
        return WAYS.stream().map(way -> way.in(part)).collect(Collectors.joining("UNION ALL\n"));
    }
}

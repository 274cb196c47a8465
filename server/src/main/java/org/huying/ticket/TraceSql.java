package org.huying.ticket;

/** Where tickets and their logs name places and organizations for good. */
final class TraceSql {
    /** A place keeps its level, so it stands in one of these, each of which has an index. */
    static final String IS_IN_A_PATH = """
            SELECT EXISTS (SELECT 1 FROM ticket
                WHERE district_id = $1 AND (place_path[2] = $2 OR place_path[3] = $2 OR place_path[4] = $2)) AS found
            """;

    /** Also those that had a ticket in between, which only its log remembers. */
    static final String IS_NAMED = """
            SELECT EXISTS (SELECT 1 FROM ticket
                    WHERE district_id = $1
                      AND (responsible_org_id = $2 OR first_owner_id = $2 OR routed_org_id = $2 OR assignee_org_id = $2))
                OR EXISTS (SELECT 1 FROM ticket_event
                    WHERE district_id = $1 AND (actor_org_id = $2 OR data ->> 'organizationId' = $2::text)) AS found
            """;

    private TraceSql() {}
}

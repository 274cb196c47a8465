package org.huying.ticket;

/** Whether the assignee of a ticket could be assigned it today, by where they were working when they were. */
final class AssigneeSql {
    private static final String WORKS = """
            EXISTS (
                SELECT 1 FROM staff w
                JOIN role_grant g ON g.district_id = w.district_id AND g.staff_id = w.id
                WHERE w.district_id = %1$s.district_id AND w.id = %1$s.assignee_id AND NOT w.suspended
                  AND (%1$s.assignee_org_id = %1$s.responsible_org_id OR EXISTS (
                      SELECT 1 FROM contract c
                      WHERE c.district_id = %1$s.district_id AND c.organization_id = %1$s.responsible_org_id
                        AND c.cooperative_id = %1$s.assignee_org_id))
                  AND (g.role = 'worker' AND g.scope_id = %1$s.assignee_org_id
                      OR g.role = 'grid_member' AND EXISTS (
                          SELECT 1 FROM organization o
                          JOIN place p ON p.district_id = o.district_id AND p.id = g.scope_id
                          WHERE o.district_id = %1$s.district_id AND o.id = %1$s.assignee_org_id
                            AND o.office_place_id = ANY (p.path))))
            """;

    private AssigneeSql() {}

    /**
     * As a condition on a row: still a worker of the organization they were assigned in, which is the responsible one or
     * still contracted to it; at an office, still a grid member of its place or below.
     *
     * @param ticket the name that the statement has for the row
     */
    static String works(String ticket) {
        return WORKS.formatted(ticket);
    }
}

package org.huying.identity;

import java.util.List;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Role;

/** Of which residents a supervisor decides who they are: those who belong to their place. It shows nothing of them by itself. */
public final class Oversight {
    /**
     * Whether the resident ({@code r}) belongs to one of the places ($4, {@link #placesOf}) of the caller ($3): by a home
     * that not only the caller says; with neither a home nor a login by the grid member of such a place who registered them,
     * or to the district as a whole where no grid member did. Never the caller themself.
     */
    public static final String UNDER = """
            (r.id <> $3 AND (%s
                OR (%s
                    AND EXISTS (
                        SELECT 1 FROM place lies
                        WHERE lies.district_id = r.district_id AND lies.path && $4::uuid[]
                          AND CASE WHEN EXISTS (
                                  SELECT 1 FROM role_grant g
                                  WHERE g.district_id = r.district_id AND g.staff_id = r.registered_by_id
                                    AND g.role = 'grid_member')
                              THEN EXISTS (
                                  SELECT 1 FROM role_grant g
                                  WHERE g.district_id = r.district_id AND g.staff_id = r.registered_by_id
                                    AND g.role = 'grid_member' AND g.scope_id = lies.id)
                              ELSE lies.level = 'district' END))))
            """.formatted(Wards.livesIn("$4"), Wards.ON_THEIR_OWN);

    private Oversight() {}

    public static List<UUID> placesOf(Caller caller) {
        return caller.scopesOf(Role.SUPERVISOR);
    }
}

package org.huying.db.personal;

import java.time.Instant;
import java.util.UUID;

/**
 * Two entries of one person in a district that become one.
 *
 * @param goneId  the entry that goes; its row stays, and points to the other
 * @param staysId the entry that all follows
 * @param byId    who decided it
 */
public record OnePerson(UUID districtId, UUID goneId, UUID staysId, UUID byId, Instant now) {
    /** The person ($2) of the district ($1) and the entries that were merged into theirs. */
    public static final String SELVES = """
            (SELECT $2::uuid UNION ALL SELECT id FROM resident WHERE district_id = $1 AND merged_into_id = $2)
            """;
}

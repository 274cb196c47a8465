package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Role;

/**
 * Whom a grid member looks after: the people who live in their place, and those whom they registered as long as nobody else
 * knows them. A home that the grid member entered alone does not count, see people.md. Nobody else looks after anybody:
 * who answers the phone for a place deals with the tickets of its people, not with them.
 */
public final class Wards {
    /** Whether the resident ({@code r}) is an approved member of a household. */
    public static final String HAS_HOME = """
            EXISTS (
                SELECT 1 FROM household_member own
                WHERE own.district_id = r.district_id AND own.resident_id = r.id AND own.status = 'approved')
            """;

    /** Whether nobody knows the resident ({@code r}) by a home, nor they themself by a login. */
    static final String ON_THEIR_OWN = """
            (NOT %s AND NOT EXISTS (SELECT 1 FROM wechat_login own WHERE own.person_id = r.id))
            """.formatted(HAS_HOME);

    /**
     * Whether the resident ({@code r}) lives in one of the places ($2, {@link #placesOf}) by what not only the caller ($3)
     * says, or was registered by them, who still looks after any place, and has neither a home nor a login; never the caller
     * themself.
     */
    public static final String IN_CHARGE = """
            (r.id <> $3 AND (%s
                OR (cardinality($2::uuid[]) > 0 AND r.registered_by_id = $3 AND r.merged_into_id IS NULL AND %s)))
            """.formatted(livesIn("$2"), ON_THEIR_OWN);

    private static final String HAS = """
            SELECT 1 FROM resident r WHERE r.district_id = $1 AND r.id = $4 AND
            """ + IN_CHARGE;

    /** Whether the resident ({@code r}) has a home in one of these places by what not only the caller ($3) says. */
    static String livesIn(String places) {
        return """
            EXISTS (
                SELECT 1 FROM household_member own
                JOIN household lived ON lived.district_id = own.district_id AND lived.id = own.household_id
                JOIN place lies ON lies.district_id = lived.district_id AND lies.id = lived.compound_id
                WHERE own.district_id = r.district_id AND own.resident_id = r.id AND own.status = 'approved'
                  AND lies.path && %s::uuid[]
                  AND (own.agreed_by_id IS NOT NULL OR own.entered_by_id IS DISTINCT FROM $3))
            """.formatted(places);
    }

    /** Whether the caller meets residents of the whole district: so each is in their sight, if not theirs to deal with. */
    public static boolean meetsEverybody(Caller caller) {
        return caller.is(Role.ADMIN, Role.CANTEEN_OPERATOR);
    }

    /** Those whose people the caller looks after. */
    public static List<UUID> placesOf(Caller caller) {
        return caller.scopesOf(Role.GRID_MEMBER);
    }

    /** Whether the caller looks after the resident. */
    public Future<Boolean> has(SqlClient client, Caller caller, UUID residentId) {
        List<UUID> places = placesOf(caller);
        if (places.isEmpty()) {
            return Future.succeededFuture(false);
        }
        return client.preparedQuery(HAS)
                .execute(Tuple.of(caller.districtId(), places.toArray(UUID[]::new), caller.personId(), residentId))
                .map(rows -> rows.size() == 1);
    }
}

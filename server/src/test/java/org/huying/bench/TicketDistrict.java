package org.huying.bench;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.huying.app.Keys;
import org.huying.db.Pools;
import org.huying.identity.session.AccessTokens;
import org.huying.identity.session.Ed25519;
import org.huying.identity.session.OpenSession;
import org.huying.identity.session.SessionOwner;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * A district of its own for tickets: one town, one community, compounds and a grid, an office at each upper level, a firm
 * that serves all compounds but one and a small one that serves that, a resident in each household, and a catalogue.
 */
final class TicketDistrict {
    static final int ITEMS = 12;

    private static final String HOUSEHOLDS = """
            WITH home AS (SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS h (id, resident, compound)),
            people AS (INSERT INTO person (id, created_at) SELECT resident, now() FROM home RETURNING id),
            residents AS (
                INSERT INTO resident (district_id, id, name_sealed, created_at) SELECT $1, id, $5, now() FROM people
                RETURNING id),
            households AS (
                INSERT INTO household (district_id, id, compound_id, address_sealed, address_index)
                SELECT $1, id, compound, $5, uuid_send(id) FROM home RETURNING id)
            INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at,
                approved_at)
            SELECT $1, gen_random_uuid(), h.id, r.id, 'owner', 'approved', '2020-01-01Z', '2020-01-01Z'
            FROM home JOIN households h ON h.id = home.id JOIN residents r ON r.id = home.resident
            """;

    private static final String CATALOGUE = """
            INSERT INTO service_item (district_id, code, version, name, kind, required_info, response_hours,
                resolution_hours, evidence_required, reportable, created_at)
            SELECT $1, 'item-' || n, 1, 'item', 'repair', '[]', 24, 72, false, true, now()
            FROM generate_series(0, $2::int - 1) AS n
            """;

    private final UUID id = Ids.next();
    private final Pool pool;
    private final Keys keys;
    private final AccessTokens tokens;
    final UUID town = Ids.next();
    final UUID community = Ids.next();
    final UUID grid = Ids.next();
    final List<UUID> compounds;
    final UUID firm = Ids.next();
    final UUID smallFirm = Ids.next();
    final List<UUID> households;
    final List<UUID> residents;

    TicketDistrict(Vertx vertx, BenchNode node, int compoundCount, int householdCount) throws Exception {
        this.keys = node.keys();
        this.pool = Pools.forBulk(vertx, "bench", node.url(), 2);
        this.tokens = new AccessTokens(keys.signing(), Ed25519.fastest(), Clock.systemUTC());
        this.compounds = ids(compoundCount);
        this.households = ids(householdCount);
        this.residents = ids(householdCount);
        places();
        sql(
                "INSERT INTO organization (district_id, id, kind, name) VALUES ($1, $2, 'firm', 'large'), ($1, $3, 'firm', 'small')",
                id,
                firm,
                smallFirm);
        sql("""
                INSERT INTO organization (district_id, id, kind, name, office_place_id)
                SELECT $1, gen_random_uuid(), 'office', p.name, p.id FROM place p
                WHERE p.district_id = $1 AND p.level <> 'compound'
                """, id);
        sql("""
                INSERT INTO service_area (district_id, place_id, organization_id)
                SELECT $1, c, CASE c WHEN $3 THEN $4::uuid ELSE $5 END FROM unnest($2::uuid[]) AS c
                """, id, compounds.toArray(UUID[]::new), compounds.get(0), smallFirm, firm);
        sql(CATALOGUE, id, ITEMS);
        sql(
                HOUSEHOLDS,
                id,
                households.toArray(UUID[]::new),
                residents.toArray(UUID[]::new),
                IntStream.range(0, householdCount)
                        .mapToObj(i -> compounds.get(i % compoundCount))
                        .toArray(UUID[]::new),
                keys.cipher().seal("张三"));
    }

    UUID id() {
        return id;
    }

    Keys keys() {
        return keys;
    }

    String tokenOfResident(int number) {
        return token(residents.get(number), Caller.Kind.RESIDENT, Role.RESIDENT);
    }

    /** Somebody new with this role there. */
    UUID staff(Role role, String scopeKind, UUID scope) throws Exception {
        var person = Ids.next();
        sql("INSERT INTO person (id, created_at) VALUES ($1, now())", person);
        sql(
                "INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)",
                id,
                person,
                keys.cipher().seal("李四"));
        sql("INSERT INTO role_grant VALUES ($1, $2, $3, $4, $5)", id, person, role.code(), scopeKind, scope);
        return person;
    }

    String tokenOfStaff(UUID person, Role role) {
        return token(person, Caller.Kind.STAFF, role);
    }

    private String token(UUID person, Caller.Kind kind, Role role) {
        return tokens.issue(new OpenSession(Ids.next(), new SessionOwner(person, id, kind), "none"), List.of(role));
    }

    RowSet<Row> sql(String statement, @Nullable Object... values) throws Exception {
        return BenchNode.await(pool.preparedQuery(statement).execute(Tuple.from(values)));
    }

    void close() throws Exception {
        BenchNode.await(pool.close());
    }

    private void places() throws Exception {
        sql("INSERT INTO district (id, name) VALUES ($1, 'bench')", id);
        place(id, "district", null, List.of());
        place(town, "town", null, List.of(id));
        place(community, "community", null, List.of(id, town));
        place(grid, "compound", "grid", List.of(id, town, community));
        for (var compound : compounds) {
            place(compound, "compound", "compound", List.of(id, town, community));
        }
    }

    private void place(UUID place, String level, @Nullable String kind, List<UUID> above) throws Exception {
        var path = new ArrayList<>(above);
        path.add(place);
        sql(
                "INSERT INTO place (district_id, id, level, kind, parent_id, name, path) VALUES ($1, $2, $3, $4, $5, $3, $6)",
                id,
                place,
                level,
                kind,
                above.isEmpty() ? null : above.get(above.size() - 1),
                path.toArray(UUID[]::new));
    }

    private static List<UUID> ids(int count) {
        return Stream.generate(Ids::next).limit(count).toList();
    }
}

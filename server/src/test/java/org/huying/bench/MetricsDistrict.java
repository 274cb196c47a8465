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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.huying.app.Keys;
import org.huying.db.Pools;
import org.huying.identity.session.AccessTokens;
import org.huying.identity.session.Ed25519;
import org.huying.identity.session.OpenSession;
import org.huying.identity.session.SessionOwner;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * A district as figures are made for: four towns, twelve communities, sixty compounds, ten firms that serve six compounds
 * each, an office at each upper level, a dozen items of all kinds, and households with a resident each.
 */
final class MetricsDistrict {
    static final int FIRMS = 10;
    private static final int TOWNS = 4;
    private static final int COMMUNITIES = 12;
    private static final int COMPOUNDS = 60;

    private static final String PLACES = """
            WITH town AS (
                INSERT INTO place (district_id, id, level, parent_id, name, path)
                SELECT $1, id, 'town', $1, 'town', ARRAY[$1, id] FROM unnest($2::uuid[]) AS id
            ), community AS (
                INSERT INTO place (district_id, id, level, parent_id, name, path)
                SELECT $1, c.id, 'community', t.id, 'community', ARRAY[$1, t.id, c.id]
                FROM unnest($3::uuid[]) WITH ORDINALITY AS c (id, i)
                CROSS JOIN LATERAL (SELECT ($2::uuid[])[1 + c.i % cardinality($2)] AS id) t
                RETURNING id, path
            )
            INSERT INTO place (district_id, id, level, kind, parent_id, name, path)
            SELECT $1, p.id, 'compound', 'compound', c.id, 'compound', c.path || p.id
            FROM unnest($4::uuid[]) WITH ORDINALITY AS p (id, i)
            JOIN community c ON c.id = ($3::uuid[])[1 + p.i % cardinality($3)]
            """;

    private static final String OFFICES = """
            INSERT INTO organization (district_id, id, kind, name, office_place_id)
            SELECT $1, gen_random_uuid(), 'office', level, id FROM place WHERE district_id = $1 AND level <> 'compound'
            """;

    private static final String SERVED = """
            INSERT INTO service_area (district_id, place_id, organization_id)
            SELECT $1, p.id, ($3::uuid[])[1 + p.i % cardinality($3)] FROM unnest($2::uuid[]) WITH ORDINALITY AS p (id, i)
            """;

    private static final String CATALOGUE = """
            INSERT INTO service_item (district_id, code, version, name, kind, required_info, response_hours,
                resolution_hours, evidence_required, reportable, created_at)
            SELECT $1, 'item-' || i, 1, 'item', kind, '[]', 24, 72, false, true, now()
            FROM unnest(ARRAY['repair', 'repair', 'repair', 'repair', 'repair', 'repair', 'repair', 'cleaning', 'nuisance',
                'public', 'consultation', 'care']) WITH ORDINALITY AS k (kind, i)
            """;

    private static final String HOUSEHOLDS = """
            WITH home AS (
                SELECT h.id, h.resident, ($4::uuid[])[1 + h.i % cardinality($4)] AS compound
                FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS h (id, resident, i)
            ), people AS (INSERT INTO person (id, created_at) SELECT resident, now() FROM home RETURNING id),
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

    private final UUID id = Ids.next();
    private final Keys keys;
    private final Pool pool;
    final List<UUID> firms = ids(FIRMS);
    final List<UUID> households;
    final List<UUID> residents;
    final List<Caller> dispatchers = new ArrayList<>();
    final List<Caller> workers = new ArrayList<>();
    private final Caller supervisor;

    /** @param url of the owner of the tables */
    MetricsDistrict(Vertx vertx, String url, Keys keys, int householdCount) throws Exception {
        this.keys = keys;
        // One connection: what is only of a session is there for every statement.
        this.pool = Pools.forBulk(vertx, "bench", url, 1);
        this.households = ids(householdCount);
        this.residents = ids(householdCount);
        sql("SET statement_timeout = 0");
        sql("SET transaction_timeout = 0");
        sql("INSERT INTO district (id, name) VALUES ($1, 'bench')", id);
        sql(
                "INSERT INTO place (district_id, id, level, name, path) VALUES ($1, $1, 'district', 'bench', ARRAY[$1::uuid])",
                id);
        // The digests of a log that was never written link by link are nobody's business.
        sql("DELETE FROM job WHERE district_id = $1 AND kind = 'publish_log_digest'", id);
        var compounds = array(ids(COMPOUNDS));
        sql(PLACES, id, array(ids(TOWNS)), array(ids(COMMUNITIES)), compounds);
        sql(OFFICES, id);
        sql(
                "INSERT INTO organization (district_id, id, kind, name) SELECT $1, f, 'firm', 'firm' FROM unnest($2::uuid[]) AS f",
                id,
                array(firms));
        sql(SERVED, id, compounds, array(firms));
        sql(CATALOGUE, id);
        sql(
                HOUSEHOLDS,
                id,
                array(households),
                array(residents),
                compounds,
                keys.cipher().seal("张三"));
        for (var firm : firms) {
            dispatchers.add(staff(Role.DISPATCHER, Grant.Scope.ORGANIZATION, firm));
            workers.add(staff(Role.WORKER, Grant.Scope.ORGANIZATION, firm));
        }
        supervisor = staff(Role.SUPERVISOR, Grant.Scope.PLACE, id);
    }

    UUID id() {
        return id;
    }

    Keys keys() {
        return keys;
    }

    /** Of the firm that serves this household. */
    int firmOf(int household) {
        // Both in the order of the numbers that the statements above count from one.
        return ((1 + household) % COMPOUNDS + 1) % FIRMS;
    }

    Caller resident(int household) {
        return new Caller(residents.get(household), id, Ids.next(), Caller.Kind.RESIDENT, List.of());
    }

    String tokenOfSupervisor() {
        var tokens = new AccessTokens(keys.signing(), Ed25519.fastest(), Clock.systemUTC());
        return tokens.issue(
                new OpenSession(Ids.next(), new SessionOwner(supervisor.personId(), id, Caller.Kind.STAFF), "none"),
                List.of(Role.SUPERVISOR));
    }

    /** On the one connection. */
    RowSet<Row> sql(String statement, @Nullable Object... values) throws Exception {
        return pool.preparedQuery(statement)
                .execute(Tuple.from(values))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.MINUTES);
    }

    void close() throws Exception {
        BenchNode.await(pool.close());
    }

    private Caller staff(Role role, Grant.Scope scope, UUID scopeId) throws Exception {
        var person = Ids.next();
        sql("INSERT INTO person (id, created_at) VALUES ($1, now())", person);
        sql(
                "INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)",
                id,
                person,
                keys.cipher().seal("李四"));
        sql(
                "INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id) VALUES ($1, $2, $3, $4, $5)",
                id,
                person,
                role.code(),
                scope == Grant.Scope.PLACE ? "place" : "organization",
                scopeId);
        return new Caller(person, id, Ids.next(), Caller.Kind.STAFF, List.of(new Grant(role, scope, scopeId)));
    }

    private static UUID[] array(List<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    private static List<UUID> ids(int count) {
        return Stream.generate(Ids::next).limit(count).toList();
    }
}

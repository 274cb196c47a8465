package org.huying.ticket.matrix;

import static org.huying.testing.TestApp.await;

import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.testing.Api;
import org.huying.testing.TestApp;

/** Everybody who stands somehow to a ticket at home 25 or its compound, and what they are to it by domain.md 1 and 3. */
final class MatrixCast {
    static final List<String> KINDS = List.of("household", "spot", "office");

    /**
     * {@code own}: on the staff of the responsible organization; {@code W} counts while a worker is assigned;
     * {@code sees}: that and nothing else; {@code -}: may not see it. A ticket of kind {@code office} was escalated by
     * the firm to the community's office, one of kind {@code top} on to the district's.
     */
    private static final String PEOPLE = """
            actor                             | household | spot       | office   | top
            reporter                          | R         | R N        | R        | R
            household member                  | R others  | N          | R others | R others
            mandate holder                    | R others  | R others   | R others | R others
            reporter of one merged into it    | R others  | R others N | R others | R others
            pending household member          | -         | -          | -        | -
            who held a mandate                | -         | -          | -        | -
            neighbour                         | -         | N          | -        | -
            follower                          | -         | N          | -        | -
            former household member           | -         | -          | -        | -
            who joins the household later     | -         | N          | -        | -
            resident elsewhere                | -         | -          | -        | -
            dispatcher of the firm            | D own     | D own      | sees     | sees
            dispatcher of another firm        | -         | -          | -        | -
            worker of the firm                | W own     | W own      | sees     | sees
            second worker of the firm         | own       | own        | sees     | sees
            worker of another firm            | -         | -          | -        | -
            worker of the firm's cooperative  | -         | -          | -        | -
            grid member of the place          | G         | G          | G W own  | G own
            grid member elsewhere             | -         | -          | -        | -
            hotline agent                     | G         | G          | G        | G
            supervisor of the community       | S         | S          | S D own  | S
            supervisor of another community   | -         | -          | -        | -
            supervisor of the town            | S S+      | S S+       | S S+     | S S+
            supervisor of the district        | S S+      | S S+       | S S+     | S S+ D own
            grid member of the district       | G         | G          | G        | G W own
            administrator                     | sees      | sees       | sees     | sees
            canteen operator                  | -         | -          | -        | -
            resident of the second district   | -         | -          | -        | -
            supervisor of the second district | -         | -          | -        | -
            dispatcher of the second district | -         | -          | -        | -
            nobody                            | 401       | 401        | 401      | 401
            """;

    static final UUID HOUSEHOLD = DemoStructure.household(25);
    static final UUID COMPOUND = DemoStructure.compound(1);
    static final int REPORTER = 25;
    static final int MERGED_REPORTER = 31;

    private final TestApp app;
    private final Map<String, Api> callers = new LinkedHashMap<>();

    MatrixCast(TestApp app) {
        this.app = app;
        staff("second-worker-1", "worker", "organization", DemoStructure.firm(1));
        staff("hand-1", "worker", "organization", DemoStructure.here().organization("cooperative"));
        staff("district-grid-member", "grid_member", "place", DemoStructure.place("district"));
        var family = app.wechat("demo-new-matrix-family");
        join(idOf(family), "approved");
        var later = app.wechat("demo-new-matrix-later");
        join(idOf(later), "approved", now().plusYears(10));
        var former = app.wechat("demo-new-matrix-former");
        join(idOf(former), "approved");
        moveOut(idOf(former));
        join(DemoStructure.resident(MERGED_REPORTER), "approved");
        var pending = app.wechat("demo-new-matrix-pending");
        join(idOf(pending), "pending");
        mandate(27, true, "active", Duration.ofDays(365));
        mandate(33, true, "revoked", Duration.ofDays(365));
        mandate(33, true, "active", Duration.ofDays(-1));
        mandate(33, false, "active", Duration.ofDays(365));

        callers.put("reporter", app.resident(REPORTER));
        callers.put("household member", family);
        callers.put("mandate holder", app.resident(27));
        callers.put("reporter of one merged into it", app.resident(MERGED_REPORTER));
        callers.put("pending household member", pending);
        callers.put("who held a mandate", app.resident(33));
        callers.put("neighbour", app.resident(19));
        callers.put("follower", app.resident(13));
        callers.put("former household member", former);
        callers.put("who joins the household later", later);
        callers.put("resident elsewhere", app.resident(26));
        callers.put("dispatcher of the firm", app.staff("dispatcher-1"));
        callers.put("dispatcher of another firm", app.staff("dispatcher-2"));
        callers.put("worker of the firm", app.staff("worker-1"));
        callers.put("second worker of the firm", app.staff("second-worker-1"));
        callers.put("worker of another firm", app.staff("worker-2"));
        callers.put("worker of the firm's cooperative", app.staff("hand-1"));
        callers.put("grid member of the place", app.staff("grid-member-1"));
        callers.put("grid member elsewhere", app.staff("grid-member-2"));
        callers.put("hotline agent", app.staff("hotline-agent"));
        callers.put("supervisor of the community", app.staff("community-supervisor-1"));
        callers.put("supervisor of another community", app.staff("community-supervisor-2"));
        callers.put("supervisor of the town", app.staff("town-supervisor"));
        callers.put("supervisor of the district", app.staff("district-supervisor"));
        callers.put("grid member of the district", app.staff("district-grid-member"));
        callers.put("administrator", app.staff("admin"));
        callers.put("canteen operator", app.staff("canteen-operator-1"));
        callers.put("resident of the second district", app.wechat("demo-far-1"));
        callers.put("supervisor of the second district", app.staff("far-supervisor"));
        callers.put("dispatcher of the second district", app.staff("far-dispatcher"));
        callers.put("nobody", app.anyone());
    }

    /** What each of them is to a ticket of this kind, by the table's letters. */
    static Map<String, Set<String>> lettersOn(String kind) {
        var lines = ActionTable.cells(PEOPLE);
        var column = lines.get(0).indexOf(kind);
        var letters = new LinkedHashMap<String, Set<String>>();
        lines.stream().skip(1).forEach(line -> letters.put(line.get(0), ActionTable.letters(line.get(column))));
        return letters;
    }

    Api caller(String actor) {
        return Objects.requireNonNull(callers.get(actor), actor);
    }

    private static UUID idOf(Api person) {
        return UUID.fromString(person.get("/v1/me").json().getString("id"));
    }

    /** From now on they are a former member of the household. */
    void moveOut(UUID resident) {
        sql(
                "DELETE FROM household_member WHERE district_id = $1 AND household_id = $2 AND resident_id = $3",
                Tuple.of(DemoStructure.districtId(), HOUSEHOLD, resident));
    }

    private void join(UUID resident, String status) {
        join(resident, status, now());
    }

    private void join(UUID resident, String status, OffsetDateTime since) {
        sql("""
                INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at)
                VALUES ($1, $2, $3, $4, 'family', $5, $6)
                """, Tuple.of(DemoStructure.districtId(), Ids.next(), HOUSEHOLD, resident, status, since));
    }

    private OffsetDateTime now() {
        return app.clock().instant().atOffset(ZoneOffset.UTC);
    }

    /** Terms of mandates run on real time. */
    private void mandate(int proxy, boolean forTicket, String status, Duration left) {
        sql(
                """
                INSERT INTO mandate (district_id, id, grantor_id, proxy_id, for_booking, for_ticket, status,
                    valid_until, offered_by_id, created_at)
                VALUES ($1, $2, $3, $4, true, $5, $6, now() + $7 * interval '1 second', $3, now())
                """,
                Tuple.of(
                        DemoStructure.districtId(),
                        Ids.next(),
                        DemoStructure.resident(REPORTER),
                        DemoStructure.resident(proxy),
                        forTicket,
                        status,
                        left.toSeconds()));
    }

    /** With the password of all demo staff. */
    private void staff(String username, String role, String scope, UUID scopeId) {
        var id = DemoStructure.staff(username);
        var district = DemoStructure.districtId();
        sql("INSERT INTO person (id, created_at) VALUES ($1, now())", Tuple.of(id));
        sql("INSERT INTO person_district (person_id, district_id) VALUES ($1, $2)", Tuple.of(id, district));
        sql(
                "INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)",
                Tuple.of(district, id, app.cipher().seal("方师傅")));
        sql(
                "INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id) VALUES ($1, $2, $3, $4, $5)",
                Tuple.of(district, id, role, scope, scopeId));
        sql("""
                INSERT INTO staff_login (username, person_id, password_hash)
                SELECT $1, $2, password_hash FROM staff_login WHERE username = 'admin'
                """, Tuple.of(username, id));
    }

    private void sql(String statement, Tuple values) {
        await(app.database().read(client -> client.preparedQuery(statement).execute(values)));
    }
}

package org.huying.audit.history;

import static org.huying.testing.TestApp.await;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.huying.db.Database;
import org.huying.demo.district.DemoStructure;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;
import org.huying.kernel.spelling.NormalForm;
import org.huying.place.Places;
import org.huying.testing.TestApp;
import org.huying.ticket.Tickets;

/** The demo district with many more homes, and its people as callers. */
final class Stage {
    static final int FIRMS = 3;
    private static final int HOMES_OF_A_COMPOUND = 60;

    /** Where somebody lives, and who. */
    record Home(UUID household, UUID compound, Caller resident) {}

    private final TestApp app;
    private final Map<UUID, Caller> handlers = new HashMap<>();
    private final Map<Integer, List<Home>> homes = new HashMap<>();

    Stage(TestApp app) {
        this.app = app;
        for (var number = 1; number <= FIRMS; number++) {
            var firm = DemoStructure.firm(number);
            handlers.put(firm, staff("dispatcher-" + number, Role.DISPATCHER, Grant.Scope.ORGANIZATION, firm));
            handlers.put(DemoStructure.office("community-" + number), communitySupervisor(number));
            homes.put(
                    number,
                    IntStream.of(2 * number - 1, 2 * number)
                            .mapToObj(DemoStructure::compound)
                            .flatMap(compound ->
                                    IntStream.range(0, HOMES_OF_A_COMPOUND).mapToObj(i -> home(compound)))
                            .toList());
        }
        handlers.put(DemoStructure.office("town"), townSupervisor());
        handlers.put(DemoStructure.office("district"), districtSupervisor());
        await(database().inTransaction(transaction -> furnish(transaction)));
    }

    Database database() {
        return app.database();
    }

    /** The service of tickets, at a time of its own. */
    Tickets tickets(Clock clock) {
        return new Tickets(app.cipher(), new Places(app.cipher()), new People(app.cipher()), clock);
    }

    /** Of the two compounds that the firm of this number serves. */
    List<Home> homes(int firm) {
        return Objects.requireNonNull(homes.get(firm));
    }

    /** Who acts as dispatcher of an organization. */
    Caller handlerOf(UUID organizationId) {
        return Objects.requireNonNull(handlers.get(organizationId));
    }

    static UUID districtId() {
        return DemoStructure.districtId();
    }

    static Caller communitySupervisor(int number) {
        return supervisor("community-supervisor-" + number, DemoStructure.community(number));
    }

    static Caller townSupervisor() {
        return supervisor("town-supervisor", DemoStructure.place("town"));
    }

    static Caller districtSupervisor() {
        return supervisor("district-supervisor", DemoStructure.place("district"));
    }

    static Caller hotline() {
        return staff("hotline-agent", Role.HOTLINE_AGENT, Grant.Scope.PLACE, DemoStructure.place("district"));
    }

    static Caller gridMember(int community) {
        return staff(
                "grid-member-" + Math.min(community, 2),
                Role.GRID_MEMBER,
                Grant.Scope.PLACE,
                DemoStructure.community(community));
    }

    static Caller worker(int firm) {
        return staff("worker-" + firm, Role.WORKER, Grant.Scope.ORGANIZATION, DemoStructure.firm(firm));
    }

    private static Caller supervisor(String username, UUID place) {
        return staff(username, Role.SUPERVISOR, Grant.Scope.PLACE, place);
    }

    private static Caller staff(String username, Role role, Grant.Scope scope, UUID scopeId) {
        return new Caller(
                DemoStructure.staff(username),
                districtId(),
                Ids.next(),
                Caller.Kind.STAFF,
                List.of(new Grant(role, scope, scopeId)));
    }

    private static Home home(UUID compound) {
        var resident = new Caller(Ids.next(), districtId(), Ids.next(), Caller.Kind.RESIDENT, List.of());
        return new Home(Ids.next(), compound, resident);
    }

    private Future<Void> furnish(SqlClient client) {
        var persons = new ArrayList<Tuple>();
        var residents = new ArrayList<Tuple>();
        var households = new ArrayList<Tuple>();
        var members = new ArrayList<Tuple>();
        for (var home : homes.values().stream().flatMap(List::stream).toList()) {
            var person = home.resident().personId();
            var address = "第" + persons.size() + "户";
            persons.add(Tuple.of(person));
            residents.add(Tuple.of(districtId(), person, app.cipher().seal("住户" + persons.size())));
            households.add(Tuple.of(
                    districtId(),
                    home.household(),
                    home.compound(),
                    app.cipher().seal(address),
                    app.cipher().index(NormalForm.ofName(address))));
            members.add(Tuple.of(districtId(), Ids.next(), home.household(), person));
        }
        return client.preparedQuery("INSERT INTO person (id, created_at) VALUES ($1, now())")
                .executeBatch(persons)
                .compose(done -> client.preparedQuery("""
                                INSERT INTO resident (district_id, id, name_sealed, created_at)
                                VALUES ($1, $2, $3, now())
                                """).executeBatch(residents))
                .compose(done -> client.preparedQuery("""
                                INSERT INTO household (district_id, id, compound_id, address_sealed, address_index)
                                VALUES ($1, $2, $3, $4, $5)
                                """).executeBatch(households))
                .compose(done -> client.preparedQuery("""
                                INSERT INTO household_member
                                    (district_id, id, household_id, resident_id, role, status, created_at)
                                VALUES ($1, $2, $3, $4, 'owner', 'approved', '2020-01-01Z')
                                """).executeBatch(members))
                .mapEmpty();
    }
}

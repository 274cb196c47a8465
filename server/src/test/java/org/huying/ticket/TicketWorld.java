package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.spelling.NormalForm;
import org.huying.place.Places;
import org.huying.testing.Patient;
import org.huying.testing.TestClock;
import org.huying.testing.TestServers;
import org.huying.ticket.catalogue.ServiceItem;
import org.jspecify.annotations.Nullable;

/**
 * A district with one of everything that tickets know: four levels and an office at each of the upper three, two firms,
 * a cooperative, households, people on every side, and a small catalogue.
 */
public final class TicketWorld implements AutoCloseable {
    /** What every item gives for its resolution. */
    static final Duration RESOLUTION = Duration.ofDays(2);

    static final String ITEM_IN_WORKING_HOURS = "advice";

    public final String url = TestServers.createMigratedDatabase();
    public final Vertx vertx = Vertx.vertx();
    public final Database database = Patient.database(vertx, "test", url, 24);
    public final FieldCipher cipher = new FieldCipher(Map.of((byte) 1, new byte[32]), (byte) 1, new byte[32]);
    public final TestClock clock = new TestClock();
    public final Instant start = clock.instant();
    public final Places places = new Places(cipher);
    public final People people = new People(cipher);
    public final Tickets tickets = new Tickets(cipher, places, people, clock);

    public final UUID district = Ids.next();
    public final UUID districtPlace = place("district", null, List.of());
    public final UUID town = place("town", districtPlace, List.of(districtPlace));
    public final UUID community = place("community", town, List.of(districtPlace, town));
    public final UUID compound = place("compound", community, List.of(districtPlace, town, community));
    public final UUID otherCompound = place("compound", community, List.of(districtPlace, town, community));
    public final UUID districtOffice = organization("office", "区办", districtPlace);
    public final UUID townOffice = organization("office", "镇办", town);
    public final UUID communityOffice = organization("office", "社区办", community);
    public final UUID firm = organization("firm", "红旗物业", null);
    public final UUID otherFirm = organization("firm", "安居物业", null);
    public final UUID cooperative = organization("cooperative", "合作社", null);
    public final UUID household = household(compound, "3-2-501");
    public final UUID otherHousehold = household(compound, "3-2-502");
    public final UUID farHousehold = household(otherCompound, "1-1-101");

    public final Caller owner = resident("王建国", "13812345678", household);
    public final Caller family = resident("王小红", null, household);
    public final Caller neighbour = resident("李四", null, otherHousehold);
    public final Caller stranger = resident("赵六", null, farHousehold);
    public final Caller proxy = resident("孙七", null, farHousehold);
    /** Belongs to no household yet. */
    public final Caller tenant = resident("钱八");
    /** Of the tenant, and of no household. */
    public final Caller tenantProxy = resident("周九");

    public final Caller dispatcher = staff("调度甲", Role.DISPATCHER, Grant.Scope.ORGANIZATION, firm);
    public final Caller worker = staff("师傅甲", Role.WORKER, Grant.Scope.ORGANIZATION, firm);
    public final Caller secondWorker = staff("师傅乙", Role.WORKER, Grant.Scope.ORGANIZATION, firm);
    public final Caller hand = staff("合作社师傅", Role.WORKER, Grant.Scope.ORGANIZATION, cooperative);
    public final Caller otherDispatcher = staff("调度乙", Role.DISPATCHER, Grant.Scope.ORGANIZATION, otherFirm);
    public final Caller otherWorker = staff("师傅丙", Role.WORKER, Grant.Scope.ORGANIZATION, otherFirm);
    public final Caller grid = staff("网格员", Role.GRID_MEMBER, Grant.Scope.PLACE, compound);
    public final Caller hotline = staff("话务员", Role.HOTLINE_AGENT, Grant.Scope.PLACE, districtPlace);
    public final Caller communitySupervisor = staff("社区主任", Role.SUPERVISOR, Grant.Scope.PLACE, community);
    public final Caller townSupervisor = staff("镇长", Role.SUPERVISOR, Grant.Scope.PLACE, town);
    public final Caller districtSupervisor = staff("区长", Role.SUPERVISOR, Grant.Scope.PLACE, districtPlace);
    public final Caller admin = staff("管理员", Role.ADMIN, Grant.Scope.PLACE, districtPlace);

    public TicketWorld() {
        sql(
                "INSERT INTO service_area (district_id, place_id, organization_id) VALUES ($1, $2, $3)",
                district,
                compound,
                firm);
        sql(
                "INSERT INTO service_area (district_id, place_id, organization_id) VALUES ($1, $2, $3)",
                district,
                otherCompound,
                otherFirm);
        sql(
                "INSERT INTO contract (district_id, organization_id, cooperative_id) VALUES ($1, $2, $3)",
                district,
                firm,
                cooperative);
        mandate(owner, proxy);
        mandate(tenant, tenantProxy);
        item("pipe-leak", "repair", List.of(), false, true);
        item("street-light", "public", List.of(), false, true);
        item("lift-fault", "repair", List.of(), true, true);
        item(ITEM_IN_WORKING_HOURS, "consultation", List.of(), false, true, ServiceItem.WORKING_HOURS);
        item("care-visit", "care", List.of(), false, false);
        item(
                "noise",
                "nuisance",
                List.of(
                        new ServiceItem.RequiredInfo("where", "哪里", "text", true, null),
                        new ServiceItem.RequiredInfo("when", "何时", "choice", true, List.of("day", "night")),
                        new ServiceItem.RequiredInfo("picture", "照片", "photo", true, null),
                        new ServiceItem.RequiredInfo("more", "补充", "text", false, null)),
                false,
                true);
    }

    public Tickets.Summary report(Caller caller, Submission submission) {
        return inTransaction(tx -> tickets.submit(tx, caller, submission));
    }

    public Tickets.Summary report() {
        return report(owner, Submission.ofHousehold("pipe-leak", household, "厨房漏水"));
    }

    public Tickets.Summary act(Caller caller, UUID ticket, Action action, ActionInput input) {
        return inTransaction(tx -> tickets.act(tx, caller, ticket, action, input));
    }

    public Tickets.Summary act(Caller caller, UUID ticket, Action action) {
        return act(caller, ticket, action, inputFor(action));
    }

    public boolean advance(UUID ticket) {
        return inTransaction(tx -> tickets.advance(tx, district, ticket));
    }

    /** A fit request for each action that needs no other ticket. */
    public ActionInput inputFor(Action action) {
        var none = ActionInput.none();
        return switch (action) {
            case ASSIGN -> none.with("assigneeId", worker.personId());
            case REQUEST_INFO, PROVIDE_INFO -> none.with("message", "请补充门牌号");
            case SUSPEND ->
                none.with("reason", "等配件")
                        .with("until", clock.instant().plusSeconds(86_400).toString());
            case TRANSFER -> none.with("organizationId", otherFirm).with("reason", "非我司范围");
            case ESCALATE, REOPEN, CANCEL -> none.with("reason", "情况说明");
            case RESOLVE -> none.with("outcome", "fixed").with("note", "已更换阀门");
            case FOLLOW_UP -> none.with("solved", true).with("note", "已回访");
            case EXCLUDE -> none.with("reason", "test").with("note", "测试工单");
            case INCLUDE -> none.with("note", "恢复统计");
            case COMMENT -> none.with("text", "留言");
            case RATE -> none.with("rating", 5);
            default -> none;
        };
    }

    /** Brings a new ticket of the report into a state, the usual way. */
    public UUID bring(Tickets.Summary ticket, Status to) {
        var steps = switch (to) {
            case SUBMITTED -> List.<Action>of();
            case ACCEPTED -> List.of(Action.ACCEPT);
            case ASSIGNED -> List.of(Action.ACCEPT, Action.ASSIGN);
            case IN_PROGRESS -> List.of(Action.ACCEPT, Action.ASSIGN, Action.START);
            case WAITING_INFO -> List.of(Action.ACCEPT, Action.ASSIGN, Action.START, Action.REQUEST_INFO);
            case SUSPENDED -> List.of(Action.ACCEPT, Action.ASSIGN, Action.START, Action.SUSPEND);
            case RESOLVED -> List.of(Action.ACCEPT, Action.ASSIGN, Action.START, Action.RESOLVE);
            case CLOSED -> List.of(Action.ACCEPT, Action.ASSIGN, Action.START, Action.RESOLVE, Action.CONFIRM);
            case CANCELLED -> List.of(Action.CANCEL);
            case MERGED -> throw new IllegalArgumentException("needs another ticket");
        };
        for (var step : steps) {
            var by = switch (step) {
                case START, RESOLVE -> worker;
                case CONFIRM, CANCEL -> owner;
                default -> dispatcher;
            };
            act(by, ticket.id(), step);
        }
        return ticket.id();
    }

    public TicketState state(UUID ticket) {
        return dossier(ticket).state();
    }

    Dossier dossier(UUID ticket) {
        return await(database.read(client -> new TicketStore(cipher).find(client, district, ticket)))
                .orElseThrow();
    }

    List<TicketEvent> events(UUID ticket) {
        return await(database.read(client -> new TicketStore(cipher).events(client, district, ticket, 0, 10_000)))
                .stream()
                .map(TicketStore.Stored::event)
                .toList();
    }

    TicketView view(Caller caller, UUID ticket) {
        return await(database.read(client -> tickets.reader().get(client, caller, ticket)));
    }

    List<EventView> eventViews(Caller caller, UUID ticket) {
        return await(database.read(client -> tickets.reader().events(client, caller, ticket, 0, 100)))
                .items();
    }

    public <T> T inTransaction(Function<SqlConnection, Future<T>> work) {
        return await(database.inTransaction(work));
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    public void sql(String statement, @Nullable Object... values) {
        await(database.read(client ->
                client.preparedQuery(statement).execute(Tuple.from(values)).mapEmpty()));
    }

    public <T> T query(Function<SqlClient, Future<T>> work) {
        return await(database.read(work));
    }

    @Override
    public void close() {
        await(database.close());
        await(vertx.close());
    }

    private UUID place(String level, @Nullable UUID parent, List<UUID> above) {
        var id = Ids.next();
        if (parent == null) {
            sql("INSERT INTO district (id, name) VALUES ($1, '示范区')", district);
        }
        var path = new ArrayList<>(above);
        path.add(id);
        sql(
                "INSERT INTO place (district_id, id, level, kind, parent_id, name, path) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                district,
                id,
                level,
                level.equals("compound") ? "compound" : null,
                parent,
                level,
                path.toArray(UUID[]::new));
        return id;
    }

    private UUID organization(String kind, String name, @Nullable UUID office) {
        var id = Ids.next();
        sql(
                "INSERT INTO organization (district_id, id, kind, name, office_place_id) VALUES ($1, $2, $3, $4, $5)",
                district,
                id,
                kind,
                name,
                office);
        return id;
    }

    public UUID household(UUID compoundId, String address) {
        var id = Ids.next();
        sql(
                "INSERT INTO household (district_id, id, compound_id, address_sealed, address_index) VALUES ($1, $2, $3, $4, $5)",
                district,
                id,
                compoundId,
                cipher.seal(address),
                cipher.index(NormalForm.ofName(address)));
        return id;
    }

    public Caller resident(String name, @Nullable String phone, UUID householdId) {
        var made = resident(name, phone);
        join(made, householdId);
        return made;
    }

    private Caller resident(String name) {
        return resident(name, null);
    }

    private Caller resident(String name, @Nullable String phone) {
        var id = person();
        sql(
                "INSERT INTO resident (district_id, id, name_sealed, phone_sealed, created_at) VALUES ($1, $2, $3, $4, now())",
                district,
                id,
                cipher.seal(name),
                cipher.seal(phone));
        return new Caller(id, district, Ids.next(), Caller.Kind.RESIDENT, List.of());
    }

    /** From now on. */
    public void join(Caller resident, UUID householdId) {
        sql(
                "INSERT INTO household_member (district_id, id, household_id, resident_id, role, status, created_at,"
                        + " approved_at) VALUES ($1, $2, $3, $4, 'owner', 'approved', $5, $5)",
                district,
                Ids.next(),
                householdId,
                resident.personId(),
                Rows.utc(clock.instant()));
    }

    public void leave(Caller resident, UUID householdId) {
        sql(
                "DELETE FROM household_member WHERE district_id = $1 AND household_id = $2 AND resident_id = $3",
                district,
                householdId,
                resident.personId());
    }

    public Caller staff(String name, Role role, Grant.Scope scope, UUID scopeId) {
        var id = person();
        sql("INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)", district, id, seal(name));
        sql(
                "INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id) VALUES ($1, $2, $3, $4, $5)",
                district,
                id,
                role.code(),
                scope == Grant.Scope.PLACE ? "place" : "organization",
                scopeId);
        return new Caller(id, district, Ids.next(), Caller.Kind.STAFF, List.of(new Grant(role, scope, scopeId)));
    }

    private Buffer seal(String text) {
        return Objects.requireNonNull(cipher.seal(text));
    }

    private UUID person() {
        var id = Ids.next();
        sql("INSERT INTO person (id, created_at) VALUES ($1, now())", id);
        return id;
    }

    private void mandate(Caller grantor, Caller holder) {
        sql(
                "INSERT INTO mandate (district_id, id, grantor_id, proxy_id, for_booking, for_ticket, status,"
                        + " offered_by_id, created_at) VALUES ($1, $2, $3, $4, false, true, 'active', $3, now())",
                district,
                Ids.next(),
                grantor.personId(),
                holder.personId());
    }

    private void item(
            String code, String kind, List<ServiceItem.RequiredInfo> info, boolean evidence, boolean reportable) {
        item(code, kind, info, evidence, reportable, ServiceItem.ALL_HOURS);
    }

    private void item(
            String code,
            String kind,
            List<ServiceItem.RequiredInfo> info,
            boolean evidence,
            boolean reportable,
            String calendar) {
        var item = new ServiceItem(
                code, 1, code, kind, info, 4, (int) RESOLUTION.toHours(), calendar, evidence, reportable);
        inTransaction(tx -> tickets.publish(tx, district, item));
    }

    /** As the owner of the tables. */
    public void tamper(String... statements) {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)));
                var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

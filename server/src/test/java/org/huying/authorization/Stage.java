package org.huying.authorization;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.huying.demo.district.DemoIds;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Grant.Scope;
import org.huying.kernel.Role;
import org.huying.testing.Api;
import org.huying.testing.TestApp;

/** The three sides, and who calls. */
final class Stage {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final TestApp app;
    private final Accounts accounts;
    private final Map<Which, Side> sides = new EnumMap<>(Which.class);

    /** The tenth of next month at nine: the present month can be published, and no meal of the demo is left. */
    Stage(TestApp app) {
        this.app = app;
        var month = YearMonth.from(app.clock().instant().atZone(ZONE)).plusMonths(1);
        app.clock().set(month.atDay(10).atTime(9, 0).atZone(ZONE).toInstant());
        accounts = new Accounts(app);
        sides.put(Which.OWN, near(Which.OWN, 1, 25));
        sides.put(Which.FOREIGN, near(Which.FOREIGN, 2, 27));
        sides.put(Which.FAR, far());
    }

    TestApp app() {
        return app;
    }

    Accounts accounts() {
        return accounts;
    }

    Side side(Which which) {
        return Objects.requireNonNull(sides.get(which));
    }

    Side own() {
        return side(Which.OWN);
    }

    LocalDate today() {
        return LocalDate.ofInstant(app.clock().instant(), ZONE);
    }

    /** Whoever calls in this column; a row in brackets may say who else. */
    Turn turn(MatrixPage.Row row, Who who, Which which) {
        var caller = switch (row.variant()) {
            case "supervisor of the town" -> own().townSupervisor();
            case "supervisor of the district" -> own().districtSupervisor();
            default -> own().as(who);
        };
        return new Turn(who, caller, side(which), own());
    }

    /** Somebody new who is what the caller is, for what would change the caller. */
    Api somebodyLike(Turn turn) {
        return switch (turn.who()) {
            case ANONYMOUS -> turn.caller();
            case RESIDENT -> app.wechat("demo-new-" + UUID.randomUUID());
            default -> accounts.api(accounts.like(own(), turn.who()));
        };
    }

    private Side near(Which which, int number, int resident) {
        var ids = DemoStructure.here();
        var people = people(ids, number);
        people.put(Who.RESIDENT, app.resident(resident));
        people.put(Who.ADMIN, app.staff("admin"));
        people.put(Who.SUPERVISOR, app.staff("community-supervisor-" + number));
        people.put(Who.GRID_MEMBER, app.staff("grid-member-" + number));
        people.put(Who.DISPATCHER, app.staff("dispatcher-" + number));
        people.put(Who.WORKER, app.staff("worker-" + number));
        people.put(Who.CANTEEN_OPERATOR, app.staff("canteen-operator-" + number));
        return new Side(
                app,
                which,
                ids,
                number,
                ids.compound(DemoStructure.compoundNumberOf(resident)),
                ids.household(resident),
                ids.resident(resident),
                people,
                app.staff("town-supervisor"),
                app.staff("district-supervisor"),
                Side.nothingMade());
    }

    private Side far() {
        var ids = DemoStructure.far();
        var people = people(ids, 1);
        people.put(Who.RESIDENT, app.wechat("demo-far-1"));
        people.put(Who.SUPERVISOR, app.staff("far-supervisor"));
        people.put(Who.DISPATCHER, app.staff("far-dispatcher"));
        people.put(Who.ADMIN, place(ids, Role.ADMIN, "district"));
        people.put(Who.GRID_MEMBER, place(ids, Role.GRID_MEMBER, "community-1"));
        people.put(Who.WORKER, staff(ids, Role.WORKER, Scope.ORGANIZATION, ids.firm(1)));
        people.put(Who.CANTEEN_OPERATOR, staff(ids, Role.CANTEEN_OPERATOR, Scope.CANTEEN, ids.canteen(1)));
        return new Side(
                app,
                Which.FAR,
                ids,
                1,
                ids.compound(1),
                ids.household(1),
                ids.person("far-1"),
                people,
                app.staff("far-supervisor"),
                app.staff("far-supervisor"),
                Side.nothingMade());
    }

    /** Those that every side needs. */
    private Map<Who, Api> people(DemoIds ids, int number) {
        var people = new EnumMap<Who, Api>(Who.class);
        people.put(Who.ANONYMOUS, app.anyone());
        people.put(Who.HOTLINE_AGENT, place(ids, Role.HOTLINE_AGENT, "community-" + number));
        return people;
    }

    private Api place(DemoIds ids, Role role, String place) {
        return staff(ids, role, Scope.PLACE, ids.place(place));
    }

    private Api staff(DemoIds ids, Role role, Scope scope, UUID scopeId) {
        return accounts.api(accounts.of(ids, role, scope, scopeId));
    }
}

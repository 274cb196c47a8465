package org.huying.fuzz;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.jspecify.annotations.Nullable;

/** Brings about, through the service itself, what a request needs before it: so the demo's own people and places stay. */
final class Helper {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int PAST_YEARS = 60;

    private final FuzzWorld world;
    private final AtomicInteger numbers = new AtomicInteger();

    Helper(FuzzWorld world) {
        this.world = world;
    }

    Api as(String caller) {
        return world.app().anyone().bearing(world.tokenOfSignedIn(caller));
    }

    String created(String caller, String path, Map<String, ?> fields) {
        return post(caller, path, fields).withStatus(201).json().getString("id");
    }

    Reply post(String caller, String path, Map<String, ?> fields) {
        return as(caller).post(path, new JsonObject(Map.copyOf(fields)));
    }

    int number() {
        return numbers.incrementAndGet();
    }

    String unique(String name) {
        return name + "-" + number();
    }

    /** Somebody whom nobody knows yet. */
    String newcomer() {
        var name = unique("newcomer");
        world.login(name, "/v1/auth/wechat", Map.of("code", "demo-new-fuzz-" + name));
        return name;
    }

    String idOf(String caller) {
        return as(caller).get("/v1/me").json().getString("id");
    }

    /** A name that nobody has, of odd letters. */
    static String oddName(int number, Random random) {
        return number + Odd.storable(1, 40, random);
    }

    LocalDate today() {
        return LocalDate.ofInstant(world.app().clock().instant(), ZONE);
    }

    String ahead(long minutes) {
        return world.app()
                .clock()
                .instant()
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(minutes, ChronoUnit.MINUTES)
                .toString();
    }

    String birthDate(Random random) {
        return today().minusYears(20)
                .minusDays(random.nextInt(PAST_YEARS * 365))
                .toString();
    }

    /** An account that may do nothing but work for a firm. */
    JsonObject staff() {
        return post("admin", "/v1/staff", Map.of("username", unique("fuzz"), "name", "试", "grants", grants()))
                .withStatus(201)
                .json();
    }

    static List<Map<String, Object>> grants() {
        return List.of(Map.of(
                "role",
                "worker",
                "scopeId",
                DemoStructure.here().organization("cooperative").toString()));
    }

    String elder(Random random) {
        return elder(random, null);
    }

    String elder(Random random, @Nullable String number) {
        // nobody registers so many in an hour
        world.app().forgetLimit("register");
        var elder = new HashMap<String, Object>(Map.of(
                "name",
                "试",
                "birthDate",
                birthDate(random),
                "birthDateVerified",
                false,
                "consentNote",
                "口头",
                "newPerson",
                true));
        if (number != null) {
            elder.put("phone", number);
        }
        return created("grid-member-1", "/v1/residents", elder);
    }

    String place(Random random) {
        return created(
                "admin",
                "/v1/places",
                Map.of(
                        "level",
                        "compound",
                        "kind",
                        "grid",
                        "parentId",
                        DemoStructure.community(1).toString(),
                        "name",
                        oddName(number(), random)));
    }

    String firm(Random random) {
        return created("admin", "/v1/organizations", Map.of("kind", "firm", "name", oddName(number(), random)));
    }

    String canteen() {
        return created(
                "admin",
                "/v1/canteens",
                Map.of(
                        "placeId",
                        DemoStructure.community(1).toString(),
                        "name",
                        unique("食堂"),
                        "address",
                        "试",
                        "delivery",
                        true,
                        "periods",
                        List.of()));
    }

    String item() {
        var code = unique("fuzz");
        var item = Map.of(
                "code",
                code,
                "name",
                "试",
                "kind",
                "repair",
                "responseHours",
                8,
                "resolutionHours",
                24,
                "calendar",
                "all_hours",
                "evidenceRequired",
                false,
                "reportable",
                false);
        post("admin", "/v1/service-items", item).withStatus(201);
        return code;
    }

    /** A meal of the fourth canteen, on a day that has none. */
    String meal(boolean isPublished) {
        return meal(dayOfItsOwn(), "dinner", isPublished);
    }

    /** A day that has no meal yet. */
    LocalDate dayOfItsOwn() {
        return today().plusDays(400L + number());
    }

    /** A second before midnight, when a meal of any day may end. */
    static String endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZONE).minusSeconds(1).toInstant().toString();
    }

    private static String earlier(String one, String other) {
        return Instant.parse(one).isBefore(Instant.parse(other)) ? one : other;
    }

    String meal(LocalDate date, String period, boolean isPublished) {
        var meal = Map.of(
                "date",
                date.toString(),
                "period",
                period,
                "capacity",
                1_000,
                "bookingOpensAt",
                ahead(-600),
                "cutoffAt",
                earlier(ahead(60), endOf(date)),
                "servingEndsAt",
                endOf(date),
                "priceFen",
                1_000,
                "dishes",
                List.of(),
                "publish",
                isPublished);
        return created("canteen-operator-4", "/v1/canteens/" + DemoStructure.canteen(4) + "/meals", meal);
    }

    JsonObject booking(String diner, String mealId) {
        return post(diner, "/v1/bookings", Map.of("mealId", mealId, "mode", "dine_in"))
                .withStatus(201)
                .json();
    }

    /** Of this resident, about their household. */
    String ticket(int resident) {
        var ticket = Map.of(
                "serviceItemCode",
                "light-out",
                "householdId",
                DemoStructure.household(resident).toString(),
                "description",
                Said.anew("楼道灯坏了"));
        return created("resident-" + resident, "/v1/tickets", ticket);
    }

    /** The domain's clock stands still otherwise. */
    void letTimePass() {
        world.app().clock().advance(Duration.ofSeconds(1));
    }

    /** What is on its way to an inbox is there afterwards. */
    void deliver() {
        world.app().runInnerJobs();
    }

    String photo(String caller) {
        return as(caller)
                .upload("/v1/photos", world.picture())
                .withStatus(201)
                .json()
                .getString("id");
    }

    /** Sets somebody's first password; they are a caller from now on. */
    void activate(String username, String activationCode, String password) {
        var activation = Map.of("username", username, "activationCode", activationCode, "password", password);
        world.login(username, "/v1/auth/activate", activation);
    }
}

package org.huying.fuzz;

import static org.huying.fuzz.Helper.oddName;

import io.vertx.core.json.JsonObject;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.huying.demo.district.DemoStructure;
import org.huying.http.ContractOperation;
import org.huying.testing.ReportDrafts;
import org.jspecify.annotations.Nullable;

/**
 * By whom and about what each writing operation is likely to be taken. What it changes for good is made for it before: the
 * demo's own accounts, places and meals are needed by all the other requests.
 */
final class Recipes {
    /** What would take from the others what they ask with is never asked of what is the demo's own. */
    private static final Set<String> DESTRUCTIVE = Set.of(
            "eraseMe",
            "eraseResident",
            "logoutEverywhere",
            "endMySession",
            "changePassword",
            "suspendStaff",
            "changeStaff",
            "resetStaffPassword",
            "changePlace",
            "deletePlace",
            "changeCanteen",
            "cancelMeal",
            "closeMeal",
            "removeHouseholdMember",
            "deleteOrganization",
            "endContract",
            "createServiceArea",
            "deleteServiceArea",
            "changeServiceItem");

    private final Map<String, Function<Random, Likely>> recipes = new HashMap<>();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final Helper helper;

    Recipes(FuzzWorld world) {
        this.helper = new Helper(world);
        accounts();
        sessions();
        people();
        places();
        services();
        new CanteenRecipes(helper, recipes).add();
        new TicketRecipes(helper, recipes).add();
        new ClaimRecipes(helper, recipes).add();
    }

    /** Null where anybody may ask anything. */
    @Nullable
    Likely of(ContractOperation operation, Random random) {
        var recipe = recipes.get(operation.id());
        try {
            return recipe == null ? null : recipe.apply(random);
        } catch (AssertionError | RuntimeException e) {
            // What comes before was refused, for the limits of one person: whoever counts what is taken sees it.
            refusals.putIfAbsent(operation.id(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Why recipes could not be followed: the first reason of each. */
    Map<String, String> refusals() {
        return Map.copyOf(refusals);
    }

    static boolean isDestructive(ContractOperation operation) {
        return DESTRUCTIVE.contains(operation.id());
    }

    private void accounts() {
        recipes.put(
                "createStaff",
                random -> Likely.by("admin")
                        .with("username", helper.unique("fuzz"))
                        .with("grants", Helper.grants()));
        recipes.put("changeStaff", random -> ofStaff().with("grants", Helper.grants()));
        recipes.put("suspendStaff", random -> ofStaff());
        recipes.put("resetStaffPassword", random -> ofStaff());
        recipes.put("resumeStaff", random -> {
            var likely = ofStaff();
            helper.post("admin", "/v1/staff/" + likely.given().get("staffId") + "/suspend", Map.of("reason", "试"));
            return likely;
        });
        recipes.put("changePassword", random -> {
            var staff = helper.staff();
            var old = "xqz 91 vrtlk mbd " + helper.number();
            var username = staff.getJsonObject("staff", staff).getString("username");
            helper.activate(username, staff.getString("activationCode"), old);
            return Likely.by(username)
                    .with("currentPassword", old)
                    .with("newPassword", "zqk 73 wlrpt gnv " + helper.number());
        });
    }

    private Likely ofStaff() {
        var staff = helper.staff();
        return Likely.by("admin")
                .with("staffId", staff.getJsonObject("staff", staff).getString("id"));
    }

    private void sessions() {
        recipes.put("eraseMe", random -> Likely.by(helper.newcomer()));
        recipes.put("logoutEverywhere", random -> Likely.by(helper.newcomer()));
        recipes.put("endMySession", random -> {
            var caller = helper.newcomer();
            var sessions = helper.as(caller).get("/v1/me/sessions").items();
            return Likely.by(caller).with("sessionId", sessions.get(0).getString("id"));
        });
        recipes.put("changeMe", random -> Likely.by(helper.newcomer()).with("birthDate", helper.birthDate(random)));
        recipes.put(
                "bindPhone",
                random -> Likely.by(helper.newcomer())
                        .with("code", "demo-phone-139" + (10_000_000 + random.nextInt(80_000_000))));
    }

    private void people() {
        recipes.put("searchResidents", random -> Likely.by("grid-member-1"));
        recipes.put("searchStaff", random -> Likely.by("admin"));
        recipes.put(
                "searchHouseholds",
                random -> Likely.by("resident-1")
                        .with("compoundId", DemoStructure.compound(1).toString()));
        var gridHousehold = DemoStructure.household(1).toString();
        recipes.put(
                "registerResident",
                random -> Likely.by("grid-member-1")
                        .with("birthDate", helper.birthDate(random))
                        .with("householdId", random.nextBoolean() ? gridHousehold : Likely.LEFT_OUT)
                        .with(
                                "phone",
                                random.nextBoolean()
                                        ? "139" + (10_000_000 + random.nextInt(80_000_000))
                                        : Likely.LEFT_OUT));
        recipes.put(
                "changeResident",
                random -> Likely.by("grid-member-1")
                        .with("residentId", helper.elder(random))
                        .with("birthDate", helper.birthDate(random))
                        .with("birthDateVerified", random.nextBoolean())
                        .with("phone", "139" + (10_000_000 + random.nextInt(80_000_000))));
        recipes.put("unmaskResident", random -> Likely.by("grid-member-1").with("residentId", helper.elder(random)));
        recipes.put("mergeResident", random -> {
            // of one birth date, as one person has
            long seed = random.nextLong();
            return Likely.by("grid-member-1")
                    .with("residentId", helper.elder(new Random(seed)))
                    .with("version", 1)
                    .with("intoResidentId", helper.elder(new Random(seed)))
                    .with("intoResidentVersion", 1);
        });
        recipes.put("eraseResident", random -> Likely.by("grid-member-1").with("residentId", helper.elder(random)));
        recipes.put(
                "createHousehold",
                random -> Likely.by(random.nextBoolean() ? "admin" : "grid-member-1")
                        .with("compoundId", DemoStructure.compound(1).toString())
                        .with("address", oddName(helper.number(), random)));
        recipes.put(
                "joinHousehold",
                random -> Likely.by(helper.newcomer())
                        .with(
                                "householdId",
                                DemoStructure.household(1 + random.nextInt(40)).toString())
                        .without("residentId"));
        recipes.put("approveHouseholdMember", random -> {
            var pending = pendingMember();
            return new Likely("grid-member-1", pending.given());
        });
        recipes.put("removeHouseholdMember", random -> pendingMember());
        recipes.put(
                "offerMandate",
                random -> Likely.by(helper.newcomer())
                        .with("scope", random.nextBoolean() ? List.of("booking") : List.of("booking", "ticket"))
                        .with("until", helper.ahead(60 + random.nextInt(1_000_000)))
                        .without("grantorId", "consentNote", "consentPhotoId"));
        recipes.put("acceptMandate", random -> {
            var offer = offer(helper.newcomer());
            return Likely.by(helper.newcomer()).with("inviteCode", offer.getString("inviteCode"));
        });
        recipes.put("revokeMandate", random -> {
            var grantor = helper.newcomer();
            return Likely.by(grantor).with("mandateId", offer(grantor).getString("id"));
        });
    }

    private Likely pendingMember() {
        var newcomer = helper.newcomer();
        var household = DemoStructure.household(1 + 6 * (helper.number() % 6)).toString();
        var member = helper.created(newcomer, "/v1/households/" + household + "/members", Map.of("role", "tenant"));
        return Likely.by(newcomer).with("householdId", household).with("memberId", member);
    }

    private JsonObject offer(String grantor) {
        return helper.post(grantor, "/v1/mandates", Map.of("scope", List.of("booking")))
                .withStatus(201)
                .json();
    }

    private void places() {
        recipes.put("createPlace", random -> {
            var town = Likely.by("admin").with("name", oddName(helper.number(), random));
            return random.nextBoolean()
                    ? town.with("level", "town")
                            .with("parentId", DemoStructure.place("district").toString())
                            .with("officeName", oddName(helper.number(), random))
                            .without("kind")
                    : town.with("level", "compound")
                            .with("parentId", DemoStructure.community(1).toString())
                            .with("kind", "grid")
                            .without("officeName");
        });
        recipes.put(
                "changePlace",
                random -> Likely.by("admin")
                        .with("placeId", helper.place(random))
                        .with("name", oddName(helper.number(), random))
                        .without("parentId"));
        recipes.put("deletePlace", random -> Likely.by("admin").with("placeId", helper.place(random)));
        recipes.put(
                "createOrganization",
                random -> Likely.by("admin")
                        .with("kind", Odd.one(List.of("firm", "department", "cooperative", "canteen_operator"), random))
                        .with("name", oddName(helper.number(), random)));
        recipes.put(
                "changeOrganization",
                random -> Likely.by("admin")
                        .with("organizationId", helper.firm(random))
                        .with("name", oddName(helper.number(), random)));
        recipes.put("deleteOrganization", random -> Likely.by("admin").with("organizationId", helper.firm(random)));
        recipes.put("addContract", this::contract);
        recipes.put("endContract", random -> {
            var contract = contract(random);
            helper.as("admin")
                    .put(
                            "/v1/organizations/" + contract.given().get("organizationId") + "/contracts/"
                                    + contract.given().get("cooperativeId"),
                            new JsonObject());
            return contract;
        });
    }

    private Likely contract(Random random) {
        return Likely.by("admin")
                .with("organizationId", helper.firm(random))
                .with(
                        "cooperativeId",
                        DemoStructure.here().organization("cooperative").toString());
    }

    private void services() {
        recipes.put(
                "createServiceArea",
                random -> Likely.by("admin")
                        .with("placeId", helper.place(random))
                        .with("organizationId", helper.firm(random))
                        .with("serviceItemCode", "light-out"));
        recipes.put("deleteServiceArea", random -> {
            var area = Map.of("placeId", helper.place(random), "organizationId", helper.firm(random));
            return Likely.by("admin").with("serviceAreaId", helper.created("admin", "/v1/service-areas", area));
        });
        recipes.put("createServiceItem", random -> item(random).with("code", helper.unique("fuzz")));
        recipes.put(
                "changeServiceItem",
                random -> item(random).with("code", helper.item()).with("version", 1));
        recipes.put(
                "setWorkingWeek",
                random -> Likely.by("admin")
                        .with("weekdays", List.of(1, 2, 3, 4, 5))
                        .with(
                                "hours",
                                List.of(
                                        hours("08:30", "12:00"),
                                        hours("12:00", random.nextBoolean() ? "24:00" : "17:3" + random.nextInt(10)))));
        recipes.put("setCalendarDays", random -> {
            int year = 2027 + random.nextInt(5);
            var day = Map.of(
                    "date",
                    year + "-05-0" + (1 + random.nextInt(9)),
                    "working",
                    false,
                    "name",
                    oddName(1, random).substring(0, 2));
            return Likely.by("admin").with("year", year).with("days", List.of(day));
        });
        recipes.put("setRetention", random -> Likely.by("admin"));
        recipes.put("publishCompletionReport", random -> {
            var month = YearMonth.from(helper.today()).minusMonths(2 + random.nextInt(8));
            var draft = ReportDrafts.of(helper.as("district-supervisor"), month);
            return Likely.by("district-supervisor")
                    .with("month", month.toString())
                    .with("asOf", draft.getString("asOf"))
                    .with("digest", draft.getString("digest"));
        });
        recipes.put(
                "draftCompletionReport",
                random -> Likely.by("district-supervisor")
                        .with(
                                "month",
                                YearMonth.from(helper.today())
                                        .minusMonths(2 + random.nextInt(8))
                                        .toString())
                        .without("asOf"));
    }

    private static Map<String, Object> hours(String from, String to) {
        return Map.of("from", from, "to", to);
    }

    private static Likely item(Random random) {
        var info = random.nextBoolean()
                ? Map.<String, Object>of(
                        "key",
                        "k1",
                        "label",
                        oddName(1, random),
                        "type",
                        "choice",
                        "required",
                        true,
                        "options",
                        List.of(oddName(1, random), oddName(2, random)))
                : Map.<String, Object>of("key", "k2", "label", oddName(1, random), "type", "text", "required", false);
        return Likely.by("admin")
                .with("requiredInfo", List.of(info))
                .with("calendar", "all_hours")
                // So that nobody needs a photo for what others report.
                .with("responseHours", 1 + random.nextInt(8))
                .with("resolutionHours", 8 + random.nextInt(100));
    }
}

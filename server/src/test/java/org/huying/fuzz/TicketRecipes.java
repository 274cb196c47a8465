package org.huying.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Said;

/** Reports, and what is done with them: each action by somebody to whom the service offers it. */
final class TicketRecipes {
    /** What is asked about these is words alone. */
    private static final List<String> PLAIN_ITEMS =
            List.of("light-out", "stairwell-cleaning", "garbage", "street-light", "greening", "fee-question");

    private static final int RESIDENTS = 40;
    private static final int NOTIFIED = 20;

    private final Helper helper;
    private final Map<String, Function<Random, Likely>> recipes;

    TicketRecipes(Helper helper, Map<String, Function<Random, Likely>> recipes) {
        this.helper = helper;
        this.recipes = recipes;
    }

    /** A ticket of a resident, and who has to do with it. */
    private record Made(String id, int resident) {
        String reporter() {
            return "resident-" + resident;
        }

        String dispatcher() {
            return "dispatcher-" + DemoStructure.firmNumberOf(resident);
        }

        String worker() {
            return "worker-" + DemoStructure.firmNumberOf(resident);
        }
    }

    void add() {
        notices();
        reports();
        fromTheFirm();
        fromTheReporter();
        fromAbove();
    }

    private void notices() {
        var unread = new ConcurrentLinkedQueue<Likely>();
        for (int resident = 1; resident <= NOTIFIED; resident++) {
            var made = new Made(helper.ticket(resident), resident);
            act(made.dispatcher(), made, "accept", Map.of());
        }
        helper.deliver();
        for (int resident = 1; resident <= NOTIFIED; resident++) {
            var caller = "resident-" + resident;
            helper.as(caller)
                    .get("/v1/notifications")
                    .items()
                    .forEach(notice -> unread.add(Likely.by(caller).with("notificationId", notice.getString("id"))));
        }
        recipes.put("readNotification", random -> Objects.requireNonNull(unread.poll(), "all are read"));
    }

    private void reports() {
        recipes.put(
                "submitTicket",
                random -> about(random)
                        .with("description", Odd.storable(1, 2_000, random))
                        .with("attributes", Map.of())
                        .with("photoIds", random.nextInt(4) == 0 ? List.of(photo("resident-1")) : List.of())
                        .with("channel", "mini_program")
                        .without("onBehalfOfId"));
        recipes.put("findSimilarTickets", this::about);
        recipes.put("uploadPhoto", random -> Likely.by("resident-" + (1 + random.nextInt(RESIDENTS))));
    }

    /** Somebody's own household, or a spot where everybody lives. */
    private Likely about(Random random) {
        var likely = Likely.by("resident-1").with("serviceItemCode", Odd.one(PLAIN_ITEMS, random));
        return random.nextBoolean()
                ? likely.with("householdId", DemoStructure.household(1).toString())
                        .without("placeId", "spot")
                : likely.with("placeId", DemoStructure.compound(1).toString()).without("householdId");
    }

    private String photo(String caller) {
        return helper.photo(caller);
    }

    private void fromTheFirm() {
        recipes.put("ticketAccept", random -> byDispatcher(submitted(random)));
        recipes.put("ticketAssign", random -> {
            var made = accepted(random);
            return byDispatcher(made)
                    .with("assigneeId", DemoStructure.staff(made.worker()).toString());
        });
        recipes.put("ticketStart", random -> byWorker(assigned(random)));
        recipes.put("ticketRequestInfo", random -> byDispatcher(accepted(random)));
        recipes.put("ticketWithdrawRequest", random -> byDispatcher(asked(random)));
        recipes.put(
                "ticketSuspend",
                random -> byDispatcher(accepted(random))
                        .with(
                                "until",
                                helper.today().plusDays(2 + random.nextInt(20)).toString()));
        recipes.put("ticketResume", random -> {
            var made = accepted(random);
            var until = helper.today().plusDays(5).toString();
            act(made.dispatcher(), made, "suspend", Map.of("reason", "等配件", "until", until));
            return byDispatcher(made);
        });
        recipes.put("ticketTransfer", random -> {
            var made = submitted(random);
            int other = DemoStructure.firmNumberOf(made.resident()) % 3 + 1;
            return byDispatcher(made)
                    .with("organizationId", DemoStructure.firm(other).toString());
        });
        recipes.put("ticketEscalate", random -> byDispatcher(submitted(random)));
        recipes.put("ticketResolve", random -> {
            var made = assigned(random);
            act(made.worker(), made, "start", Map.of());
            return byWorker(made).with("photoIds", random.nextBoolean() ? List.of(photo(made.worker())) : List.of());
        });
        recipes.put("ticketMerge", random -> {
            var made = submitted(random);
            return byDispatcher(made).with("intoTicketId", helper.ticket(made.resident()));
        });
        recipes.put("unmaskReporter", random -> byDispatcher(submitted(random)));
    }

    private void fromTheReporter() {
        recipes.put("ticketProvideInfo", random -> {
            var made = asked(random);
            return byReporter(made)
                    .with("photoIds", random.nextBoolean() ? List.of(photo(made.reporter())) : List.of());
        });
        recipes.put("ticketConfirm", random -> byReporter(resolved(random)));
        recipes.put("ticketReopen", random -> byReporter(resolved(random)).with("photoIds", List.of()));
        recipes.put("ticketCancel", random -> byReporter(submitted(random)));
        recipes.put("ticketComment", random -> {
            var made = submitted(random);
            return random.nextBoolean() ? byReporter(made).with("internal", false) : byDispatcher(made);
        });
        recipes.put("ticketUrge", random -> byReporter(submitted(random)));
        recipes.put("ticketRate", random -> byReporter(resolved(random)));
        recipes.put("ticketFollow", random -> spot());
        recipes.put("ticketUnfollow", random -> {
            var followed = spot();
            helper.post(followed.caller(), "/v1/tickets/" + followed.given().get("ticketId") + "/follow", Map.of());
            return followed;
        });
    }

    private void fromAbove() {
        recipes.put("ticketFollowUp", random -> bySupervisor(resolved(random)));
        recipes.put("ticketLink", random -> {
            var made = resolved(random);
            helper.letTimePass();
            return bySupervisor(made).with(Likely.BODY + "ticketId", helper.ticket(made.resident()));
        });
        recipes.put("ticketExclude", random -> bySupervisor(resolved(random)));
        recipes.put("ticketInclude", random -> {
            var made = resolved(random);
            act("district-supervisor", made, "exclude", Map.of("reason", "test", "note", "试"));
            return bySupervisor(made);
        });
    }

    private Made submitted(Random random) {
        int resident = 1 + random.nextInt(RESIDENTS);
        return new Made(helper.ticket(resident), resident);
    }

    private Made accepted(Random random) {
        var made = submitted(random);
        return act(made.dispatcher(), made, "accept", Map.of());
    }

    private Made assigned(Random random) {
        var made = accepted(random);
        var assignee = DemoStructure.staff(made.worker()).toString();
        return act(made.dispatcher(), made, "assign", Map.of("assigneeId", assignee));
    }

    private Made asked(Random random) {
        var made = accepted(random);
        return act(made.dispatcher(), made, "request-info", Map.of("message", "几楼？"));
    }

    private Made resolved(Random random) {
        var made = accepted(random);
        return act(made.dispatcher(), made, "resolve", Map.of("outcome", "fixed", "note", "已修"));
    }

    private Made act(String caller, Made made, String action, Map<String, ?> fields) {
        helper.post(caller, "/v1/tickets/" + made.id() + "/" + action, fields).withStatus(200);
        return made;
    }

    /** A report of one neighbour that another may follow. */
    private Likely spot() {
        var ticket = Map.of(
                "serviceItemCode",
                "street-light",
                "placeId",
                DemoStructure.compound(1).toString(),
                "description",
                Said.anew("路灯不亮"));
        return Likely.by("resident-7")
                .with(
                        "ticketId",
                        helper.created("resident-" + (13 + 6 * (helper.number() % 4)), "/v1/tickets", ticket));
    }

    private static Likely byDispatcher(Made made) {
        return Likely.by(made.dispatcher()).with("ticketId", made.id());
    }

    private static Likely byWorker(Made made) {
        return Likely.by(made.worker()).with("ticketId", made.id());
    }

    private static Likely byReporter(Made made) {
        return Likely.by(made.reporter()).with("ticketId", made.id());
    }

    private static Likely bySupervisor(Made made) {
        return Likely.by("district-supervisor").with("ticketId", made.id());
    }
}

package org.huying.demo.district;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.huying.demo.district.Story.Step;
import org.huying.demo.district.Story.Subject;
import org.huying.kernel.Caller;
import org.huying.ticket.Action;
import org.huying.ticket.ActionInput;
import org.huying.ticket.Status;
import org.huying.ticket.Submission;
import org.huying.ticket.Tickets;
import org.jspecify.annotations.Nullable;

/** Takes single steps of stories, each as the person who would take it. */
final class Player {
    private static final DemoIds IDS = DemoStructure.here();
    private static final Map<String, Action> ACTIONS =
            Arrays.stream(Action.values()).collect(Collectors.toMap(Action::code, Function.identity()));

    private final SqlClient transaction;
    private final Tickets tickets;
    private final Cast cast;
    private final Map<Integer, TicketNow> states;

    /** @param states where the tickets of the stories so far stand, by the story's number */
    Player(SqlClient transaction, Tickets tickets, Cast cast, Map<Integer, TicketNow> states) {
        this.transaction = transaction;
        this.tickets = tickets;
        this.cast = cast;
        this.states = states;
    }

    Future<TicketNow> take(Story story, Step step) {
        if (step.action().equals("submit")) {
            return submit(story);
        }
        var now = Objects.requireNonNull(states.get(story.number()));
        return switch (step.by()) {
            case HANDLER -> handle(story, step, now);
            case WORKER -> work(story, step, now);
            case REPORTER -> act(now, cast.residentOrProxy(story.subject().person()), step.action(), step.fields());
            case VISITOR -> act(now, visitor(story, now), step.action(), step.fields());
            case TOWN_SUPERVISOR -> act(now, cast.staff("town-supervisor"), step.action(), step.fields());
        };
    }

    private Future<TicketNow> submit(Story story) {
        var subject = story.subject();
        if (story.channel().equals(CareVisits.CHANNEL)) {
            return tickets.openCareVisit(
                            transaction, IDS.districtId(), IDS.person(subject.person()), IDS.place(subject.place()))
                    .map(made -> TicketNow.of(made, null));
        }
        boolean isByStaff = !story.channel().equals("mini_program");
        var submission = new Submission(
                story.itemCode(),
                subject.isHousehold() ? household(subject) : null,
                subject.isHousehold() ? null : IDS.place(subject.place()),
                subject.spot(),
                story.text(),
                List.of(),
                story.attributes(),
                null,
                story.anonymous(),
                isByStaff ? IDS.person(subject.person()) : null,
                story.channel());
        var caller = !isByStaff
                ? cast.resident(subject.person())
                : cast.staff(story.channel().equals("hotline") ? "hotline-agent" : gridMember(subject));
        return tickets.submit(transaction, caller, submission).map(made -> TicketNow.of(made, null));
    }

    /** What the responsible organization does; whoever takes over what was handed on accepts it first. */
    private Future<TicketNow> handle(Story story, Step step, TicketNow now) {
        if (step.action().equals("accept")) {
            return now.status() == Status.SUBMITTED ? accept(now) : Future.succeededFuture(now);
        }
        if (now.status() == Status.SUBMITTED && !step.action().equals("merge")) {
            return accept(now).compose(accepted -> handle(story, step, accepted));
        }
        if (step.action().equals("assign")) {
            var worker = worker(story, now);
            return act(now, handler(now), "assign", Map.of("assigneeId", IDS.staff(worker)))
                    .map(after -> new TicketNow(
                            after.id(), after.status(), after.responsibleOrgId(), after.nextClockAt(), worker));
        }
        return act(now, handler(now), step.action(), fields(story, step));
    }

    /** The worker, if it is in their hands; else the responsible organization settles it. */
    private Future<TicketNow> work(Story story, Step step, TicketNow now) {
        boolean isStart = step.action().equals("start");
        boolean isTheirs = now.status() == (isStart ? Status.ASSIGNED : Status.IN_PROGRESS);
        if (isTheirs) {
            return act(now, cast.staff(Objects.requireNonNull(now.worker())), step.action(), step.fields());
        }
        return isStart ? Future.succeededFuture(now) : handle(story, step, now);
    }

    private Map<String, Object> fields(Story story, Step step) {
        var fields = new HashMap<>(step.fields());
        if (fields.remove("days") instanceof Integer days) {
            fields.put("until", step.at().plus(Duration.ofDays(days)).toString());
        }
        if (fields.remove("story") instanceof Integer other) {
            fields.put("intoTicketId", Objects.requireNonNull(states.get(other)).id());
        }
        if (step.action().equals("transfer")) {
            fields.put("organizationId", IDS.office("community-" + community(story.subject())));
        }
        return fields;
    }

    private Future<TicketNow> accept(TicketNow now) {
        return act(now, handler(now), "accept", Map.of());
    }

    private Future<TicketNow> act(TicketNow now, Caller caller, String action, Map<String, Object> fields) {
        return tickets.act(
                        transaction,
                        caller,
                        now.id(),
                        Objects.requireNonNull(ACTIONS.get(action), action),
                        new ActionInput(fields))
                .map(after -> TicketNow.of(after, now.worker()));
    }

    private Caller handler(TicketNow now) {
        return cast.handlerOf(now.responsibleOrgId());
    }

    /** At a firm its worker, sometimes one of the cooperative's; at an office the grid member. */
    private static String worker(Story story, TicketNow now) {
        int firm = story.subject().firm();
        if (firm == 0 || !now.responsibleOrgId().equals(IDS.firm(firm))) {
            return gridMember(story.subject());
        }
        return firm < 3 && story.number() % 9 == 0 ? "worker-cooperative" : "worker-" + firm;
    }

    /** Somebody who is not staff of the responsible organization. */
    private Caller visitor(Story story, TicketNow now) {
        int firm = story.subject().firm();
        boolean isAtFirm = firm > 0 && now.responsibleOrgId().equals(IDS.firm(firm));
        return cast.staff(isAtFirm && story.number() % 2 == 0 ? gridMember(story.subject()) : "hotline-agent");
    }

    private static @Nullable UUID household(Subject subject) {
        return subject.person().startsWith("elder")
                ? PlaceRows.homeOf(IDS, subject.person())
                : IDS.household(numberOf(subject.person()));
    }

    private static String gridMember(Subject subject) {
        return "grid-member-" + Math.min(community(subject), 2);
    }

    /** Compounds one and two lie in the first community, and so on; a grid in that of its number. */
    private static int community(Subject subject) {
        int number = numberOf(subject.place());
        return subject.place().startsWith("grid") ? number : (number + 1) / 2;
    }

    private static int numberOf(String key) {
        return Integer.parseInt(key.substring(key.lastIndexOf('-') + 1));
    }
}

package org.huying.audit.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.huying.audit.history.Plan.Ref;
import org.huying.audit.history.Plan.Who;
import org.huying.audit.history.Stage.Home;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Caller;
import org.huying.ticket.Action;
import org.huying.ticket.ActionInput;
import org.huying.ticket.Submission;

/** Writes the lives of tickets into a plan: how each comes to its first resolve, or to none. */
final class Stories {
    private static final Duration A_WHILE = Duration.ofMinutes(20);
    private static final List<String> OUTCOMES = List.of("answered", "unable", "not_responsible");
    private static final List<String> ITEMS = List.of(
            "light-out",
            "light-out",
            "lift-fault",
            "drain-blocked",
            "stairwell-cleaning",
            "noise",
            "fee-question",
            "policy-question",
            "elder-help");
    private static final List<String> SPOT_ITEMS = List.of("street-light", "garbage", "greening");
    private static final Map<String, Map<String, String>> ATTRIBUTES = Map.of(
            "lift-fault", Map.of("liftNo", "2", "trapped", "无"),
            "drain-blocked", Map.of("spot", "厨房"),
            "noise", Map.of("period", "半夜"));

    private final int firm;
    private final Dice dice;
    private final List<Home> homes;
    private final Plan plan;
    private final Tails tails;

    Stories(int firm, Dice dice, List<Home> homes, Plan plan) {
        this.firm = firm;
        this.dice = dice;
        this.homes = homes;
        this.plan = plan;
        this.tails = new Tails(dice, plan, this);
    }

    /** What a story is about: a household or a public spot. */
    record Subject(String item, Home home, boolean isSpot) {}

    void write(int stories) {
        for (var i = 0; i < stories; i++) {
            var subject = dice.oneIn(4)
                    ? new Subject(dice.pick(SPOT_ITEMS), dice.pick(homes), true)
                    : new Subject(dice.pick(ITEMS), dice.pick(homes), false);
            switch (dice.upTo(20)) {
                case 0 -> takeBack(subject, dice.instant());
                case 1 -> neverResolve(subject, dice.instant());
                case 2 -> mergeInTurn(subject, dice.instant());
                case 3 -> resolveWithoutAnswer(subject, dice.instant());
                default -> resolve(subject, dice.instant());
            }
        }
    }

    /** A report of the subject at that instant. */
    Ref report(Subject subject, Instant at) {
        var home = subject.home();
        var submission = subject.isSpot()
                ? Submission.ofSpot(subject.item(), home.compound(), "东门口", "坏了")
                : Submission.ofHousehold(subject.item(), home.household(), "坏了");
        submission = submission.withAttributes(ATTRIBUTES.getOrDefault(subject.item(), Map.of()));
        return switch (dice.upTo(6)) {
            case 0 -> byStaff(at, home, Stage.hotline(), submission);
            case 1 -> byStaff(at, home, Stage.gridMember(firm), submission);
            default -> plan.report(at, home, home.resident(), submission);
        };
    }

    private Ref byStaff(Instant at, Home home, Caller staff, Submission submission) {
        return plan.report(at, home, staff, submission.inNameOf(home.resident().personId()));
    }

    private void resolve(Subject subject, Instant r) {
        var at = r.minus(Duration.ofHours(2)).minus(dice.within(Duration.ofHours(60)));
        var ref = report(subject, at);
        takeUp(ref, at);
        for (var i = dice.upTo(3); i > 0; i--) {
            delay(ref, at, r);
        }
        resolve(ref, r, dice.oneIn(8) ? dice.pick(OUTCOMES) : "fixed");
        tails.write(ref, subject, r);
    }

    void resolve(Ref ref, Instant at, String outcome) {
        plan.act(
                at,
                ref,
                Who.HANDLER,
                Action.RESOLVE,
                ActionInput.none().with("outcome", outcome).with("note", "已处理"));
    }

    /** Accepted, or first handed on by one who will not have it; in one of ten nobody stirs and the clock does. */
    private void takeUp(Ref ref, Instant at) {
        var soon = at.plus(dice.within(A_WHILE));
        switch (dice.upTo(10)) {
            case 0 -> {}
            case 1 -> handOn(ref, soon);
            case 2 -> {
                plan.act(soon, ref, Who.HANDLER, Action.ACCEPT, ActionInput.none());
                handOn(ref, soon.plus(A_WHILE));
            }
            default -> plan.act(soon, ref, Who.HANDLER, Action.ACCEPT, ActionInput.none());
        }
        var later = soon.plus(A_WHILE.multipliedBy(2));
        if (dice.oneIn(3)) {
            plan.steps().add(new Plan.Step(later, lane -> lane.assign(ref)));
            plan.act(later, ref, Who.WORKER, Action.START, ActionInput.none());
        }
    }

    private void handOn(Ref ref, Instant at) {
        var who = dice.oneIn(4) ? Who.COMMUNITY : Who.HANDLER;
        if (dice.oneIn(2)) {
            plan.act(at, ref, who, Action.ESCALATE, reason());
        } else {
            var to = dice.oneIn(2)
                    ? DemoStructure.firm(1 + dice.upTo(Stage.FIRMS))
                    : DemoStructure.office("community-" + firm);
            plan.act(at, ref, who, Action.TRANSFER, reason().with("organizationId", to));
        }
    }

    /** Somewhere between the report and the resolve, which puts an end to whatever still waits by then. */
    private void delay(Ref ref, Instant from, Instant r) {
        var at = from.plus(A_WHILE.multipliedBy(4))
                .plus(dice.within(Duration.between(from.plus(A_WHILE.multipliedBy(4)), r)));
        switch (dice.upTo(5)) {
            case 0 -> {
                ask(ref, at);
                answer(ref, at.plus(dice.within(Duration.between(at, r))));
            }
            case 1, 2, 3 -> {
                ask(ref, at);
                plan.act(at, ref, Who.HANDLER, Action.WITHDRAW_REQUEST, ActionInput.none());
                ask(ref, dice.pick(List.of(at.plus(dice.within(Duration.between(at, r))), r.minus(Dice.MILLI), r)));
            }
            default -> {
                suspend(ref, Who.HANDLER, at, dice.within(Duration.ofHours(30)));
                if (dice.oneIn(2)) {
                    suspend(ref, Who.TOWN, at.plus(dice.within(Duration.between(at, r))), Duration.ofHours(1));
                }
            }
        }
    }

    void ask(Ref ref, Instant at) {
        plan.act(at, ref, Who.HANDLER, Action.REQUEST_INFO, message());
    }

    void answer(Ref ref, Instant at) {
        plan.act(at, ref, Who.RESIDENT, Action.PROVIDE_INFO, message());
    }

    private void suspend(Ref ref, Who who, Instant at, Duration length) {
        var until = at.plus(length).plus(Dice.MILLI);
        plan.act(at, ref, who, Action.SUSPEND, reason().with("until", until.toString()));
    }

    /** Asked, and nobody answers: the clock takes the question back. */
    private void resolveWithoutAnswer(Subject subject, Instant r) {
        var ref = report(subject, r.minus(Dice.WEEK).minus(Duration.ofHours(5)));
        ask(ref, r.minus(Dice.WEEK).minus(dice.within(Duration.ofHours(4))));
        resolve(ref, r, "fixed");
        tails.write(ref, subject, r);
    }

    private void takeBack(Subject subject, Instant at) {
        var ref = report(subject, at.minus(dice.within(Duration.ofHours(50))));
        if (dice.oneIn(2)) {
            plan.act(at, ref, Who.HANDLER, Action.ACCEPT, ActionInput.none());
        }
        plan.act(at, ref, Who.RESIDENT, Action.CANCEL, reason());
    }

    /** For ever, or until long after it was due; some stand still meanwhile. */
    private void neverResolve(Subject subject, Instant at) {
        var ref = report(subject, at);
        if (dice.oneIn(2)) {
            plan.act(at.plus(A_WHILE), ref, Who.HANDLER, Action.ACCEPT, ActionInput.none());
        }
        if (dice.oneIn(3)) {
            suspend(ref, Who.HANDLER, at.plus(dice.within(Duration.ofDays(5))), Duration.ofDays(20));
        }
        if (dice.oneIn(3)) {
            resolve(ref, at.plus(Duration.ofDays(10)).plus(dice.within(Duration.ofDays(10))), "fixed");
        }
    }

    /** The first into the second into the third, which is resolved and may be reported anew. */
    private void mergeInTurn(Subject subject, Instant r) {
        var at = r.minus(Duration.ofHours(6));
        var first = report(subject, at);
        var second = report(subject, at.plus(dice.within(A_WHILE)));
        var third = report(subject, at.plus(A_WHILE).plus(dice.within(A_WHILE)));
        merge(first, second, at.plus(A_WHILE.multipliedBy(2)));
        merge(second, third, at.plus(A_WHILE.multipliedBy(2)).plus(dice.within(A_WHILE)));
        resolve(third, r, "fixed");
        tails.write(third, subject, r);
    }

    void merge(Ref ref, Ref into, Instant at) {
        plan.act(at, ref, dice.oneIn(3) ? Who.COMMUNITY : Who.HANDLER, Action.MERGE, "intoTicketId", into);
    }

    static ActionInput reason() {
        return ActionInput.none().with("reason", "情况说明");
    }

    private static ActionInput message() {
        return ActionInput.none().with("message", "请补充门牌号");
    }
}

package org.huying.audit.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.huying.audit.history.Plan.Ref;
import org.huying.audit.history.Plan.Who;
import org.huying.audit.history.Stories.Subject;
import org.huying.ticket.Action;
import org.huying.ticket.ActionInput;

/** What happens to a ticket after its first resolve: everything that could break it, in any order. */
final class Tails {
    private final Dice dice;
    private final Plan plan;
    private final Stories stories;

    Tails(Dice dice, Plan plan, Stories stories) {
        this.dice = dice;
        this.plan = plan;
        this.stories = stories;
    }

    void write(Ref ref, Subject subject, Instant r) {
        for (var i = dice.pick(List.of(0, 1, 1, 1, 2, 2, 3)); i > 0; i--) {
            switch (dice.upTo(9)) {
                case 0 -> reopen(ref, r);
                case 1 -> visit(ref, r);
                case 2 -> rate(ref, r);
                case 3 -> confirm(ref, r);
                case 4 -> reportAgain(subject, r);
                case 5 -> exclude(ref, r);
                case 6 -> link(ref, subject, r);
                case 7 -> reopenAndRate(ref, r);
                default -> reportAgainLater(subject, r);
            }
        }
    }

    private void reopen(Ref ref, Instant r) {
        var at = dice.edge(r);
        plan.act(at, ref, Who.RESIDENT, Action.REOPEN, Stories.reason());
        if (dice.oneIn(3)) {
            // asking as often as one likes, now that it was resolved once
            stories.ask(ref, at.plus(Dice.MILLI));
            stories.answer(ref, at.plus(Dice.MILLI));
            stories.ask(ref, at.plusSeconds(1));
        }
        var later = at.plus(dice.within(Duration.ofDays(2)));
        switch (dice.upTo(4)) {
            case 0 -> plan.act(later, ref, Who.RESIDENT, Action.CANCEL, Stories.reason());
            case 1 -> {}
            default -> {
                stories.resolve(ref, later, dice.oneIn(3) ? "unable" : "fixed");
                if (dice.oneIn(2)) {
                    plan.act(dice.edge(later), ref, Who.RESIDENT, Action.REOPEN, Stories.reason());
                }
            }
        }
    }

    /** Two causes within the window, in either order. */
    private void reopenAndRate(Ref ref, Instant r) {
        var at = r.plus(dice.within(Duration.ofDays(5)));
        if (dice.oneIn(2)) {
            rate(ref, at, 1 + dice.upTo(2));
            plan.act(at.plus(dice.within(Duration.ofDays(1))), ref, Who.RESIDENT, Action.REOPEN, Stories.reason());
        } else {
            plan.act(at, ref, Who.RESIDENT, Action.REOPEN, Stories.reason());
            stories.resolve(ref, at.plus(Duration.ofHours(1)), "fixed");
            rate(ref, at.plus(Duration.ofHours(1)).plus(dice.within(Duration.ofDays(1))), 1 + dice.upTo(2));
        }
    }

    private void visit(Ref ref, Instant r) {
        var input = ActionInput.none().with("solved", dice.oneIn(2)).with("note", "已回访");
        plan.act(dice.edge(r), ref, dice.pick(List.of(Who.VISITOR, Who.TOWN, Who.COMMUNITY)), Action.FOLLOW_UP, input);
    }

    /** Once, or good after bad, or bad after good. */
    private void rate(Ref ref, Instant r) {
        var first = 1 + dice.upTo(5);
        var at = dice.edge(r);
        rate(ref, at, first);
        if (dice.oneIn(2)) {
            var second = dice.edge(r);
            rate(ref, second.isBefore(at) ? at : second, first <= 2 ? 5 : 2);
        }
    }

    private void rate(Ref ref, Instant at, int rating) {
        plan.act(at, ref, Who.RESIDENT, Action.RATE, ActionInput.none().with("rating", rating));
    }

    private void confirm(Ref ref, Instant r) {
        var input = ActionInput.none();
        plan.act(
                dice.oneIn(4) ? r.plus(Dice.WEEK) : dice.edge(r),
                ref,
                Who.RESIDENT,
                Action.CONFIRM,
                dice.oneIn(2) ? input : input.with("rating", 1 + dice.upTo(5)));
    }

    /** Also just before the resolve, and at the very instant. What becomes of that report does not matter. */
    private void reportAgain(Subject subject, Instant r) {
        var at = dice.oneIn(6) ? r.minus(Dice.MILLI) : dice.edge(r);
        var again = stories.report(subject, at);
        var later = at.plus(Duration.ofMinutes(5)).plus(dice.within(Duration.ofHours(5)));
        switch (dice.upTo(4)) {
            case 0 -> plan.act(later, again, Who.RESIDENT, Action.CANCEL, Stories.reason());
            case 1 -> {
                var third = stories.report(subject, at.plus(dice.within(Duration.ofMinutes(5))));
                stories.merge(again, third, later);
                stories.resolve(third, later.plus(Duration.ofHours(1)), "fixed");
            }
            case 2 -> {
                stories.resolve(again, later, "fixed");
                write(again, subject, later);
            }
            default -> {}
        }
    }

    /** Somebody else's report of the same spot, or the same somebody's of another item, is none. */
    private void reportAgainLater(Subject subject, Instant r) {
        var other = new Subject(subject.isSpot() ? "garbage" : "light-out", subject.home(), subject.isSpot());
        stories.resolve(stories.report(other, dice.edge(r)), r.plus(Dice.WEEK.multipliedBy(2)), "fixed");
    }

    /** By a supervisor who may; taken back, and perhaps done again. */
    private void exclude(Ref ref, Instant r) {
        var at = dice.oneIn(3) ? dice.edge(r) : r.plus(dice.within(Duration.ofDays(20)));
        var who = dice.oneIn(2) ? Who.TOWN : Who.DISTRICT;
        exclude(ref, who, at);
        if (dice.oneIn(2)) {
            var until = at.plus(dice.oneIn(4) ? Duration.ZERO : dice.within(Duration.ofDays(15)));
            plan.act(until, ref, who, Action.INCLUDE, ActionInput.none().with("note", "恢复统计"));
            if (dice.oneIn(2)) {
                exclude(ref, who, until.plus(dice.within(Duration.ofDays(5))));
            }
        }
    }

    private void exclude(Ref ref, Who who, Instant at) {
        var reason = dice.oneIn(2) ? "test" : "out_of_scope";
        plan.act(
                at,
                ref,
                who,
                Action.EXCLUDE,
                Stories.reason().with("reason", reason).with("note", "核实"));
    }

    /** Of what was filed under another item. */
    private void link(Ref ref, Subject subject, Instant r) {
        var at = dice.edge(r);
        var again = stories.report(new Subject("stairwell-cleaning", subject.home(), false), at);
        stories.resolve(again, at.plus(Duration.ofHours(3)), "fixed");
        var linked = dice.edge(r);
        plan.act(linked.isBefore(at) ? at : linked, ref, Who.TOWN, Action.LINK, "ticketId", again);
    }
}

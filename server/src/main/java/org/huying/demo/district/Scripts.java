package org.huying.demo.district;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.huying.demo.district.Story.Actor;

/** Turns a fate into steps: who does what, and after how long. */
final class Scripts {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Duration A_WHILE = Duration.ofMinutes(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    /** Within the seven days in which a resident may come back. */
    private static final Duration LATEST_RETURN = Duration.ofDays(5);

    private final Phrases phrases;
    private final Random random;

    Scripts(Phrases phrases, Random random) {
        this.phrases = phrases;
        this.random = random;
    }

    Script write(Fate fate, DemoData.Item item, Instant begins) {
        var script = new Script(begins, random);
        switch (fate) {
            case INFO_ONCE -> infoOnce(script, item);
            case PAUSED -> paused(script, item);
            case TRANSFERRED -> handedOn(script, item, "transfer", "transferred");
            case ESCALATED -> handedOn(script, item, "escalate", "escalated");
            case LATE -> late(script, item);
            case REOPENED -> reopened(script, item);
            case RE_REPORTED, CARED_FOR -> resolvedInTime(script, item);
            case INFO_TWICE -> infoTwice(script, item);
            case UNABLE -> solvedAs(script, item, "unable", phrases.pick("unable", random));
            case NOT_RESPONSIBLE -> solvedAs(script, item, "not_responsible", phrases.pick("notResponsible", random));
            case DISSATISFIED -> dissatisfied(script, item);
            case EXCLUDED, INCLUDED_AGAIN -> excluded(script, item, fate == Fate.INCLUDED_AGAIN);
            case CANCELLED -> cancelled(script);
            case MERGED -> accept(script);
            default -> plainOrOpen(fate, script, item);
        }
        return script;
    }

    private void plainOrOpen(Fate fate, Script script, DemoData.Item item) {
        switch (fate) {
            case UNTOUCHED -> {}
            case ACCEPTED -> accept(script);
            case ASSIGNED -> assign(accept(script));
            case WORKING -> start(assign(accept(script)));
            case WAITING -> askInfo(accept(script), "infoRequests");
            case SUSPENDED -> suspend(accept(script), 25);
            default -> {
                maybeUrge(accept(script));
                maybeComment(script);
                // What takes no worker, or a word on the phone, is settled at the desk.
                if (!item.kind().equals("consultation") && random.nextInt(10) < 6) {
                    start(assign(script));
                }
                resolve(script, item, howItEnds(item), resolvedNote(item));
                ending(script);
            }
        }
    }

    private void resolvedInTime(Script script, DemoData.Item item) {
        resolve(start(assign(accept(script))), item, howItEnds(item), resolvedNote(item));
    }

    private void infoOnce(Script script, DemoData.Item item) {
        provideInfo(askInfo(accept(script), "infoRequests"));
        resolve(start(assign(script)), item, howItEnds(item), resolvedNote(item));
        ending(script);
    }

    private void infoTwice(Script script, DemoData.Item item) {
        provideInfo(askInfo(accept(script), "infoRequests"));
        provideInfo(askInfo(script, "infoAgain"));
        resolve(start(assign(script)), item, "fixed", resolvedNote(item));
        ending(script);
    }

    private void paused(Script script, DemoData.Item item) {
        // It goes on by itself when its date has come.
        int days = 2 + random.nextInt(6);
        suspend(accept(script), days);
        script.then(
                DAY.multipliedBy(days).plus(HOUR),
                DAY.multipliedBy(days).plus(HOUR.multipliedBy(5)),
                Actor.HANDLER,
                "assign",
                Map.of());
        resolve(start(script), item, howItEnds(item), resolvedNote(item));
        ending(script);
    }

    private void handedOn(Script script, DemoData.Item item, String action, String occasion) {
        accept(script).then(A_WHILE, HOUR.multipliedBy(3), Actor.HANDLER, action, reason(occasion));
        resolvedInTime(accept(script), item);
        ending(script);
    }

    /** When its time is up it has gone one level up by itself; there it is taken on at once. */
    private void late(Script script, DemoData.Item item) {
        var due = script.at().plus(Duration.ofHours(item.resolutionHours()));
        assign(accept(script));
        script.then(A_WHILE, HOUR.multipliedBy(2), Actor.REPORTER, "urge", Map.of());
        var untilDue = Duration.between(script.at(), due);
        script.then(untilDue.plus(SOON), untilDue.plus(A_WHILE), Actor.HANDLER, "accept", Map.of());
        resolve(start(assign(script)), item, howItEnds(item), resolvedNote(item));
        ending(script);
    }

    private void reopened(Script script, DemoData.Item item) {
        resolve(start(assign(accept(script))), item, "fixed", resolvedNote(item));
        if (random.nextInt(4) == 0) {
            script.then(HOUR.multipliedBy(6), LATEST_RETURN, Actor.VISITOR, "follow-up", visit(false));
        } else {
            script.then(HOUR.multipliedBy(3), LATEST_RETURN, Actor.REPORTER, "reopen", reason("reopened"));
        }
        resolve(script, item, "fixed", phrases.pick("again", random));
        ending(script);
    }

    private void solvedAs(Script script, DemoData.Item item, String outcome, String note) {
        resolve(start(assign(accept(script))), item, outcome, note);
    }

    private void dissatisfied(Script script, DemoData.Item item) {
        resolvedInTime(script, item);
        script.then(
                HOUR,
                LATEST_RETURN,
                Actor.REPORTER,
                "rate",
                Map.of("rating", 1 + random.nextInt(2), "comment", phrases.pick("complaints", random)));
    }

    private void excluded(Script script, DemoData.Item item, boolean includedAgain) {
        resolvedInTime(script, item);
        boolean isTest = random.nextInt(3) == 0;
        script.then(
                DAY,
                DAY.multipliedBy(4),
                Actor.TOWN_SUPERVISOR,
                "exclude",
                Map.of(
                        "reason",
                        isTest ? "test" : "out_of_scope",
                        "note",
                        phrases.pick(isTest ? "excludedTest" : "excludedScope", random)));
        if (includedAgain) {
            script.then(
                    DAY.multipliedBy(2),
                    DAY.multipliedBy(5),
                    Actor.TOWN_SUPERVISOR,
                    "include",
                    Map.of("note", phrases.pick("included", random)));
        }
    }

    private void cancelled(Script script) {
        if (random.nextBoolean()) {
            accept(script);
        }
        script.then(
                SOON,
                HOUR.multipliedBy(3),
                Actor.REPORTER,
                "cancel",
                Map.of("reason", phrases.pick("cancelled", random)));
    }

    private void ending(Script script) {
        int draw = random.nextInt(100);
        if (draw < 40) {
            script.then(HOUR, DAY.multipliedBy(2), Actor.REPORTER, "confirm", praise());
        } else if (draw < 50) {
            script.then(HOUR, DAY.multipliedBy(4), Actor.REPORTER, "confirm", Map.of());
        } else if (draw < 65) {
            script.then(DAY, DAY.multipliedBy(3), Actor.VISITOR, "follow-up", visit(true));
        } else if (draw < 70) {
            script.then(HOUR, DAY.multipliedBy(3), Actor.REPORTER, "rate", praise());
        }
        // Silence: closed by the clock after seven days.
    }

    private static Script accept(Script script) {
        return script.then(SOON, A_WHILE, Actor.HANDLER, "accept", Map.of());
    }

    private static Script assign(Script script) {
        return script.then(SOON, A_WHILE.plusMinutes(10), Actor.HANDLER, "assign", Map.of());
    }

    private static Script start(Script script) {
        return script.then(SOON.plusMinutes(12), HOUR.multipliedBy(2), Actor.WORKER, "start", Map.of());
    }

    /** Within a quarter of the time that there is, so that a night in between does no harm. */
    private Script resolve(Script script, DemoData.Item item, String outcome, String note) {
        var most = Duration.ofMinutes(
                Math.min(item.resolutionHours() * 15L, DAY.multipliedBy(3).toMinutes()));
        return script.then(
                SOON.plusMinutes(17), most, Actor.WORKER, "resolve", Map.of("outcome", outcome, "note", note));
    }

    private Script askInfo(Script script, String occasion) {
        return script.then(
                SOON, A_WHILE, Actor.HANDLER, "request-info", Map.of("message", phrases.pick(occasion, random)));
    }

    private Script provideInfo(Script script) {
        return script.then(
                SOON,
                HOUR.multipliedBy(6),
                Actor.REPORTER,
                "provide-info",
                Map.of("message", phrases.pick("infoProvided", random)));
    }

    private Script suspend(Script script, int days) {
        var fields = new HashMap<String, Object>(reason("suspended"));
        fields.put("days", days);
        return script.then(SOON, HOUR, Actor.HANDLER, "suspend", fields);
    }

    private void maybeUrge(Script script) {
        if (random.nextInt(25) == 0) {
            script.then(SOON, A_WHILE, Actor.REPORTER, "urge", Map.of());
        }
    }

    private void maybeComment(Script script) {
        if (random.nextInt(20) == 0) {
            script.then(
                    SOON,
                    A_WHILE,
                    Actor.HANDLER,
                    "comment",
                    Map.of("text", phrases.pick("comments", random), "internal", random.nextBoolean()));
        }
    }

    private Map<String, Object> praise() {
        var fields = new HashMap<String, Object>(Map.of("rating", 4 + random.nextInt(2)));
        if (random.nextInt(3) == 0) {
            fields.put("comment", phrases.pick("praise", random));
        }
        return fields;
    }

    private Map<String, Object> visit(boolean solved) {
        return Map.of("solved", solved, "note", phrases.pick(solved ? "followUps" : "followUpsUnsolved", random));
    }

    private Map<String, Object> reason(String occasion) {
        return Map.of("reason", phrases.pick(occasion, random));
    }

    private static String howItEnds(DemoData.Item item) {
        return item.kind().equals("consultation") ? "answered" : "fixed";
    }

    private String resolvedNote(DemoData.Item item) {
        return phrases.pick("resolved." + item.kind(), random);
    }
}

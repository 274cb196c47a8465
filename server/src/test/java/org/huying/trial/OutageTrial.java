package org.huying.trial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.huying.testing.Eventually;

/** Something goes dead under callers, and comes back: how long they wait, how soon it goes on, and what is in the books. */
final class OutageTrial {
    private static final int CALLERS = 16;
    private static final int BEFORE = 40;
    private static final int AFTER = 20;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Installation on;
    private final Bounds bounds;

    OutageTrial(Installation on, Bounds bounds) {
        this.on = on;
        this.bounds = bounds;
    }

    /** Nothing answers any more, and connections are taken all the same. */
    Outcome databaseFrozen() {
        return run("database frozen behind its proxy", on.way()::freeze, on.way()::thaw);
    }

    Outcome backendsStopped() {
        return run("all backends stopped", on.postgres()::stop, on.postgres()::goOn);
    }

    /** What is new works at once; the fault is over when it begins. */
    Outcome failedOver() {
        var outcome = new Outcome("connections dead after a fail-over");
        try (var callers = callers()) {
            var since = System.nanoTime();
            on.way().freezeExisting();
            var job = on.district().leaveJob();
            Eventually.until("booked again", () -> callers.firstBookedAfter(since) != null);
            Eventually.until("a job is done", () -> on.district().isTried(job));
            var worked = Duration.ofNanos(System.nanoTime() - since);
            outcome.measured("a job done after", millis(worked))
                    .require(worked.compareTo(bounds.refusal()) <= 0, "jobs go on within " + millis(bounds.refusal()));
            Eventually.until("all dead connections given up", () -> on.way().frozenWays() == 0);
            // Those of jobs, too, whose statements may take longer.
            outcome.measured("no dead connection after", millis(Duration.ofNanos(System.nanoTime() - since)));
            measure(outcome, callers, since, System.nanoTime());
            var lastRefused = callers.underWay(since, System.nanoTime()).stream()
                    .filter(each -> each.status() != 201)
                    .mapToLong(each -> each.answeredNanos() - since)
                    .max();
            var allClear = Duration.ofNanos(lastRefused.orElse(0));
            outcome.measured("last refused after", millis(allClear))
                    .require(
                            allClear.compareTo(bounds.refusal()) <= 0,
                            "nobody is refused after " + millis(bounds.refusal()));
            finish(outcome, callers);
        }
        return outcome;
    }

    private Outcome run(String name, Runnable fault, Runnable mend) {
        var outcome = new Outcome(name);
        try (var callers = callers()) {
            var since = System.nanoTime();
            fault.run();
            var end = since + bounds.fault().toNanos();
            Eventually.until("readiness says so", () -> ready() == 503);
            outcome.measured("not ready after", millis(Duration.ofNanos(System.nanoTime() - since)));
            LockSupport.parkNanos(Math.max(0, end - System.nanoTime()));
            var all = callers.askedBetween(
                    since, System.nanoTime() - bounds.refusal().toNanos());
            outcome.require(all.stream().noneMatch(each -> each.status() == 201), "nothing is booked meanwhile");
            mend.run();
            var mended = System.nanoTime();
            Eventually.until("booked again", () -> firstBooked(callers, mended).isPresent());
            measure(outcome, callers, since, mended);
            var recovered = Duration.ofNanos(firstBooked(callers, mended).orElseThrow());
            outcome.measured("booked again after", millis(recovered))
                    .require(
                            recovered.compareTo(bounds.recovery()) <= 0,
                            "recovery within " + millis(bounds.recovery()));
            Eventually.until("ready again", () -> ready() == 200);
            finish(outcome, callers);
        }
        return outcome;
    }

    /** Also who asked before it was mended. */
    private static OptionalLong firstBooked(Callers callers, long mended) {
        return callers.askedBetween(mended - Duration.ofMinutes(1).toNanos(), System.nanoTime()).stream()
                .filter(each -> each.status() == 201 && each.answeredNanos() - mended >= 0)
                .mapToLong(each -> each.answeredNanos() - mended)
                .min();
    }

    private Callers callers() {
        var callers = new Callers(on.node()::uri, on.district(), CALLERS);
        Eventually.until("callers are at it", () -> callers.booked() >= BEFORE);
        return callers;
    }

    private void measure(Outcome outcome, Callers callers, long since, long until) {
        var asked = callers.underWay(since, until);
        var longest = asked.stream()
                .map(Callers.Told::waited)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        var refused = asked.stream().filter(each -> each.status() == 503).count();
        var others = asked.stream()
                .filter(each -> each.status() != 503 && each.status() != 201)
                .toList();
        outcome.measured("answers", asked.size())
                .measured("refused", refused)
                .measured("longest wait", millis(longest))
                .require(longest.compareTo(bounds.refusal()) <= 0, "503 within " + millis(bounds.refusal()))
                .require(others.isEmpty(), "nobody is told anything but 503: " + Callers.codes(others));
    }

    private void finish(Outcome outcome, Callers callers) {
        var before = callers.booked();
        Eventually.until("it goes on", () -> callers.booked() >= before + AFTER);
        callers.end();
        on.district().audit(callers, outcome);
    }

    private int ready() throws IOException, InterruptedException {
        URI uri = on.node().managementUri().resolve("/health/ready");
        return CLIENT.send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }
}

package org.huying.trial;

import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.huying.db.job.Jobs;
import org.huying.kernel.Ids;
import org.huying.testing.Eventually;
import org.huying.testing.TestDay;

/** A node is told to end while thousands of jobs are due and callers are at it on connections that are kept. */
final class StopTrial {
    private static final int CALLERS = 16;
    static final int BACKLOG = 20_000;
    private static final int BATCH = 2_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Installation on;
    private final Bounds bounds;
    private final int backlog;

    /** @param backlog how many jobs are due */
    StopTrial(Installation on, Bounds bounds, int backlog) {
        this.on = on;
        this.bounds = bounds;
        this.backlog = backlog;
    }

    Outcome withABacklog() throws IOException, InterruptedException {
        var outcome = new Outcome("stopped with a backlog of " + backlog + " jobs");
        // From the port of management, which tells the same and takes no bookings.
        try (var balancer = new Balancer(on.node().managementUri());
                var callers = new Callers(on.node()::uri, balancer, on.district(), CALLERS)) {
            leaveJobs();
            Eventually.until("callers are at it", () -> callers.booked() >= CALLERS);
            var since = System.nanoTime();
            var process = on.node().terminate();
            var ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
            var took = Duration.ofNanos(System.nanoTime() - since);
            callers.end();
            var asked = callers.underWay(since, System.nanoTime());
            var cut = asked.stream().filter(each -> each.status() == 0).toList();
            outcome.measured("ended after", OutageTrial.millis(took))
                    .require(
                            ended && took.compareTo(bounds.stop()) <= 0,
                            "ended within " + OutageTrial.millis(bounds.stop()))
                    .measured("asked meanwhile", asked.size())
                    .require(!asked.isEmpty(), "somebody asks meanwhile")
                    .measured("cut", cut.size())
                    .require(cut.isEmpty(), "no request is cut: " + Callers.codes(cut));
            var others = asked.stream()
                    .filter(each -> each.status() != 0 && each.status() != 201)
                    .toList();
            outcome.require(others.isEmpty(), "all are booked: " + Callers.codes(others));
            on.restartNode(Map.of());
            on.district().audit(callers, outcome);
        }
        return outcome;
    }

    /** Calls of tickets that are not there: each costs a look, and is put off. */
    private void leaveJobs() {
        var due = TestDay.start().minus(Duration.ofHours(1));
        for (int left = backlog; left > 0; left -= BATCH) {
            var jobs = Stream.generate(() -> new Jobs.NewJob("ticket_clock", Ids.next(), new JsonObject(), due))
                    .limit(BATCH)
                    .toList();
            await(on.district()
                    .database()
                    .inTransaction(transaction -> Jobs.leave(transaction, TrialDistrict.DISTRICT, jobs)));
        }
    }
}

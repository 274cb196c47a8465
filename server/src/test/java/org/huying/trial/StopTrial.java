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
    private static final int BACKLOG = 20_000;
    private static final int BATCH = 2_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PROMISED = Duration.ofSeconds(15);

    private final Installation on;

    StopTrial(Installation on) {
        this.on = on;
    }

    Outcome withABacklog() throws IOException, InterruptedException {
        var outcome = new Outcome("stopped with a backlog of " + BACKLOG + " jobs");
        try (var callers = new Callers(on.node()::uri, on.district(), CALLERS)) {
            leaveJobs();
            Eventually.until("callers are at it", () -> callers.booked() >= CALLERS);
            var since = System.nanoTime();
            var process = on.node().terminate();
            var ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
            var took = Duration.ofNanos(System.nanoTime() - since);
            var asked = callers.askedBetween(since - LONGEST.toNanos(), System.nanoTime());
            var cut = asked.stream()
                    .filter(each -> each.status() == 0 && !each.code().contains("Connect"))
                    .count();
            callers.end();
            outcome.measured("ended after", OutageTrial.millis(took))
                    .require(ended && took.compareTo(PROMISED) <= 0, "ended within " + OutageTrial.millis(PROMISED))
                    .measured("cut", cut)
                    .require(cut == 0, "no request is cut");
            on.restartNode(Map.of());
            on.district().audit(callers, outcome);
        }
        return outcome;
    }

    /** Calls of tickets that are not there: each costs a look, and is put off. */
    private void leaveJobs() {
        var due = TestDay.start().minus(Duration.ofHours(1));
        for (int left = BACKLOG; left > 0; left -= BATCH) {
            var jobs = Stream.generate(() -> new Jobs.NewJob("ticket_clock", Ids.next(), new JsonObject(), due))
                    .limit(BATCH)
                    .toList();
            await(on.district()
                    .database()
                    .inTransaction(transaction -> Jobs.leave(transaction, TrialDistrict.DISTRICT, jobs)));
        }
    }
}

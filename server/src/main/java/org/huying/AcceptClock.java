package org.huying;

import static org.huying.command.Outcomes.await;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.clock.ClockGuard;
import org.huying.db.clock.ClockWatch;

/**
 * The operator's word that the clocks are right now, and that what is stored from times to come was written by a wrong one:
 * the nodes write again. Ends with 0; with 1 when there is nothing to accept, or this machine's clock and the database's
 * differ; with 2 when it could not be told.
 */
public final class AcceptClock {
    private static final String USAGE = "usage: scripts/accept-clock [postgresql://user:password@host:port/name]";

    private AcceptClock() {}

    /** Runs once. */
    public static void main(String[] args) {
        System.exit(run(args, System.getenv(), Clock.systemUTC()));
    }

    static int run(String[] args, Map<String, String> environment, Clock clock) {
        var url = args.length == 1 ? args[0] : environment.get("HUYING_DATABASE_URL");
        if (args.length > 1 || url == null || !url.matches("postgres(ql)?://.*")) {
            System.err.println(USAGE);
            return 2;
        }
        try {
            return accept(url, clock);
        } catch (RuntimeException e) {
            System.err.println("accept-clock: the database does not answer as that of this build: " + e.getMessage());
            return 2;
        }
    }

    private static int accept(String url, Clock clock) {
        var vertx = Vertx.vertx();
        try {
            var database = new Database(Pools.forJobs(vertx, "accept-clock", url, 1));
            var guard = new ClockGuard(clock, clock, System::nanoTime);
            await(database.open().compose(open -> new ClockWatch(vertx, database, guard).compare()));
            if (guard.backwards().isPresent()) {
                var now = clock.instant();
                await(database.inTransaction(transaction -> ClockWatch.accept(transaction, now)));
                return accepted(now);
            }
            System.err.println(
                    guard.refusal() == null
                            ? "accept-clock: nothing is stored from times to come"
                            : "accept-clock: this machine's clock and the database's differ; put them right first");
            return 1;
        } finally {
            await(vertx.close());
        }
    }

    private static int accepted(Instant now) {
        System.out.println("accepted: it is " + now + "; the nodes write again within a few seconds");
        return 0;
    }
}

package org.huying.ticket.digest;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.ZoneId;
import java.util.UUID;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.Jobs;

/** Publishes what days have closed since the last digest, the oldest first, and leaves the job of the day after. */
final class DigestPublisher implements JobHandler {
    /** After a long standstill the rest is for the next run: one transaction must not take long. */
    private static final int DAYS_AT_ONCE = 31;

    /** The day to be published, and the digest that it follows. */
    private record Next(LogDay day, String previousDigest) {}

    private final Clock clock;
    private final DigestStore store = new DigestStore();

    DigestPublisher(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Future<Void> run(SqlConnection transaction, Job job) {
        var districtId = job.districtId();
        return store.lock(transaction, districtId)
                .compose(zone -> next(transaction, districtId, zone))
                .compose(next -> publish(transaction, districtId, next, DAYS_AT_ONCE))
                .compose(next -> Jobs.leave(
                        transaction,
                        districtId,
                        Jobs.NewJob.of(
                                LogDigests.PUBLISH, districtId, next.day().closesAt())));
    }

    /** A district's log begins on the day of its first event; without any, on the latest day that has closed. */
    private Future<Next> next(SqlConnection transaction, UUID districtId, ZoneId zone) {
        var latestClosed = LogDay.latestClosed(clock.instant(), zone);
        return store.latest(transaction, districtId)
                .compose(latest -> latest.map(found -> Future.succeededFuture(
                                new Next(new LogDay(found.date(), zone).plus(1), found.digest())))
                        .orElseGet(() -> store.firstEventAt(transaction, districtId)
                                .map(first -> first.map(at -> LogDay.of(at, zone))
                                        .filter(day -> day.date().isBefore(latestClosed.date()))
                                        .orElse(latestClosed))
                                .map(day -> new Next(day, LogDigest.GENESIS))));
    }

    /** Up to so many days; the one to go on with. */
    private Future<Next> publish(SqlConnection transaction, UUID districtId, Next next, int days) {
        var day = next.day();
        var now = clock.instant();
        if (days == 0 || day.closesAt().isAfter(now)) {
            return Future.succeededFuture(next);
        }
        return store.heads(transaction, districtId, day)
                .map(heads -> new LogDigest(LogDigest.FORMAT, districtId, day.date(), next.previousDigest(), heads))
                .compose(digest -> store.publish(transaction, digest, now)
                        .compose(done ->
                                publish(transaction, districtId, new Next(day.plus(1), digest.digest()), days - 1)));
    }
}

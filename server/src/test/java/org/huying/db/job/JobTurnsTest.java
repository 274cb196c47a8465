package org.huying.db.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.huying.db.Database;
import org.huying.kernel.Ids;
import org.huying.testing.Patient;
import org.huying.testing.TestClock;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Work is shared out fairly between districts and kinds, and left in good order when a worker goes. */
@Tag("long")
class JobTurnsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final String url = TestServers.createMigratedDatabase();
    private final TestClock clock = new TestClock(NOON);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Database database = Patient.database(vertx, "test", url, Side.INNER.atOnce() + 1);
    private final UUID large = Ids.next();
    private final UUID small = Ids.next();

    @BeforeEach
    void found() {
        for (var district : List.of(large, small)) {
            sql("INSERT INTO district (id, name) VALUES ($1, $2)", district, district.toString());
        }
        sql("DELETE FROM job");
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void aDistrictWhoseJobsAreSlowHoldsUpNoOther() {
        // given
        leave(large, "slow", 50, NOON.minusSeconds(60));
        var slow = Promise.<Void>promise();
        var noted = Promise.<UUID>promise();
        var worker = worker(Map.of("slow", (transaction, job) -> slow.future(), "note", (transaction, job) -> {
            noted.complete(job.districtId());
            return Future.succeededFuture();
        }));
        await(worker.look());

        // when
        leave(small, "note", 1, NOON);
        await(worker.look());

        // then
        assertThat(await(noted.future())).isEqualTo(small);
        slow.complete();
        await(worker.stop());
    }

    @Test
    void aNewNoticeDoesNotWaitBehindThousandsOfOldClocks() {
        // given
        leave(large, "clock", 2000, NOON.minusSeconds(3600));
        leave(large, "note", 1, NOON);
        var done = new CopyOnWriteArrayList<String>();
        JobHandler listing = (transaction, job) -> {
            done.add(job.kind());
            return Future.succeededFuture();
        };

        // when
        await(worker(Map.of("clock", listing, "note", listing)).runDue());

        // then
        assertThat(done).hasSize(2001);
        // of the hands that work at once some are quicker than others
        assertThat(done.indexOf("note")).isLessThan(10 * Side.INNER.atOnce());
    }

    @Test
    void whoStopsEndsWhatIsInHandAndLeavesTheRest() {
        // given
        leave(large, "clock", 200, NOON);
        var begun = new AtomicInteger();
        var worker = new JobWorker[1];
        var stopped = Promise.<Void>promise();
        worker[0] = worker(Map.of("clock", (transaction, job) -> {
            if (begun.incrementAndGet() == 10) {
                worker[0].stop().onComplete(stopped);
            }
            return Future.succeededFuture();
        }));

        // when
        await(worker[0].runDue());
        await(stopped.future());
        await(worker[0].runDue());

        // then
        assertThat(begun.get()).isBetween(10, 10 + Side.INNER.atOnce());
        assertThat(jobsLeft()).isEqualTo(200 - begun.get());
    }

    @Test
    void theLagGrowsWhileNobodyLooks() {
        // given
        leave(large, "clock", 1, NOON.minusSeconds(7));
        var slow = Promise.<Void>promise();
        var worker = worker(Map.of("clock", (transaction, job) -> slow.future()));
        await(worker.look());
        var before = lag();

        // when
        clock.advance(Duration.ofSeconds(30));

        // then
        assertThat(before).isEqualTo(7);
        assertThat(lag()).isEqualTo(37);
        slow.complete();
        await(worker.runDue());
        assertThat(lag()).isZero();
    }

    private double lag() {
        return registry.get("huying.jobs.lag.seconds").gauge().value();
    }

    private JobWorker worker(Map<String, JobHandler> handlers) {
        return new JobWorker(Side.INNER, database, clock, handlers, registry);
    }

    private void leave(UUID district, String kind, int count, Instant dueAt) {
        var jobs = IntStream.range(0, count)
                .mapToObj(i -> Jobs.NewJob.of(kind, Ids.next(), dueAt))
                .toList();
        await(database.inTransaction(transaction -> Jobs.leave(transaction, district, jobs)));
    }

    private long jobsLeft() {
        return await(database.read(client -> client.query("SELECT count(*) FROM job")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))));
    }

    private void sql(String statement, Object... values) {
        await(database.read(client ->
                client.preparedQuery(statement).execute(Tuple.from(values)).mapEmpty()));
    }
}

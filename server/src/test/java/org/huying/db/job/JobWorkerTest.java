package org.huying.db.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.huying.db.Database;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.testing.Patient;
import org.huying.testing.TestClock;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What must happen later happens once, when it is due, whichever worker takes it. */
@Tag("long")
class JobWorkerTest {
    private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
    private static final String NOTE = "INSERT INTO note (id) VALUES ($1)";

    private final Vertx vertx = Vertx.vertx();
    private final String url = TestServers.createMigratedDatabase();
    private final UUID district = Ids.next();
    private final TestClock clock = new TestClock(NOON);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Database database = Patient.database(vertx, "test", url, 6);

    @BeforeEach
    void migrate() throws SQLException {
        sql("INSERT INTO district (id, name) VALUES ($1, '青禾县')", district);
        // What every district has from the start is not what these tests are about.
        sql("DELETE FROM job");
        try (var owner = DriverManager.getConnection(TestServers.jdbcUrl(TestServers.ownerUrl(url)));
                var statement = owner.createStatement()) {
            statement.execute("CREATE TABLE note (id uuid)");
            statement.execute("GRANT SELECT, INSERT ON note TO PUBLIC");
        }
    }

    @AfterEach
    void close() {
        wait(vertx.close());
    }

    @Test
    void whatIsDueIsDoneOnceByAnyNumberOfWorkers() {
        // given
        var subjects = leave("note", 300, NOON);
        var other = Patient.database(vertx, "other", url, 6);

        // when
        var both = Future.all(
                worker(database, this::note).runDue(), worker(other, this::note).runDue());
        wait(both);

        // then
        assertThat(notes()).containsExactlyInAnyOrderElementsOf(subjects);
        assertThat(jobsLeft()).isZero();
    }

    @Test
    void whatIsNotDueYetWaitsForItsTime() {
        // given
        leave("note", 1, NOON.plusMillis(1));

        // when
        wait(worker(database, this::note).runDue());
        var early = notes();
        clock.advance(Duration.ofMillis(1));
        wait(worker(database, this::note).runDue());

        // then
        assertThat(early).isEmpty();
        assertThat(notes()).hasSize(1);
    }

    @Test
    void whatFailsLeavesNothingBehindAndIsTriedAgainLaterAndLater() {
        // given
        leave("note", 1, NOON);
        var failing = worker(
                database,
                (transaction, job) ->
                        note(transaction, job).compose(done -> Future.failedFuture(Refusal.conflict("not_yet"))));

        // when
        wait(failing.runDue());
        wait(failing.runDue());
        var first = job();
        clock.set(Instant.from(first.getOffsetDateTime("due_at")));
        wait(failing.runDue());
        var second = job();

        // then
        assertThat(notes()).isEmpty();
        assertThat(first.getInteger("attempts")).isEqualTo(1);
        assertThat(first.getString("failure")).isEqualTo("not_yet");
        assertThat(second.getInteger("attempts")).isEqualTo(2);
        assertThat(Duration.between(
                        clock.instant(), second.getOffsetDateTime("due_at").toInstant()))
                .isGreaterThan(
                        Duration.between(NOON, first.getOffsetDateTime("due_at").toInstant()));
    }

    @Test
    void whatNeverSucceedsIsGivenUpAndHoldsUpNobody() {
        // given
        leave("broken", 1, NOON.minusSeconds(1));
        leave("note", 1, NOON);
        var worker = worker(Side.INNER, Map.of("note", this::note, "broken", new Broken(Refusal.conflict("broken"))));

        // when
        for (int attempt = 0; attempt < 15; attempt++) {
            wait(worker.runDue());
            clock.advance(Duration.ofHours(2));
        }

        // then: one is done, and one was taken note of
        assertThat(notes()).hasSize(2);
        assertThat(job().getOffsetDateTime("given_up_at")).isNotNull();
        wait(worker.runDue());
        assertThat(registry.get("huying.jobs.given.up").gauge().value()).isEqualTo(1);
        assertThat(registry.get("huying.jobs").tag("result", "done").timer().count())
                .isEqualTo(1);
    }

    @Test
    void whatIsNoUseIsGivenUpAtOnce() {
        // given
        leave("broken", 1, NOON);

        // when
        wait(worker(Side.INNER, Map.of("broken", new Broken(new NoUse("wrong"))))
                .runDue());

        // then
        assertThat(job().getInteger("attempts")).isEqualTo(1);
        assertThat(job().getOffsetDateTime("given_up_at")).isNotNull();
        assertThat(notes()).hasSize(1);
    }

    @Test
    void whatMustWaitDoesNotCountAsAnAttempt() {
        // given
        leave("note", 1, NOON);
        var midnight = NOON.plus(Duration.ofHours(12));
        var waiting = worker(database, (transaction, job) -> Future.failedFuture(new NotBefore(midnight, "quota")));

        // when
        wait(waiting.runDue());

        // then
        assertThat(job().getInteger("attempts")).isZero();
        assertThat(job().getString("failure")).isEqualTo("quota");
        assertThat(job().getOffsetDateTime("due_at").toInstant()).isEqualTo(midnight);
        assertThat(job().getOffsetDateTime("given_up_at")).isNull();
    }

    @Test
    void aServiceThatIsAwayHoldsUpItsOwnJobOnly() {
        // given
        leave("broken", 6, NOON.minusSeconds(1));
        leave("note", 1, NOON);

        // when
        wait(worker(
                        Side.INNER,
                        Map.of("note", this::note, "broken", new Broken(Refusal.unavailable("service_unavailable"))))
                .runDue());

        // then
        assertThat(notes()).hasSize(1);
        assertThat(sql("SELECT id FROM job WHERE failure = 'service_unavailable' AND attempts = 1"))
                .hasSize(6);
    }

    @Test
    void kindsThatAreNotKnownHereAreLeftToANewerNode() {
        // given
        leave("news", 1, NOON.minusSeconds(10));
        leave("note", 1, NOON);

        // when
        wait(worker(database, this::note).runDue());

        // then
        assertThat(notes()).hasSize(1);
        assertThat(job().getInteger("attempts")).isZero();
        // But that nobody does them shows.
        assertThat(registry.get("huying.jobs.lag.seconds").gauge().value()).isEqualTo(10);
    }

    @Test
    void theSidesDoNotWaitForEachOther() {
        // given
        leave(IntStream.range(0, 20)
                .mapToObj(i -> Jobs.NewJob.outward("note", Ids.next(), NOON.minusSeconds(1)))
                .toList());
        var inside = leave("note", 5, NOON);
        var stalled = Promise.<Void>promise();
        var outward = Patient.database(vertx, "outward", url, 10);
        var stalling = new JobWorker(
                        Side.OUTWARD, outward, clock, Map.of("note", (tx, job) -> stalled.future()), registry)
                .runDue();

        // when
        wait(worker(database, this::note).runDue());

        // then
        assertThat(notes()).containsExactlyInAnyOrderElementsOf(inside);
        assertThat(jobsLeft()).isEqualTo(20);
        stalled.complete();
        wait(stalling);
        assertThat(jobsLeft()).isZero();
    }

    @Test
    void theNextJobIsFoundAtOnceBehindManyOfTheOtherSide() {
        // given
        sql("""
                INSERT INTO job (district_id, id, kind, subject_id, payload, due_at, outward)
                SELECT $1, gen_random_uuid(), 'message', gen_random_uuid(), '{}', $2, true
                FROM generate_series(1, 5000)
                """, district, NOON.minusSeconds(1).atOffset(ZoneOffset.UTC));
        leave("note", 1, NOON);
        sql("ANALYZE job");

        // when
        var plan = sql(
                "EXPLAIN (ANALYZE, FORMAT TEXT) " + JobSql.TAKE,
                district,
                NOON.atOffset(ZoneOffset.UTC),
                false,
                "note");

        // then
        var text = plan.stream().map(row -> row.getString(0)).collect(Collectors.joining("\n"));
        assertThat(text).contains("job_due").doesNotContain("Removed by Filter").doesNotContain("Sort");
    }

    @Test
    void whatADyingWorkerHadInHandIsTakenByAnother() {
        // given
        leave("note", 1, NOON);
        var doomed = Patient.database(vertx, "doomed", url, 6);
        var dying = worker(
                doomed,
                (transaction, job) -> note(transaction, job)
                        .compose(done -> transaction
                                .query("SELECT pg_terminate_backend(pg_backend_pid())")
                                .execute())
                        .mapEmpty());

        // when
        var end = dying.runDue().transform(ended -> Future.succeededFuture(ended.failed()));
        var died = wait(end);
        wait(worker(database, this::note).runDue());

        // then
        assertThat(died).isTrue();
        assertThat(notes()).hasSize(1);
        assertThat(jobsLeft()).isZero();
    }

    /** Fails, and leaves a note when it is given up. */
    private record Broken(Throwable failure) implements JobHandler {
        @Override
        public Future<Void> run(SqlConnection transaction, Job job) {
            return Future.failedFuture(failure);
        }

        @Override
        public Future<Void> givenUp(SqlConnection transaction, Job job, Throwable last) {
            return transaction
                    .preparedQuery(NOTE)
                    .execute(Tuple.of(job.subjectId()))
                    .mapEmpty();
        }
    }

    private Future<Void> note(SqlConnection transaction, Job job) {
        return transaction
                .preparedQuery(NOTE)
                .execute(Tuple.of(job.subjectId()))
                .mapEmpty();
    }

    private JobWorker worker(Database on, JobHandler handler) {
        return new JobWorker(Side.INNER, on, clock, Map.of("note", handler), registry);
    }

    private JobWorker worker(Side side, Map<String, JobHandler> handlers) {
        return new JobWorker(side, database, clock, handlers, registry);
    }

    private List<UUID> leave(String kind, int count, Instant dueAt) {
        var subjects = IntStream.range(0, count).mapToObj(i -> Ids.next()).toList();
        var jobs = subjects.stream()
                .map(subject -> new Jobs.NewJob(kind, subject, new JsonObject(), dueAt))
                .toList();
        leave(jobs);
        return subjects;
    }

    private void leave(List<Jobs.NewJob> jobs) {
        wait(database.inTransaction(transaction -> Jobs.leave(transaction, district, jobs)));
    }

    private List<UUID> notes() {
        return sql("SELECT id FROM note").stream().map(row -> row.getUUID("id")).toList();
    }

    private Row job() {
        return sql("SELECT attempts, failure, due_at, given_up_at FROM job").get(0);
    }

    private long jobsLeft() {
        return sql("SELECT id FROM job").size();
    }

    private List<Row> sql(String statement, Object... values) {
        return wait(database.read(client -> client.preparedQuery(statement)
                .execute(Tuple.from(values))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())));
    }

    private static <T> T wait(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

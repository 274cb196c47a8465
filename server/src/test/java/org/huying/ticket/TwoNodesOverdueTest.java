package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.huying.db.Rows;
import org.huying.db.job.Jobs;
import org.huying.db.job.Side;
import org.huying.identity.session.SigningKeys;
import org.huying.kernel.Caller;
import org.huying.testing.Eventually;
import org.huying.testing.KeyFiles;
import org.huying.testing.NodeProcess;
import org.huying.testing.TestDay;
import org.huying.testing.TestServers;
import org.huying.ticket.verify.LogVerifier;
import org.huying.ticket.verify.SavedDigests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes work off what is overdue, and one of them dies with its hands full. */
@Tag("long")
class TwoNodesOverdueTest {
    private static final int TICKETS = 500;
    private static final int HOMES = 25;
    /** As deadlines that move leave them: they meet at the ticket's row. */
    private static final int CALLS_EACH = 2;

    /** The response is due after four hours; so is the next one, which counts from the escalation. */
    private static final Duration AGE = Duration.ofHours(5);

    private static final long BOUND_SECONDS = 60;

    private static final String WAITING = """
            SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
            """;

    private static final String DUE = """
            SELECT count(*) AS n FROM job WHERE given_up_at IS NULL AND due_at <= $1
            """;

    private static final String GIVEN_UP = """
            SELECT count(*) AS n FROM job WHERE given_up_at IS NOT NULL
            """;

    /** How many tickets there are of each fate. */
    private static final String FATES = """
            SELECT t.responsible_org_id, t.status, e.log, count(*) AS tickets
            FROM ticket t
            CROSS JOIN LATERAL (
                SELECT string_agg(concat_ws(' ', e.type, e.data ->> 'clock', e.data ->> 'organizationId'), ', '
                    ORDER BY e.seq) AS log
                FROM ticket_event e WHERE e.district_id = t.district_id AND e.ticket_id = t.id) AS e
            GROUP BY t.responsible_org_id, t.status, e.log
            """;

    private final TicketWorld world = new TicketWorld();
    /** The nodes'; what is older is of the same day, as no log of a day that is over grows. */
    private final Clock clock = TestDay.runningFrom(TestDay.at(0, "15:00"));

    private record Fate(UUID organization, String status, String log, long tickets) {
        static Fate from(Row row) {
            return new Fate(
                    row.getUUID("responsible_org_id"),
                    row.getString("status"),
                    row.getString("log"),
                    row.getLong("tickets"));
        }

        static Fate halfOfThemEscalatedOnceTo(UUID office) {
            return new Fate(office, "submitted", "submitted, overdue response, escalated " + office, TICKETS / 2);
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    /**
     * The second half goes to an office whose row somebody holds. When every lane of both nodes waits for it, the first
     * half is done, and whoever dies then dies in the middle of jobs, without any need for luck.
     */
    @Test
    void eachTicketIsEscalatedOnceThoughOneOfTwoNodesDies(@TempDir Path directory) throws Exception {
        var keys = keysOfTheWorld(directory);
        var starting = CompletableFuture.supplyAsync(() -> start(keys, directory));
        try (var survivor = start(keys, directory);
                var doomed = starting.join();
                var holder = hold(world.districtOffice)) {
            // given
            report();
            Eventually.until("all hands of both wait", () -> count(WAITING) == 2L * Side.INNER.atOnceOfADistrict());
            var before = fates();
            var doneByDoomed = calls(doomed, "done");

            // when
            doomed.kill();
            holder.rollback();
            Eventually.until("nothing is due", Duration.ofSeconds(BOUND_SECONDS), () -> due() == 0);

            // then
            assertThat(before).contains(Fate.halfOfThemEscalatedOnceTo(world.communityOffice));
            assertThat(fates())
                    .containsExactlyInAnyOrder(
                            Fate.halfOfThemEscalatedOnceTo(world.communityOffice),
                            Fate.halfOfThemEscalatedOnceTo(world.districtOffice));
            assertThat(doneByDoomed + calls(survivor, "done")).isEqualTo(TICKETS * CALLS_EACH);
            assertThat(calls(survivor, "failed") + count(GIVEN_UP)).isZero();
            assertThat(isLogIntact()).isTrue();
        }
    }

    private NodeProcess start(KeyFiles keys, Path directory) {
        try {
            return NodeProcess.start(TestServers.ownerUrl(world.url), world.url, keys, directory, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyFiles keysOfTheWorld(Path directory) throws IOException {
        var files = new KeyFiles(directory.resolve("jwt-keys.pem"), directory.resolve("data-keys.properties"));
        var zeros = Base64.getEncoder().encodeToString(new byte[32]);
        SigningKeys.generate(files.signing());
        Files.writeString(files.data(), "current=1\nkey.1=" + zeros + "\nindex=" + zeros + "\n");
        return files;
    }

    /** Until the transaction of the connection ends. */
    private Connection hold(UUID organization) throws SQLException {
        var holder = DriverManager.getConnection(TestServers.jdbcUrl(world.url));
        holder.setAutoCommit(false);
        try (var statement = holder.prepareStatement("SELECT FROM organization WHERE id = ? FOR UPDATE")) {
            statement.setObject(1, organization);
            statement.execute();
        }
        return holder;
    }

    /** All at once, and overdue by now: a half about homes, then a half about a spot in town. */
    private void report() {
        var homes = IntStream.range(0, HOMES)
                .mapToObj(i -> world.household(world.compound, "home " + i))
                .toList();
        var reporters =
                homes.stream().map(home -> world.resident("某人", null, home)).toList();
        world.clock.set(clock.instant().minus(AGE));
        world.inTransaction(tx -> {
            Future<Void> reported = Future.succeededFuture();
            for (int i = 0; i < TICKETS; i++) {
                var reporter = reporters.get(i % HOMES);
                var submission = i < TICKETS / 2
                        ? Submission.ofHousehold("pipe-leak", homes.get(i % HOMES), "漏水")
                        : Submission.ofSpot("street-light", world.town, "路口", "灯不亮");
                reported = reported.compose(done -> report(tx, reporter, submission));
            }
            return reported;
        });
    }

    private Future<Void> report(SqlConnection transaction, Caller reporter, Submission submission) {
        world.clock.advance(Duration.ofMillis(1));
        return world.tickets.submit(transaction, reporter, submission).compose(ticket -> {
            var due = Objects.requireNonNull(ticket.nextClockAt());
            var again = Jobs.NewJob.of(TicketStore.CLOCK, ticket.id(), due);
            return Jobs.leave(transaction, world.district, Collections.nCopies(CALLS_EACH - 1, again));
        });
    }

    private List<Fate> fates() {
        return world.query(client -> client.query(FATES).execute().map(Rows.list(Fate::from)));
    }

    private long count(String sql) {
        return world.query(client ->
                client.query(sql).execute().map(rows -> rows.iterator().next().getLong("n")));
    }

    private long due() {
        return world.query(client -> client.preparedQuery(DUE)
                .execute(Tuple.of(Rows.utc(clock.instant())))
                .map(rows -> rows.iterator().next().getLong("n")));
    }

    /** How many calls of tickets ended so at the node. */
    private static long calls(NodeProcess node, String result) {
        var request =
                HttpRequest.newBuilder(node.managementUri().resolve("/metrics")).build();
        return HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofLines())
                .join()
                .body()
                .filter(line -> line.startsWith("huying_jobs_seconds_count{")
                        && line.contains("kind=\"" + TicketStore.CLOCK + '"')
                        && line.contains("result=\"" + result + '"'))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Chains, and the rows that follow from them. */
    private boolean isLogIntact() {
        return new LogVerifier(
                        world.cipher, SavedDigests.none(), System.out, new PrintStream(PrintStream.nullOutputStream()))
                .run(world.url, clock.instant());
    }
}

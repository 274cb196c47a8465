package org.huying.bench;

import static org.huying.bench.BenchNode.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.huying.db.Pools;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * Pages of tickets and their counts when 100,000 are open and 400,000 closed, for everybody who looks, over HTTP one after
 * another; and the same by the statement that one would write first: all conditions joined by OR, sorted, cut off. That
 * one is asked only for ids or counts, the service answers whole tickets.
 */
final class TicketListBench {
    private static final int COMPOUNDS = 100;
    private static final int HOUSEHOLDS = 5_000;
    private static final int REQUESTS = 50;
    private static final int WARM = 10;
    private static final int NAIVE = 3;
    private static final int PAGE = 20;
    private static final UUID NO_ID = new UUID(0, 0);
    private static final UUID LAST_ID = new UUID(-1, -1);

    private static final String SEEN = """
            FROM ticket
            WHERE district_id = $1
              AND (responsible_org_id = ANY ($2) OR first_owner_id = ANY ($2) OR assignee_id = ANY ($3)
                OR reporter_id = ANY ($4) OR place_path && $5 OR household_id = ANY ($6)
                OR household_id IS NULL AND place_id = ANY ($7))
            """;

    private static final String FILTERED = "SELECT id " + SEEN + """
              AND ($8::text IS NULL OR status = $8)
              AND ($9::boolean IS NULL OR coalesce(queue_due_at < now(), false) = $9)
              AND ($10::uuid IS NULL OR assignee_id = $10)
            """;

    private static final String NEWEST = FILTERED + """
              AND (submitted_at, id) < ($11, $12::uuid)
            ORDER BY submitted_at DESC, id DESC LIMIT 21
            """;

    private static final String DUE = FILTERED + """
              AND queue_due_at IS NOT NULL AND (queue_due_at, id) > ($11, $12::uuid)
            ORDER BY queue_due_at, id LIMIT 21
            """;

    private static final String COUNT = "SELECT status, count(*), count(*) FILTER (WHERE queue_due_at < now()) " + SEEN
            + "AND queue_due_at IS NOT NULL GROUP BY status";

    /**
     * Who looks, and what they have to do with.
     *
     * @param values the first of the naive statements' parameters
     */
    private record Looker(String name, String token, String scope, List<Object> values) {}

    /** What is asked, and how the naive statement is asked the same: its filters and where the page begins. */
    private record Question(
            String name,
            String query,
            String sql,
            @Nullable String status,
            @Nullable Boolean overdue,
            @Nullable UUID assignee,
            @Nullable Instant after,
            @Nullable UUID afterId) {
        boolean counts() {
            return sql.equals(COUNT);
        }

        Tuple values(Looker looker) {
            var values = Tuple.tuple();
            looker.values().forEach(values::addValue);
            return counts()
                    ? values
                    : values.addValue(status)
                            .addValue(overdue)
                            .addValue(assignee)
                            .addValue(after == null ? null : OffsetDateTime.ofInstant(after, ZoneOffset.UTC))
                            .addValue(afterId);
        }

        String path(Looker looker) {
            return counts()
                    ? "/v1/tickets/counts" + looker.scope().replace('&', '?')
                    : "/v1/tickets?limit=" + PAGE + query + looker.scope();
        }

        static Question newest(String name, String query, Instant before, @Nullable String status) {
            return new Question(name, query, NEWEST, status, null, null, before, LAST_ID);
        }

        static Question due(
                String name, String query, Instant after, @Nullable Boolean overdue, @Nullable UUID assignee) {
            return new Question(name, query + "&order=due", DUE, null, overdue, assignee, after, NO_ID);
        }
    }

    private final TicketDistrict district;
    private final LoadClient load;
    private final Pool naive;
    private final UUID worker;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    TicketListBench(Vertx vertx, BenchNode node) throws Exception {
        this.district = new TicketDistrict(vertx, node, COMPOUNDS, HOUSEHOLDS);
        this.load = new LoadClient(vertx, node.port(), 1);
        this.naive = Pools.forBulk(vertx, "naive", node.url(), 1);
        this.worker = district.staff(Role.WORKER, "organization", district.firm);
    }

    void run() throws Exception {
        new ManyTickets(district, worker).load();
        await(load.open());
        System.out.printf(
                Locale.ROOT,
                "%,d open tickets, %,d closed; pages of %d; %d requests over HTTP one after another, %d naive statements%n",
                ManyTickets.OPEN + ManyTickets.OPEN_OF_SMALL_FIRM,
                ManyTickets.CLOSED,
                PAGE,
                REQUESTS,
                NAIVE);
        System.out.printf(
                "%-34s %-22s %10s %10s %12s %8s%n", "who", "what", "p50 ms", "p99 ms", "naive p50 ms", "ratio");
        for (var looker : lookers()) {
            for (var question : questions()) {
                measure(looker, question);
            }
        }
        await(naive.close());
        district.close();
    }

    private List<Question> questions() {
        var end = now.plus(3_650, ChronoUnit.DAYS);
        var midYear = now.minus(180, ChronoUnit.DAYS);
        var later = now.plus(5, ChronoUnit.DAYS);
        return List.of(
                Question.newest("newest", "", end, null),
                Question.newest("newest, late page", "&cursor=" + cursor(midYear, LAST_ID), midYear, null),
                Question.newest("newest, accepted", "&status=accepted", end, "accepted"),
                Question.due("due", "", Instant.EPOCH, null, null),
                Question.due("due, late page", "&cursor=" + cursor(later, NO_ID), later, null, null),
                Question.due("due, overdue", "&overdue=true", Instant.EPOCH, true, null),
                Question.due("due, of one worker", "&assigneeId=" + worker, Instant.EPOCH, null, worker),
                new Question("counts", "", COUNT, null, null, null, null, null));
    }

    private List<Looker> lookers() throws Exception {
        var home = district.compounds.get(1);
        var resident = district.residents.get(1);
        var atHome = List.of(district.id(), district.town, district.community, home);
        return List.of(
                new Looker(
                        "worker, assigned",
                        district.tokenOfStaff(worker, Role.WORKER),
                        "&scope=assigned",
                        values(List.of(), List.of(worker), List.of(), List.of(), List.of(), List.of())),
                staff("dispatcher of 100,000", Role.DISPATCHER, "organization", district.firm),
                staff("dispatcher of 50", Role.DISPATCHER, "organization", district.smallFirm),
                staff("grid member", Role.GRID_MEMBER, "place", home),
                staff("supervisor of the community", Role.SUPERVISOR, "place", district.community),
                staff("supervisor of the town", Role.SUPERVISOR, "place", district.town),
                staff("supervisor of the district", Role.SUPERVISOR, "place", district.id()),
                new Looker(
                        "resident",
                        district.tokenOfResident(1),
                        "",
                        values(
                                List.of(),
                                List.of(),
                                List.of(resident),
                                List.of(),
                                List.of(district.households.get(1)),
                                atHome)));
    }

    private Looker staff(String name, Role role, String scopeKind, UUID scope) throws Exception {
        var person = district.staff(role, scopeKind, scope);
        var self = List.of(person);
        var own = List.of(scope);
        return new Looker(
                name,
                district.tokenOfStaff(person, role),
                "",
                scopeKind.equals("place")
                        ? values(List.of(), self, self, own, List.of(), List.of())
                        : values(own, self, self, List.of(), List.of(), List.of()));
    }

    private List<Object> values(
            List<UUID> organizations,
            List<UUID> assignees,
            List<UUID> reporters,
            List<UUID> places,
            List<UUID> households,
            List<UUID> publicPlaces) {
        var values = new ArrayList<Object>(List.of(district.id()));
        List.of(organizations, assignees, reporters, places, households, publicPlaces)
                .forEach(ids -> values.add(ids.toArray(UUID[]::new)));
        return values;
    }

    private void measure(Looker looker, Question question) throws Exception {
        var request =
                Buffer.buffer("GET " + question.path(looker) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                        + looker.token() + "\r\nAccept: application/json\r\n\r\n");
        await(load.run(WARM, i -> request));
        var http = await(load.run(REQUESTS, i -> request));
        if (!http.byStatus().keySet().equals(Set.of(200))) {
            throw new IllegalStateException(looker + " " + question + " was answered " + http.byStatus());
        }
        var alone = new LoadResult();
        alone.begin();
        for (int i = 0; i < NAIVE; i++) {
            long started = System.nanoTime();
            await(naive.preparedQuery(question.sql()).execute(question.values(looker)));
            alone.note(200, System.nanoTime() - started);
        }
        alone.end();
        System.out.printf(
                Locale.ROOT,
                "%-34s %-22s %10.2f %10.2f %12.2f %8.1f%n",
                looker.name(),
                question.name(),
                http.percentileMillis(0.5),
                http.percentileMillis(0.99),
                alone.percentileMillis(0.5),
                alone.percentileMillis(0.5) / http.percentileMillis(0.5));
    }

    /** Where a page begins, as the service says it. */
    private static String cursor(Instant at, UUID id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + "\n" + id).getBytes(StandardCharsets.US_ASCII));
    }
}

package org.huying.bench;

import static org.huying.bench.BenchNode.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.huying.db.Pools;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * Pages of tickets and their counts when 100,000 are open and 400,000 closed, for everybody who looks, over HTTP one after
 * another; and the same by the statement that one would write first: all conditions joined by OR, sorted, cut off. That
 * one is asked only for ids or counts, the service answers whole tickets.
 */
final class TicketListBench {
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

    record Size(int compounds, int households, ManyTickets.Size tickets, int requests, int warm, int naive) {
        static final Size FULL = new Size(100, 5_000, ManyTickets.Size.FULL, 50, 10, 3);
        static final Size SMOKE = new Size(5, 20, ManyTickets.Size.SMOKE, 2, 1, 1);
    }

    /**
     * Who looks, and what they have to do with.
     *
     * @param values the first of the naive statements' parameters
     */
    private record Looker(String name, String token, String scope, List<Object> values) {}

    /**
     * What is asked, and how the naive statement is asked the same: its filters and where the page begins.
     *
     * @param late whether that is not the beginning, which the service has to be told by a cursor
     */
    private record Question(
            String name,
            String query,
            boolean late,
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

        static Question newest(String name, String query, boolean late, Instant before, @Nullable String status) {
            return new Question(name, query, late, NEWEST, status, null, null, before, LAST_ID);
        }

        static Question due(
                String name,
                String query,
                boolean late,
                Instant after,
                @Nullable Boolean overdue,
                @Nullable UUID assignee) {
            return new Question(name, query + "&order=due", late, DUE, null, overdue, assignee, after, NO_ID);
        }
    }

    private final Size size;
    private final List<String> faults = new ArrayList<>();
    private final TicketDistrict district;
    private final LoadClient load;
    private final Pool naive;
    private final UUID worker;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    TicketListBench(Vertx vertx, BenchNode node, Size size) throws Exception {
        this.size = size;
        this.district = new TicketDistrict(vertx, node, size.compounds(), size.households());
        this.load = new LoadClient(vertx, node.port(), 1);
        this.naive = Pools.forBulk(vertx, "naive", node.url(), 1);
        this.worker = district.staff(Role.WORKER, "organization", district.firm);
    }

    /** What is wrong in the end: pages of another length than by the naive statement, and other answers than pages. */
    List<String> run() throws Exception {
        new ManyTickets(district, worker, size.tickets()).load();
        await(load.open());
        System.out.printf(
                Locale.ROOT,
                "%,d open tickets, %,d closed; pages of %d; %d requests over HTTP one after another, %d naive statements%n",
                size.tickets().open() + size.tickets().openOfSmallFirm(),
                size.tickets().closed(),
                PAGE,
                size.requests(),
                size.naive());
        System.out.printf(
                "%-34s %-22s %10s %10s %12s %8s%n", "who", "what", "p50 ms", "p99 ms", "naive p50 ms", "ratio");
        for (var looker : lookers()) {
            for (var question : questions()) {
                measure(looker, question);
            }
        }
        await(naive.close());
        district.close();
        return faults;
    }

    private List<Question> questions() {
        var end = now.plus(3_650, ChronoUnit.DAYS);
        var midYear = now.minus(180, ChronoUnit.DAYS);
        var later = now.plus(5, ChronoUnit.DAYS);
        return List.of(
                Question.newest("newest", "", false, end, null),
                Question.newest("newest, late page", "", true, midYear, null),
                Question.newest("newest, accepted", "&status=accepted", false, end, "accepted"),
                Question.due("due", "", false, Instant.EPOCH, null, null),
                Question.due("due, late page", "", true, later, null, null),
                Question.due("due, overdue", "&overdue=true", false, Instant.EPOCH, true, null),
                Question.due("due, of one worker", "&assigneeId=" + worker, false, Instant.EPOCH, null, worker),
                new Question("counts", "", false, COUNT, null, null, null, null, null));
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
        var path = question.path(looker);
        var request = request(looker, question.late() ? path + "&cursor=" + cursor(looker, question) : path);
        await(load.run(size.warm(), i -> request));
        var lengths = new HashSet<Integer>();
        var http = await(load.run(size.requests(), i -> request, (number, status, answer, bodyStart) -> {
            if (status == 200 && !question.counts()) {
                lengths.add(json(answer, bodyStart).getJsonArray("items").size());
            }
        }));
        if (!http.byStatus().keySet().equals(Set.of(200))) {
            faults.add(looker.name() + ", " + question.name() + ": answered " + http.byStatus());
        }
        var alone = new LoadResult();
        alone.begin();
        for (int i = 0; i < size.naive(); i++) {
            long started = System.nanoTime();
            var rows = await(naive.preparedQuery(question.sql()).execute(question.values(looker)));
            alone.note(200, System.nanoTime() - started);
            var expected = Set.of(Math.min(PAGE, rows.size()));
            if (!question.counts() && !lengths.equals(expected)) {
                faults.add(looker.name() + ", " + question.name() + ": pages of " + lengths + ", not " + expected);
            }
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

    private static Buffer request(Looker looker, String path) {
        return Buffer.buffer("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + looker.token()
                + "\r\nAccept: application/json\r\n\r\n");
    }

    private static JsonObject json(Buffer answer, int bodyStart) {
        return new JsonObject(answer.getBuffer(bodyStart, answer.length()));
    }

    /**
     * Where a late page begins: the service's own cursor of this very question, of which only the place is another. Walking
     * there would take thousands of pages.
     */
    private String cursor(Looker looker, Question question) throws Exception {
        var first = new AtomicReference<>(new JsonObject());
        var path = question.path(looker).replace("limit=" + PAGE, "limit=1");
        await(load.run(
                1,
                i -> request(looker, path),
                (number, status, answer, bodyStart) -> first.set(json(answer, bodyStart))));
        var own = Objects.requireNonNull(first.get()).getString("nextCursor");
        if (own == null) {
            throw new IllegalStateException(looker.name() + " has no second ticket: " + first);
        }
        return MovedCursor.to(own, String.valueOf(question.after()), String.valueOf(question.afterId()));
    }
}

package org.huying.bench;

import static org.huying.bench.BenchNode.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.Rows;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.place.Places;
import org.huying.ticket.Action;
import org.huying.ticket.ActionInput;
import org.huying.ticket.Submission;
import org.huying.ticket.Tickets;

/**
 * What the roll-up costs those who write: tickets that live through submit, accept, assign, start, resolve and confirm, each
 * step in a transaction of the service, with the triggers that feed the roll-up and without them, by turns. While they are
 * on, what they leave is folded every second, three hundred times as often as in earnest.
 */
final class MetricsWriteBench {
    /** @param pairs of rounds of so many lives each, with the triggers and without */
    record Size(int atOnce, int connections, int lives, int pairs, int warm) {
        static final Size FULL = new Size(16, 8, 250, 7, 3);
        static final Size SMOKE = new Size(4, 2, 6, 1, 1);
    }

    private static final int ITEMS = 7;
    private static final long FOLD_MILLIS = 1000;

    /** What days and deltas say, less what the tickets say: nothing, if they are the same. */
    private static final String DIFFERENCES = """
            SELECT count(*) FROM (
                SELECT 1 FROM (
                    SELECT day, organization_id, place_path, segment, measure, cause, confirmed, n
                    FROM completion_day WHERE district_id = $1
                    UNION ALL
                    SELECT (c.counted_at AT TIME ZONE d.zone)::date, c.organization_id, c.place_path, c.segment, c.measure,
                        c.cause, c.confirmed, c.n
                    FROM completion_delta c JOIN district d ON d.id = c.district_id WHERE c.district_id = $1
                    UNION ALL
                    SELECT (s.counted_at AT TIME ZONE d.zone)::date, t.routed_org_id, t.place_path,
                        CASE t.service_item_kind WHEN 'consultation' THEN 'consultation' WHEN 'care' THEN 'care' ELSE 'main' END,
                        s.measure, s.cause, s.confirmed, -1
                    FROM ticket t JOIN district d ON d.id = t.district_id CROSS JOIN LATERAL standing_of(t) s
                    WHERE t.district_id = $1 AND s.measure IS NOT NULL) each
                GROUP BY day, organization_id, place_path, segment, measure, cause, confirmed HAVING sum(n) <> 0) differing
            """;

    private final Size size;
    private final Vertx vertx;
    private final MetricsDistrict district;
    private final Tickets tickets;
    private final Pool pool;
    private final Database database;
    private final AtomicInteger next = new AtomicInteger();

    MetricsWriteBench(Vertx vertx, BenchNode node, MetricsDistrict district, Size size) {
        this.size = size;
        this.vertx = vertx;
        this.district = district;
        var cipher = node.keys().cipher();
        this.tickets = new Tickets(cipher, new Places(cipher), new People(cipher), Clock.systemUTC());
        this.pool = Pools.forBulk(vertx, "writing", node.url(), size.connections() + 1);
        this.database = Database.forBulk(pool);
    }

    void run() throws Exception {
        var all = IntStream.range(0, district.households.size()).boxed().toList();
        var ofOne = all.stream().filter(i -> district.firmOf(i) == 0).toList();
        for (int i = 0; i < size.warm(); i++) {
            round(all, true);
            round(ofOne, true);
        }
        var differing =
                district.sql(DIFFERENCES, district.id()).iterator().next().getLong(0);
        if (differing != 0) {
            throw new IllegalStateException(differing + " cells of the roll-up are not what the tickets say");
        }
        System.out.printf(
                "tickets/s from submit to confirm, %d at once; %d pairs of rounds of %d%n",
                size.atOnce(), size.pairs(), size.lives());
        compare("of all firms", all);
        compare("of one firm", ofOne);
        // Of the rounds without the triggers it knows nothing.
        district.sql("SELECT rebuild_completion($1)", district.id());
        district.sql("ANALYZE");
    }

    private void compare(String name, List<Integer> households) throws Exception {
        var with = new ArrayList<Double>();
        var without = new ArrayList<Double>();
        for (int i = 0; i < size.pairs(); i++) {
            // Whoever is first has it harder or easier by turns.
            for (var fed : i % 2 == 0 ? List.of(true, false) : List.of(false, true)) {
                (fed ? with : without).add(round(households, fed));
            }
        }
        var ratios = IntStream.range(0, size.pairs())
                .mapToObj(i -> with.get(i) / without.get(i))
                .sorted()
                .toList();
        System.out.printf(
                Locale.ROOT,
                "%-14s with the roll-up %7.1f/s, without %7.1f/s; ratio %.3f (pairs %s)%n",
                name,
                median(with),
                median(without),
                ratios.get(size.pairs() / 2),
                ratios.stream().map(r -> String.format(Locale.ROOT, "%.2f", r)).collect(Collectors.joining(" ")));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** How many tickets a second. */
    private double round(List<Integer> households, boolean fed) throws Exception {
        for (var trigger : List.of("ticket_completion_begins", "ticket_completion_changes")) {
            district.sql("ALTER TABLE ticket " + (fed ? "ENABLE" : "DISABLE") + " TRIGGER " + trigger);
        }
        var folding = fed ? vertx.setPeriodic(FOLD_MILLIS, timer -> fold()) : -1;
        var left = new AtomicInteger(size.lives());
        long begun = System.nanoTime();
        List<Future<Void>> ends = new ArrayList<>();
        for (int i = 0; i < size.atOnce(); i++) {
            Promise<Void> end = Promise.promise();
            live(households, left, end);
            ends.add(end.future());
        }
        await(Future.join(ends));
        var tookNanos = System.nanoTime() - begun;
        vertx.cancelTimer(folding);
        // What the node owes for them, of which there would be more in the end than it can work off while it stops.
        district.sql("DELETE FROM job WHERE district_id = $1 AND kind <> 'fold_completion'", district.id());
        for (var trigger : List.of("ticket_completion_begins", "ticket_completion_changes")) {
            district.sql("ALTER TABLE ticket ENABLE TRIGGER " + trigger);
        }
        return size.lives() * 1e9 / tookNanos;
    }

    private void fold() {
        pool.preparedQuery("SELECT fold_completion($1, $2)")
                .execute(Tuple.of(district.id(), Rows.utc(Instant.now().minusSeconds(1))))
                .onFailure(failure -> System.err.println("a fold failed: " + failure));
    }

    private void live(List<Integer> households, AtomicInteger left, Promise<Void> end) {
        if (left.getAndDecrement() <= 0) {
            end.complete();
            return;
        }
        int number = next.getAndIncrement();
        int household = households.get(number % households.size());
        var firm = district.firmOf(household);
        var resident = district.resident(household);
        var dispatcher = district.dispatchers.get(firm);
        var worker = district.workers.get(firm);
        var item = "item-" + (1 + number / households.size() % ITEMS);
        var report = Submission.ofHousehold(item, district.households.get(household), "厨房水管漏水，地上都是水");
        database.inTransaction(tx -> tickets.submit(tx, resident, report))
                .compose(made -> act(dispatcher, made.id(), Action.ACCEPT, ActionInput.none())
                        .compose(x -> act(
                                dispatcher,
                                made.id(),
                                Action.ASSIGN,
                                ActionInput.none().with("assigneeId", worker.personId())))
                        .compose(x -> act(worker, made.id(), Action.START, ActionInput.none()))
                        .compose(x -> act(
                                worker,
                                made.id(),
                                Action.RESOLVE,
                                ActionInput.none().with("outcome", "fixed").with("note", "已更换阀门")))
                        .compose(x -> act(resident, made.id(), Action.CONFIRM, ActionInput.none())))
                .onFailure(end::fail)
                .onSuccess(done -> live(households, left, end));
    }

    private Future<Tickets.Summary> act(Caller caller, UUID ticket, Action action, ActionInput input) {
        return database.inTransaction(tx -> tickets.act(tx, caller, ticket, action, input));
    }

    void close() throws Exception {
        await(pool.close());
    }
}

package org.huying.bench;

import static org.huying.bench.BenchNode.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.huying.db.Pools;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.place.Places;
import org.huying.ticket.RecordedSubmission;
import org.huying.ticket.Submission;
import org.huying.ticket.Tickets;

/**
 * Reports over HTTP, each by a resident about their own household, compared with the very statements that such a report
 * executes, in the same transactions and turns, run straight through the client of PostgreSQL with their values ready:
 * no HTTP, JSON, contract, token, limit, rules, sealing or hashing.
 */
final class SubmissionBench {
    private static final int COMPOUNDS = 20;

    /** @param aloneFirst those that the statements alone open and prepare everything with */
    record Size(
            int callers,
            int residents,
            int alone,
            int aloneFirst,
            List<Integer> poolSizes,
            int warmRounds,
            int rounds) {
        static final Size FULL = new Size(128, 2_000, 1_500, 200, List.of(4, 8, 16), 3, 3);
        /** As many rounds as bring every item around again. */
        static final Size SMOKE = new Size(8, 40, 24, 8, List.of(4), 5, 1);
    }

    private final Size size;
    private final Vertx vertx;
    private final BenchNode node;
    private final TicketDistrict district;
    private final Tickets tickets;
    private final LoadClient load;
    private final List<String> tokens;
    private final Pool recording;
    private final AtomicLong stored = new AtomicLong();
    private int reports;

    SubmissionBench(Vertx vertx, BenchNode node, Size size) throws Exception {
        this.size = size;
        this.vertx = vertx;
        this.node = node;
        this.district = new TicketDistrict(vertx, node, COMPOUNDS, size.residents());
        this.load = new LoadClient(vertx, node.port(), size.callers());
        this.tokens = IntStream.range(0, size.residents())
                .mapToObj(district::tokenOfResident)
                .toList();
        this.recording = Pools.forService(vertx, "recording", node.url(), 8);
        var cipher = node.keys().cipher();
        this.tickets = new Tickets(cipher, new Places(cipher), new People(cipher), Clock.systemUTC());
    }

    /** What is wrong in the end: whether all that was said to be reported is there. */
    List<String> run() throws Exception {
        System.out.println("a report takes " + record(1, 0).get(0).summary());
        showTokens();
        for (int round = 0; round < size.warmRounds(); round++) {
            // A cold node on a busy machine may refuse some.
            overHttp(round % 2 == 1);
            alone(size.poolSizes().get(round % size.poolSizes().size()), size.aloneFirst());
            district.sql("ANALYZE");
        }
        int best = bestPool();
        var alone = new Row("reports, the statements alone, pool of " + best);
        var plain = new Row("reports, HTTP");
        var keyed = new Row("    the same with idempotency keys");
        for (int round = 0; round < size.rounds(); round++) {
            alone.add(alone(best, size.alone()));
            showTokens();
            plain.add(allTaken(overHttp(false)));
            keyed.add(allTaken(overHttp(true)));
        }
        System.out.printf(
                "the median of %d rounds; processor time of load and service + of the database; ratio to the statements alone%n",
                size.rounds());
        List.of(alone, plain, keyed).forEach(row -> row.print(alone));
        var faults = faults();
        await(recording.close());
        district.close();
        return faults;
    }

    private List<String> faults() throws Exception {
        long found = district.sql("SELECT count(*) FROM ticket WHERE district_id = $1", district.id())
                .iterator()
                .next()
                .getLong(0);
        return found == stored.get()
                ? List.of()
                : List.of(found + " reports are in the database, of " + stored.get() + " that were said to be");
    }

    // ---- over HTTP ----

    private LoadResult overHttp(boolean withKeys) throws Exception {
        int round = nextNumber();
        var requests = IntStream.range(0, size.residents())
                .mapToObj(i -> request(i, round, withKeys))
                .toList();
        var result = await(load.run(size.residents(), i -> requests.get((int) i)));
        stored.addAndGet(result.byStatus().getOrDefault(201, 0L));
        return result;
    }

    private static LoadResult allTaken(LoadResult result) {
        if (!result.byStatus().keySet().equals(Set.of(201))) {
            throw new IllegalStateException("reports were answered " + result.byStatus());
        }
        return result;
    }

    private Buffer request(int number, int round, boolean withKey) {
        var body = Buffer.buffer("{\"serviceItemCode\":\"" + item(round) + "\",\"householdId\":\""
                + district.households.get(number) + "\",\"description\":\"" + words(round) + "\"}");
        return Buffer.buffer("POST /v1/tickets HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                        + tokens.get(number)
                        + "\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + (withKey ? "\r\nIdempotency-Key: " + UUID.randomUUID() : "") + "\r\n\r\n")
                .appendBuffer(body);
    }

    /** New connections, since those from before may have been idle for too long, and each token on its own. */
    private void showTokens() throws Exception {
        await(load.open());
        await(load.run(
                size.residents(),
                i -> Buffer.buffer(
                        "GET /v1/places/none HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                                + tokens.get((int) i) + "\r\n\r\n",
                        StandardCharsets.US_ASCII.name())));
    }

    // ---- the statements alone ----

    private int bestPool() throws Exception {
        var rates = new LinkedHashMap<Integer, Double>();
        for (int pool : size.poolSizes()) {
            rates.put(pool, alone(pool, size.alone()).perSecond());
        }
        System.out.println("the statements alone, reports/s by pool: "
                + rates.entrySet().stream()
                        .map(rate -> String.format(Locale.ROOT, "%d: %,.0f", rate.getKey(), rate.getValue()))
                        .collect(Collectors.joining(", ")));
        return Collections.max(rates.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    private LoadResult alone(int poolSize, int count) throws Exception {
        var scripts = record(size.aloneFirst() + count, nextNumber());
        var pool = Pools.forService(vertx, "alone-" + poolSize, node.url(), poolSize);
        try {
            // Opens and prepares everything.
            await(execute(pool, scripts.subList(0, size.aloneFirst())));
            return await(execute(pool, scripts.subList(size.aloneFirst(), scripts.size())));
        } finally {
            await(pool.close());
        }
    }

    private Future<LoadResult> execute(Pool pool, List<RecordedSubmission> scripts) {
        var result = new LoadResult();
        var next = new AtomicInteger();
        List<Future<Void>> ends = new ArrayList<>();
        result.begin();
        for (int i = 0; i < size.callers(); i++) {
            Promise<Void> ended = Promise.promise();
            call(pool, scripts, next, result, ended);
            ends.add(ended.future());
        }
        return Future.join(ends).map(all -> result.end());
    }

    private void call(
            Pool pool, List<RecordedSubmission> scripts, AtomicInteger next, LoadResult result, Promise<Void> ended) {
        int number = next.getAndIncrement();
        if (number >= scripts.size()) {
            ended.complete();
            return;
        }
        long started = System.nanoTime();
        pool.withTransaction(transaction -> scripts.get(number).execute(transaction))
                .onFailure(ended::fail)
                .onSuccess(done -> {
                    result.note(201, System.nanoTime() - started);
                    stored.incrementAndGet();
                    call(pool, scripts, next, result, ended);
                });
    }

    /** The same residents report the same item as over HTTP. */
    private List<RecordedSubmission> record(int count, int round) throws Exception {
        var recorded = new ArrayList<RecordedSubmission>();
        var numbers = new HashSet<String>();
        for (int from = 0; from < count; from += size.callers()) {
            var some = IntStream.range(from, Math.min(count, from + size.callers()))
                    .mapToObj(i -> recordOne(i, round))
                    .toList();
            await(Future.join(some));
            some.stream()
                    .map(each -> Objects.requireNonNull(each.result()))
                    .filter(each -> numbers.add(each.ticketNo()))
                    .forEach(recorded::add);
        }
        return recorded;
    }

    private Future<RecordedSubmission> recordOne(int number, int round) {
        var person = district.residents.get(number);
        var caller = new Caller(person, district.id(), Ids.next(), Caller.Kind.RESIDENT, List.of());
        var submission = Submission.ofHousehold(item(round), district.households.get(number), words(round));
        return RecordedSubmission.record(recording::withTransaction, tickets, caller, submission);
    }

    private static String item(int round) {
        return "item-" + round % TicketDistrict.ITEMS;
    }

    /** The same words once more would be the same report. */
    private static String words(int round) {
        return "厨房水管漏水，地上都是水，第 " + round + " 次";
    }

    /** Of a round: each has another item, so that those of before are seldom kin. */
    private int nextNumber() {
        return reports++;
    }
}

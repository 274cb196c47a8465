package org.huying.canteen;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.huying.http.Idempotency;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Where the lunch-hour rush narrows: what arrives while a batch is under way becomes the next batch. One batch at a time
 * for each event loop, of one district at a time; the districts take turns. Each event loop has one, and gives the
 * bookings of some meals to its neighbours in the ring.
 */
final class BookingFunnel {
    static final int MAX_QUEUED = 4096;
    static final int MAX_BATCH = 256;
    /** The others of a district's installation find room, however many come for its meals. */
    static final int MAX_QUEUED_OF_A_DISTRICT = 3 * MAX_QUEUED / 4;

    private static final int MAX_ATTEMPTS = 3;
    private static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A request, the loop that it came from, and its answer, which is given on that loop. */
    private record Pending(
            BookingRequest request, @Nullable BookingFunnel from, Promise<FunnelAnswer> answer, long sinceNanos) {}

    private final Context context;
    private final FunnelBatch batch;
    private final FunnelRing ring;
    private final FunnelMetrics metrics;
    private final Map<UUID, Deque<Pending>> lanes = new LinkedHashMap<>();
    /** Completes when the funnel is empty; only then set. */
    private @Nullable Promise<Void> closing;

    private final AtomicInteger queued = new AtomicInteger();
    private volatile long movedNanos = System.nanoTime();
    private volatile @Nullable Thread loop;
    private boolean running;
    private boolean closed;

    BookingFunnel(Vertx vertx, FunnelBatch batch, FunnelRing ring) {
        this.context = vertx.getOrCreateContext();
        this.batch = batch;
        this.ring = ring;
        this.metrics = ring.metrics();
        context.runOnContext(nothing -> loop = Thread.currentThread());
        ring.join(this);
    }

    /** Booked, waitlisted or answered before; fails with the refusal, at once when too many wait. */
    Future<FunnelAnswer> submit(BookingRequest request) {
        Promise<FunnelAnswer> answer = Promise.promise();
        pass(new Pending(request, isHere() ? this : null, answer, System.nanoTime()));
        return answer.future();
    }

    /** Whether bookings get through, here or at a neighbour in the ring. */
    boolean isAccepting() {
        return ring.isAccepting();
    }

    boolean hasRoom() {
        return queued.get() < MAX_QUEUED;
    }

    /** Whether it has room, or makes some. */
    boolean isMoving() {
        return hasRoom() || System.nanoTime() - movedNanos < STANDSTILL_NANOS;
    }

    int queued() {
        return queued.get();
    }

    /** Takes nothing any more, and completes when everything taken has its answer. */
    Future<Void> close() {
        ring.leave(this);
        Promise<Void> done = Promise.promise();
        context.runOnContext(nothing -> {
            closing = done;
            endIfEmpty();
        });
        return done.future();
    }

    private boolean isHere() {
        return Thread.currentThread() == loop;
    }

    private void pass(Pending pending) {
        var funnel = ring.of(pending.request().mealId());
        if (funnel == null) {
            answer(List.of(pending), List.of(new FunnelAnswer.Refused(Refusal.unavailable("shutting_down"))));
        } else if (funnel.isHere()) {
            funnel.enqueue(pending);
        } else {
            funnel.context.runOnContext(nothing -> funnel.enqueue(pending));
        }
    }

    private void enqueue(Pending pending) {
        if (closed) {
            pass(pending);
            return;
        }
        if (!hasRoom(pending.request().districtId())) {
            answer(List.of(pending), List.of(new FunnelAnswer.Refused(Refusal.unavailable("bookings_busy"))));
            return;
        }
        queued.incrementAndGet();
        lanes.computeIfAbsent(pending.request().districtId(), id -> new ArrayDeque<>())
                .add(pending);
        if (!running) {
            running = true;
            next();
        }
    }

    private boolean hasRoom(UUID districtId) {
        var lane = lanes.get(districtId);
        return hasRoom() && (lane == null || lane.size() < MAX_QUEUED_OF_A_DISTRICT);
    }

    private void next() {
        movedNanos = System.nanoTime();
        var lane = firstLane();
        if (lane == null) {
            running = false;
            endIfEmpty();
            return;
        }
        var taken = take(lane.getValue());
        if (!lane.getValue().isEmpty()) {
            lanes.put(lane.getKey(), lane.getValue());
        }
        queued.addAndGet(-taken.size());
        metrics.batch(taken.size());
        taken.forEach(pending -> metrics.waited(pending.sinceNanos()));
        run(taken, 1).onComplete(done -> next());
    }

    private void endIfEmpty() {
        if (closing != null && !running) {
            closed = true;
            closing.tryComplete();
        }
    }

    private Map.@Nullable Entry<UUID, Deque<Pending>> firstLane() {
        Iterator<Map.Entry<UUID, Deque<Pending>>> each = lanes.entrySet().iterator();
        if (!each.hasNext()) {
            return null;
        }
        var next = each.next();
        var first = Map.entry(next.getKey(), next.getValue());
        each.remove();
        return first;
    }

    /** The first of the lane; what comes a second time under one key stays for the next batch, to hear the first answer. */
    private static List<Pending> take(Deque<Pending> lane) {
        var taken = new ArrayList<Pending>();
        var later = new ArrayDeque<Pending>();
        var keys = new HashSet<Idempotency.Key>();
        while (!lane.isEmpty() && taken.size() < MAX_BATCH) {
            var pending = lane.remove();
            var claim = pending.request().claim();
            if (claim == null || keys.add(claim.key())) {
                taken.add(pending);
            } else {
                later.add(pending);
            }
        }
        while (!later.isEmpty()) {
            lane.addFirst(later.removeLast());
        }
        return taken;
    }

    /** Succeeds when all have their answers. A batch that fails is halved, so that what poisons it fails alone. */
    private Future<Void> run(List<Pending> pending, int attempt) {
        var requests = pending.stream().map(Pending::request).toList();
        return batch.run(requests.get(0).districtId(), requests).transform(done -> {
            if (done.succeeded()) {
                answer(pending, done.result());
                return Future.succeededFuture();
            }
            return afterFailure(pending, attempt, done.cause());
        });
    }

    private Future<Void> afterFailure(List<Pending> pending, int attempt, Throwable failure) {
        var interfered = failure instanceof FunnelBatch.Interfered;
        if (interfered && attempt < MAX_ATTEMPTS) {
            return run(pending, attempt + 1);
        }
        if (pending.size() == 1 || failure instanceof Refusal.Unavailable) {
            var reason = interfered ? Refusal.unavailable("bookings_busy") : failure;
            handOut(pending, i -> pending.get(i).answer().fail(reason));
            return failure instanceof Refusal.Unavailable ? afterOutage(failure) : Future.succeededFuture();
        }
        var half = pending.size() / 2;
        return run(pending.subList(0, half), 1).compose(done -> run(pending.subList(half, pending.size()), 1));
    }

    /**
     * Whether only this batch had no answer, or nobody has: then those behind it do not wait for another one in vain. The
     * database is one for all districts.
     */
    private Future<Void> afterOutage(Throwable failure) {
        return batch.reach().recover(away -> {
            var waiting = lanes.values().stream().flatMap(Deque::stream).toList();
            lanes.clear();
            queued.addAndGet(-waiting.size());
            handOut(waiting, i -> waiting.get(i).answer().fail(failure));
            return Future.succeededFuture();
        });
    }

    private static void answer(List<Pending> pending, List<FunnelAnswer> answers) {
        handOut(pending, i -> {
            var answer = answers.get(i);
            if (answer instanceof FunnelAnswer.Refused refused) {
                pending.get(i).answer().fail(refused.reason());
            } else {
                pending.get(i).answer().complete(answer);
            }
        });
    }

    /**
     * Gives each its answer on the loop that it came from. Those of the funnel's own loop come a moment later, so that the
     * database has the next batch before its loop is busy with answers.
     */
    private static void handOut(List<Pending> pending, IntConsumer give) {
        var byLoop = new HashMap<BookingFunnel, List<Integer>>();
        for (int i = 0; i < pending.size(); i++) {
            var from = pending.get(i).from();
            if (from == null) {
                give.accept(i);
            } else {
                byLoop.computeIfAbsent(from, funnel -> new ArrayList<>()).add(i);
            }
        }
        byLoop.forEach((from, its) -> from.context.runOnContext(nothing -> its.forEach(give::accept)));
    }
}

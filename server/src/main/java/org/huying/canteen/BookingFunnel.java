package org.huying.canteen;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.http.Idempotency;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Where the lunch-hour rush narrows: what arrives while a batch is under way becomes the next batch. One batch at a time
 * for each event loop, of one district at a time; the districts take turns.
 */
final class BookingFunnel {
    static final int MAX_QUEUED = 4096;
    static final int MAX_BATCH = 256;
    private static final int MAX_ATTEMPTS = 3;

    private record Pending(BookingRequest request, Promise<FunnelAnswer> answer) {}

    private final Context context;
    private final FunnelBatch batch;
    private final Map<UUID, Deque<Pending>> lanes = new LinkedHashMap<>();
    private int queued;
    private boolean running;

    BookingFunnel(Vertx vertx, FunnelBatch batch) {
        this.context = vertx.getOrCreateContext();
        this.batch = batch;
    }

    /** Booked, waitlisted or answered before; fails with the refusal, at once when too many wait. */
    Future<FunnelAnswer> submit(BookingRequest request) {
        Promise<FunnelAnswer> answer = Promise.promise();
        if (Vertx.currentContext() == context) {
            enqueue(new Pending(request, answer));
        } else {
            context.runOnContext(nothing -> enqueue(new Pending(request, answer)));
        }
        return answer.future();
    }

    /** Whether one more would be taken. */
    boolean isAccepting() {
        return queued < MAX_QUEUED;
    }

    private void enqueue(Pending pending) {
        if (!isAccepting()) {
            pending.answer().fail(Refusal.unavailable("bookings_busy"));
            return;
        }
        queued += 1;
        lanes.computeIfAbsent(pending.request().districtId(), id -> new ArrayDeque<>())
                .add(pending);
        if (!running) {
            running = true;
            next();
        }
    }

    private void next() {
        var lane = firstLane();
        if (lane == null) {
            running = false;
            return;
        }
        var taken = take(lane.getValue());
        if (!lane.getValue().isEmpty()) {
            lanes.put(lane.getKey(), lane.getValue());
        }
        queued -= taken.size();
        run(taken, 1).onComplete(done -> context.runOnContext(nothing -> next()));
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
            pending.forEach(each -> each.answer().fail(reason));
            return Future.succeededFuture();
        }
        var half = pending.size() / 2;
        return run(pending.subList(0, half), 1).compose(done -> run(pending.subList(half, pending.size()), 1));
    }

    private static void answer(List<Pending> pending, List<FunnelAnswer> answers) {
        for (int i = 0; i < answers.size(); i++) {
            var answer = answers.get(i);
            if (answer instanceof FunnelAnswer.Refused refused) {
                pending.get(i).answer().fail(refused.reason());
            } else {
                pending.get(i).answer().complete(answer);
            }
        }
    }
}

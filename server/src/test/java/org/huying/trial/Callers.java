package org.huying.trial;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.huying.kernel.Ids;
import org.jspecify.annotations.Nullable;

/**
 * Several who book all the time, each for one new diner after another, and try again under the same key until they are told
 * that it is booked.
 */
final class Callers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long PAUSE_NANOS = Duration.ofMillis(30).toNanos();
    private static final int NO_ANSWER = 0;

    /**
     * An answer, or its absence.
     *
     * @param status 0 where the connection was cut, or nothing came within a minute
     * @param code   of the problem; empty where there is none
     */
    record Told(long askedNanos, long answeredNanos, int status, String code) {
        Duration waited() {
            return Duration.ofNanos(answeredNanos - askedNanos);
        }
    }

    private final Supplier<URI> node;
    private final BooleanSupplier open;
    private final TrialDistrict district;
    private final String meal;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final Collection<Told> told = new ConcurrentLinkedQueue<>();
    private final Set<UUID> acknowledged = new HashSet<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** They begin at once, and go on whatever they hear. */
    Callers(Supplier<URI> node, TrialDistrict district, int number) {
        this(node, () -> true, district, number);
    }

    /** They ask nothing while the way is not open. */
    Callers(Supplier<URI> node, BooleanSupplier open, TrialDistrict district, int number) {
        this.node = node;
        this.open = open;
        this.district = district;
        this.meal = district.meal(node.get());
        for (int i = 0; i < number; i++) {
            var thread = new Thread(this::bookOneAfterAnother, "caller-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Whatever was asked within these, and answered since. */
    List<Told> askedBetween(long fromNanos, long untilNanos) {
        return told.stream()
                .filter(each -> each.askedNanos() - fromNanos >= 0 && each.askedNanos() - untilNanos < 0)
                .toList();
    }

    /** The same, and what was under way at the first. */
    List<Told> underWay(long fromNanos, long untilNanos) {
        return told.stream()
                .filter(each -> each.answeredNanos() - fromNanos >= 0 && each.askedNanos() - untilNanos < 0)
                .toList();
    }

    /** What they heard, each once. */
    static List<String> codes(List<Told> told) {
        return told.stream()
                .map(each -> each.status() + " " + each.code())
                .distinct()
                .toList();
    }

    /** How long after that the first was told that something is booked; null when nobody has been. */
    @Nullable
    Duration firstBookedAfter(long nanos) {
        return told.stream()
                .filter(each -> each.status() == 201 && each.askedNanos() - nanos >= 0)
                .map(each -> Duration.ofNanos(each.answeredNanos() - nanos))
                .min(Duration::compareTo)
                .orElse(null);
    }

    /** The same where somebody has been. */
    Duration waitForBooking(long nanos) {
        return Objects.requireNonNull(firstBookedAfter(nanos));
    }

    String meal() {
        return meal;
    }

    int booked() {
        synchronized (acknowledged) {
            return acknowledged.size();
        }
    }

    Set<UUID> acknowledged() {
        synchronized (acknowledged) {
            return Set.copyOf(acknowledged);
        }
    }

    /** Returns when each has been told the last time. */
    void end() {
        closed = true;
        try {
            for (var thread : threads) {
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }

    private void bookOneAfterAnother() {
        while (!closed) {
            var diner = district.newDiner();
            var key = Ids.next().toString();
            var isBooked = false;
            while (!isBooked && !closed) {
                isBooked = open.getAsBoolean() && book(diner, key).status() == 201;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (isBooked) {
                synchronized (acknowledged) {
                    acknowledged.add(diner);
                }
            }
        }
    }

    private Told book(UUID diner, String key) {
        var asked = System.nanoTime();
        try {
            var request = HttpRequest.newBuilder(node.get().resolve("/v1/bookings"))
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + district.token(diner))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(HttpRequest.BodyPublishers.ofString(new JsonObject()
                            .put("mealId", meal)
                            .put("mode", "dine_in")
                            .encode()))
                    .build();
            return note(asked, client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return note(
                    new Told(asked, System.nanoTime(), NO_ANSWER, e.getClass().getSimpleName()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Told note(long asked, HttpResponse<String> answer) {
        var code = answer.statusCode() < 400 ? "" : new JsonObject(answer.body()).getString("code", "");
        return note(new Told(asked, System.nanoTime(), answer.statusCode(), code));
    }

    private Told note(Told each) {
        told.add(each);
        return each;
    }
}

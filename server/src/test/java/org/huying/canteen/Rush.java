package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.huying.canteen.Attempt.Answer;
import org.huying.canteen.Attempt.Tried;
import org.jspecify.annotations.Nullable;

/** Many who book over HTTP at once: so many are always under way, and each answer lets the next in line go. */
final class Rush implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final int underWay;

    /** A connection for each that is under way. */
    Rush(int underWay) {
        this.underWay = underWay;
        client = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(underWay));
    }

    /** In the order of the attempts; returns when each has ended, well or not. */
    List<Tried> run(List<Attempt> attempts) {
        return run(attempts, Crash.none());
    }

    /** Whoever is told to try again later does, until nobody is; the last answers, in the order of the attempts. */
    List<Tried> runPersistently(List<Attempt> attempts) {
        var tried = new ArrayList<>(run(attempts));
        while (tried.stream().anyMatch(Tried::isUnavailable)) {
            var later = IntStream.range(0, tried.size())
                    .filter(i -> tried.get(i).isUnavailable())
                    .toArray();
            var again = run(Arrays.stream(later).mapToObj(attempts::get).toList());
            IntStream.range(0, later.length).forEach(i -> tried.set(later[i], again.get(i)));
        }
        return tried;
    }

    /** As {@link #run(List)}, struck by a crash on the way. */
    List<Tried> run(List<Attempt> attempts, Crash crash) {
        var answers = new AtomicReferenceArray<@Nullable Answer>(attempts.size());
        var next = new AtomicInteger();
        var lanes = Stream.generate(() -> lane(attempts, next, answers, crash))
                .limit(underWay)
                .toList();
        CanteenWorld.wait(Future.join(lanes));
        CanteenWorld.wait(crash.struck());
        return IntStream.range(0, attempts.size())
                .mapToObj(i -> new Tried(attempts.get(i), answers.get(i)))
                .toList();
    }

    private Future<Void> lane(
            List<Attempt> attempts, AtomicInteger next, AtomicReferenceArray<@Nullable Answer> answers, Crash crash) {
        int number = next.getAndIncrement();
        if (number >= attempts.size()) {
            return Future.succeededFuture();
        }
        return crash.mayGo(number)
                .compose(go -> send(attempts.get(number)))
                .onSuccess(answer -> {
                    answers.set(number, answer);
                    crash.answered(answer);
                })
                .transform(ended -> lane(attempts, next, answers, crash));
    }

    private Future<Answer> send(Attempt attempt) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(attempt.node().getHost())
                .setPort(attempt.node().getPort())
                .setURI("/v1/bookings")
                .setTimeout(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS))
                .putHeader("Authorization", "Bearer " + attempt.diner().token())
                .putHeader("Content-Type", "application/json");
        if (attempt.key() != null) {
            options.putHeader("Idempotency-Key", attempt.key());
        }
        return client.request(options)
                .compose((HttpClientRequest request) -> request.send(attempt.body()))
                .compose(Rush::answer);
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        return response.body()
                .map(body -> new Answer(
                        response.statusCode(),
                        body,
                        "true".equals(response.getHeader("Idempotent-Replayed")),
                        response.getHeader("Retry-After")));
    }

    @Override
    public void close() {
        CanteenWorld.wait(vertx.close());
    }
}

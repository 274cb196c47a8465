package org.huying.trial;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.huying.testing.Eventually;

/** A node with little memory is sent large bodies by many at once, while others go on booking. */
final class HeapTrial {
    private static final int CALLERS = 8;
    private static final int AT_ONCE = 256;
    private static final int BODIES = 768;
    private static final int BODY_BYTES = 1 << 20;
    private static final String BOUNDARY = "huying-trial";
    private static final String HEAP = "-Xmx192m";
    /** No picture: told of who was read to the end. */
    private static final int WRONG_TYPE = 415;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Installation on;

    HeapTrial(Installation on) {
        this.on = on;
    }

    Outcome largeBodies() throws IOException, InterruptedException {
        var outcome = new Outcome(BODIES + " bodies of 1 MiB with " + HEAP);
        on.restartNode(Map.of("JAVA_TOOL_OPTIONS", HEAP));
        Set<Integer> answered = ConcurrentHashMap.newKeySet();
        try (var callers = new Callers(on.node()::uri, on.district(), CALLERS)) {
            send(answered);
            var after = System.nanoTime();
            Eventually.until("booked after it", () -> callers.firstBookedAfter(after) != null);
            callers.end();
            outcome.measured("statuses", answered)
                    .require(on.node().isAlive(), "the node lives")
                    .require(!answered.contains(500), "nothing fails of itself")
                    .require(answered.contains(WRONG_TYPE), "some are taken");
            on.district().audit(callers, outcome);
        } finally {
            on.restartNode(Map.of());
        }
        return outcome;
    }

    private void send(Set<Integer> answered) throws InterruptedException {
        var client = HttpClient.newHttpClient();
        var slots = new Semaphore(AT_ONCE);
        // An operation that takes as much: where less is allowed, they would be refused by their length alone.
        var head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
        var body = HttpRequest.BodyPublishers.ofString(
                head + "x".repeat(BODY_BYTES) + "\r\n--" + BOUNDARY + "--\r\n", StandardCharsets.US_ASCII);
        for (int i = 0; i < BODIES; i++) {
            slots.acquire();
            var request = HttpRequest.newBuilder(on.node().uri().resolve("/v1/photos"))
                    .timeout(PATIENCE)
                    .header(
                            "Authorization",
                            "Bearer " + on.district().token(on.district().newDiner()))
                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(body)
                    .build();
            Future.fromCompletionStage(client.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                    .onComplete(ended -> {
                        slots.release();
                        answered.add(ended.succeeded() ? ended.result().statusCode() : 0);
                    });
        }
        slots.acquire(AT_ONCE);
    }
}

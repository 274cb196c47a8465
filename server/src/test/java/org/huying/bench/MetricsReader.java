package org.huying.bench;

import static org.huying.bench.BenchNode.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a node for figures, one question after another on one connection, as somebody who may see them. */
final class MetricsReader {
    private static final String FIGURES = "/v1/metrics/one-time-completion";

    private final LoadClient load;
    private final Supplier<String> tokens;
    private String token = "";

    /** @param tokens of which a new one is taken for each question, since they live only for minutes */
    MetricsReader(Vertx vertx, int port, Supplier<String> tokens) {
        this.load = new LoadClient(vertx, port, 1);
        this.tokens = tokens;
    }

    static String figures(YearMonth month, @Nullable String groupBy, @Nullable Instant asOf) {
        return FIGURES + period(month, asOf) + (groupBy == null ? "" : "&groupBy=" + groupBy);
    }

    static String tickets(YearMonth month, String verdict, @Nullable Instant asOf) {
        return FIGURES + "/tickets" + period(month, asOf) + "&verdict=" + verdict;
    }

    private static String period(YearMonth month, @Nullable Instant asOf) {
        return "?from=" + month.atDay(1) + "&to=" + month.atEndOfMonth() + (asOf == null ? "" : "&asOf=" + asOf);
    }

    JsonObject get(String path) throws Exception {
        List<JsonObject> answers = new ArrayList<>();
        open();
        await(load.run(1, i -> request(path), (number, status, answer, bodyStart) -> {
            if (status != 200) {
                throw new IllegalStateException(path + " was answered " + answer);
            }
            answers.add(new JsonObject(answer.getBuffer(bodyStart, answer.length())));
        }));
        return answers.get(0);
    }

    /** After a few that are not counted, and which the statements are prepared and planned with. */
    LoadResult measure(int warm, int count, LongFunction<String> path) throws Exception {
        open();
        await(load.run(warm, i -> request(path.apply(-1 - i))));
        var result = await(load.run(count, i -> request(path.apply(i))));
        if (!result.byStatus().keySet().equals(Set.of(200))) {
            throw new IllegalStateException(path.apply(0) + " was answered " + result.byStatus());
        }
        return result;
    }

    /** An answer's figures as {@link CompletionByEvents} has them. */
    static Map<String, Long> counts(JsonObject figures) {
        var counts = new TreeMap<String, Long>();
        note(counts, "main/", figures.getJsonObject("total"));
        figures.getJsonArray("groups")
                .forEach(each -> note(
                        counts,
                        "main/" + ((JsonObject) each).getJsonObject("key").getString("id"),
                        (JsonObject) each));
        note(counts, "consultation/", figures.getJsonObject("consultation"));
        note(counts, "care/", figures.getJsonObject("care"));
        counts.values().removeIf(n -> n == 0);
        return counts;
    }

    private static void note(Map<String, Long> counts, String prefix, JsonObject figure) {
        Map.of(
                        "provisional", "provisional/",
                        "numerator", "one_time/",
                        "confirmedNumerator", "confirmed/",
                        "overdueUnresolved", "overdue_unresolved/",
                        "withdrawn", "withdrawn/",
                        "duplicate", "duplicate/")
                .forEach((name, verdict) -> counts.put(prefix + "/" + verdict, figure.getLong(name)));
        for (var verdict : List.of("excluded", "broken")) {
            var causes = figure.getJsonObject(verdict);
            causes.fieldNames()
                    .forEach(cause -> counts.put(prefix + "/" + verdict + "/" + cause, causes.getLong(cause)));
        }
    }

    /** A new connection, since the one from before may have been idle for too long. */
    private void open() throws Exception {
        token = tokens.get();
        await(load.open());
    }

    private Buffer request(String path) {
        return Buffer.buffer("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/json\r\n\r\n");
    }
}

package org.huying.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads a running service as any client does, signed in as a supervisor of the whole district. */
public final class Download {
    private static final int AT_ONCE = 8;
    private static final int PAGE = 100;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final String token;

    private Download(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    public static Download signedIn(URI base, String username, String password) {
        var login = new JsonObject().put("username", username).put("password", password);
        var request = HttpRequest.newBuilder(base.resolve("/v1/auth/staff"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(login.encode()));
        return new Download(base, send(request).getString("accessToken"));
    }

    public JsonObject get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + token));
    }

    /** All items of a list, page by page. */
    public List<JsonObject> all(String path) {
        var items = new ArrayList<JsonObject>();
        var start = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
        var page = get(start);
        while (true) {
            page.getJsonArray("items").forEach(item -> items.add((JsonObject) item));
            var cursor = page.getString("nextCursor");
            if (cursor == null) {
                return items;
            }
            page = get(start + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
        }
    }

    /** Every ticket with its log, whose chain holds. */
    public Map<UUID, List<Event>> chains() {
        var readers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            var reading = new LinkedHashMap<UUID, Future<List<Event>>>();
            for (var ticket : all("/v1/tickets")) {
                var id = UUID.fromString(ticket.getString("id"));
                reading.put(id, readers.submit(() -> Chain.verified(id, all("/v1/tickets/" + id + "/events"))));
            }
            var chains = new LinkedHashMap<UUID, List<Event>>();
            for (var each : reading.entrySet()) {
                chains.put(each.getKey(), each.getValue().get());
            }
            return chains;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            readers.shutdownNow();
        }
    }

    private static JsonObject send(HttpRequest.Builder request) {
        try {
            var answer = CLIENT.send(
                    request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
            }
            return new JsonObject(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

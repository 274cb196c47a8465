package org.huying.audit;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.huying.command.Remote;

/** Reads a running service as any client does, signed in as a supervisor of the whole district. */
public final class Download {
    private static final int AT_ONCE = 8;
    private static final int PAGE = 100;
    private static final int TOLD_EACH = 500;

    private final Remote service;

    private Download(Remote service) {
        this.service = service;
    }

    public static Download signedIn(URI base, String username, String password) {
        try {
            return new Download(Remote.signedIn(base, username, password));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The answer to a question.
     *
     * @param members that it has if it is the service that answers
     */
    public JsonObject get(String path, String... members) {
        try {
            return service.send(service.request(path), members);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All items of a list, page by page. */
    public List<JsonObject> all(String path) {
        var items = new ArrayList<JsonObject>();
        var start = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE;
        var page = get(start, "items");
        while (true) {
            page.getJsonArray("items").forEach(item -> items.add((JsonObject) item));
            var cursor = page.getString("nextCursor");
            if (cursor == null) {
                return items;
            }
            page = get(start + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8), "items");
        }
    }

    /** Every ticket with its log, whose chain holds. */
    public Map<UUID, List<Event>> chains() {
        return chains(read -> {});
    }

    /** @param progress is told now and then how many have been read */
    Map<UUID, List<Event>> chains(IntConsumer progress) {
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
                if (chains.size() % TOLD_EACH == 0) {
                    progress.accept(chains.size());
                }
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
}

package org.huying.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Ends the connections of callers who take too long, and takes no more of them than there is room for. Looks at all
 * connections of one event loop now and then, instead of a timer for each request.
 */
public final class ConnectionWatch {
    /** Each has a file descriptor and some kilobytes of buffers. */
    private static final int CONNECTIONS_MAX = 20_000;

    private static final long ROUNDS_EACH_WAIT = 8;

    private static final long LATECOMERS_LOOK_MILLIS = 20;

    private static final class Watched {
        private final long openedNanos = System.nanoTime();
        private long endsNanos;
        private int underWay;
        private boolean hasAsked;

        /** Who has just come in has a request under way to us. */
        private boolean isAboutToAsk(long nowNanos, Duration parting) {
            return !hasAsked && nowNanos - openedNanos < parting.toNanos();
        }
    }

    private final Vertx vertx;
    private final Patience patience;
    private final BooleanSupplier leaving;
    private final Door door;
    private final Map<HttpConnection, Watched> connections = new HashMap<>();
    private long timer;

    /** @param leaving whether the node is on its way out: callers are then asked to connect anew, elsewhere */
    public ConnectionWatch(Vertx vertx, Patience patience, BooleanSupplier leaving, Door door) {
        this.vertx = vertx;
        this.patience = patience;
        this.leaving = leaving;
        this.door = door;
    }

    /** Watches a server of this event loop; {@code handler} is asked as if nobody watched. */
    public HttpServer watch(HttpServer server, Handler<HttpServerRequest> handler) {
        timer = vertx.setPeriodic(
                Math.max(1, patience.head().toMillis() / ROUNDS_EACH_WAIT), round -> endOverdue(System.nanoTime()));
        return server.connectionHandler(this::opened).requestHandler(request -> {
            begun(request);
            if (leaving.getAsBoolean() && request.version() != HttpVersion.HTTP_2) {
                request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            whenTaken(request, handler);
        });
    }

    /**
     * Shuts the door and succeeds when nobody is about to ask any more: whoever had just come in has been asked to connect
     * elsewhere with the answer, or has said nothing for a while. To be called on the event loop.
     */
    public Future<Void> lastCallers() {
        Promise<Void> none = Promise.promise();
        var loop = vertx.getOrCreateContext();
        door.shut().onComplete(shut -> loop.runOnContext(now -> waitForLatecomers(none)));
        return none.future();
    }

    private void waitForLatecomers(Promise<Void> none) {
        var now = System.nanoTime();
        if (connections.values().stream().noneMatch(each -> each.isAboutToAsk(now, patience.parting()))) {
            none.complete();
        } else {
            vertx.setTimer(LATECOMERS_LOOK_MILLIS, again -> waitForLatecomers(none));
        }
    }

    public void close() {
        vertx.cancelTimer(timer);
    }

    private void opened(HttpConnection connection) {
        door.cameIn(connection);
        if (connections.size() >= CONNECTIONS_MAX) {
            connection.close();
            return;
        }
        var watched = new Watched();
        await(watched, patience.head());
        connections.put(connection, watched);
        connection.closeHandler(closed -> connections.remove(connection));
    }

    /** Over HTTP/2 many run at a time. What is still coming of a request that is answered belongs to its exchange. */
    private void begun(HttpServerRequest request) {
        var watched = connections.get(request.connection());
        if (watched == null) {
            return;
        }
        watched.hasAsked = true;
        watched.underWay++;
        await(watched, patience.exchange());
        request.response().endHandler(answered -> {
            watched.underWay--;
            if (request.isEnded() && watched.underWay == 0) {
                await(watched, patience.head());
            }
        });
    }

    /** Whoever sends one request after another, and takes no answer, gets no more of them made. */
    private static void whenTaken(HttpServerRequest request, Handler<HttpServerRequest> handler) {
        var response = request.response();
        if (!response.writeQueueFull()) {
            handler.handle(request);
            return;
        }
        request.pause();
        response.drainHandler(taken -> {
            response.drainHandler(null);
            handler.handle(request);
        });
    }

    private static void await(Watched watched, Duration time) {
        watched.endsNanos = System.nanoTime() + time.toNanos();
    }

    /**
     * The public ways to close ({@code close}, {@code shutdown(0, …)}, {@code reset} of an answer) all write first what is
     * left to send, and so wait for a caller who does not take it: for ever. Only the channel closes at once.
     */
    private static void cutOff(HttpConnection connection) {
        var unused = ((ConnectionBase) connection).channel().close();
    }

    private void endOverdue(long nowNanos) {
        var overdue = connections.entrySet().stream()
                .filter(entry -> entry.getValue().endsNanos - nowNanos < 0)
                .map(Map.Entry::getKey)
                .toList();
        overdue.forEach(ConnectionWatch::cutOff);
    }
}

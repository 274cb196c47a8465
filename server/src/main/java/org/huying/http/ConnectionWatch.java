package org.huying.http;

import io.vertx.core.Handler;
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

    private static final class Watched {
        private long endsNanos;
        private int underWay;
    }

    private final Vertx vertx;
    private final Patience patience;
    private final BooleanSupplier leaving;
    private final Map<HttpConnection, Watched> connections = new HashMap<>();
    private long timer;

    /** @param leaving whether the node is on its way out: callers are then asked to connect anew, elsewhere */
    public ConnectionWatch(Vertx vertx, Patience patience, BooleanSupplier leaving) {
        this.vertx = vertx;
        this.patience = patience;
        this.leaving = leaving;
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
            handler.handle(request);
        });
    }

    public void close() {
        vertx.cancelTimer(timer);
    }

    private void opened(HttpConnection connection) {
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
        watched.underWay++;
        await(watched, patience.exchange());
        request.response().endHandler(answered -> {
            watched.underWay--;
            if (request.isEnded() && watched.underWay == 0) {
                await(watched, patience.head());
            }
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

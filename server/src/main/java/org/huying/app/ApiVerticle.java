package org.huying.app;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.huying.canteen.FunnelRing;
import org.huying.http.ConnectionWatch;
import org.huying.http.Door;
import org.huying.identity.SharedIdentity;
import org.jspecify.annotations.Nullable;

/** One event loop of the service: its own connections and queues, and the port shared with the others. */
final class ApiVerticle extends VerticleBase {
    private static final int FIRST_LINE_MAX_BYTES = 4096;
    private static final int HEADERS_MAX_BYTES = 8192;
    private static final long DRAIN_SECONDS = 20;

    private final int loop;
    private final Infrastructure infrastructure;
    private final SharedIdentity identity;
    private final FunnelRing ring;
    private final Endpoints endpoints;
    private final Door door;
    private final Readiness readiness;
    private final IntConsumer bound;
    private @Nullable Assembly assembly;
    private @Nullable HttpServer server;
    private @Nullable ConnectionWatch watch;

    /**
     * Makes one of several.
     *
     * @param loop  its number
     * @param endpoints where all of them listen
     * @param door the one that they share
     * @param bound is told the port in the end
     */
    ApiVerticle(
            int loop,
            Infrastructure infrastructure,
            SharedIdentity identity,
            FunnelRing ring,
            Readiness readiness,
            Endpoints endpoints,
            Door door,
            IntConsumer bound) {
        this.loop = loop;
        this.infrastructure = infrastructure;
        this.identity = identity;
        this.ring = ring;
        this.endpoints = endpoints;
        this.door = door;
        this.readiness = readiness;
        this.bound = bound;
    }

    @Override
    public Future<?> start() {
        var built = new Assembly(vertx, loop, infrastructure, identity, ring, readiness);
        assembly = built;
        var watching = new ConnectionWatch(vertx, infrastructure.patience(), infrastructure.draining()::get, door);
        watch = watching;
        var started = watching.watch(vertx.createHttpServer(options()), built.handler())
                .invalidRequestHandler(built.handler()::refuseInvalid);
        server = started;
        return built.open()
                .compose(connected -> started.listen())
                .onSuccess(listening -> bound.accept(listening.actualPort()));
    }

    /**
     * What one connection may take of us. HTTP/2 in clear only where it is asked for: a proxy that passes on an upgrade to it
     * would be bypassed.
     */
    private HttpServerOptions options() {
        var port = endpoints.httpPort();
        return new HttpServerOptions()
                .setHost(endpoints.httpAddress())
                .setPort(port == 0 ? -1 : port)
                .setIdleTimeout((int) infrastructure.patience().head().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxInitialLineLength(FIRST_LINE_MAX_BYTES)
                .setMaxHeaderSize(HEADERS_MAX_BYTES)
                .setHttp2ClearTextEnabled(infrastructure.http2())
                .setTcpNoDelay(true)
                .setReuseAddress(true);
    }

    /** First nobody comes in any more, then connections end: each when it is idle, or has had its answer. */
    @Override
    public Future<?> stop() {
        var watching = watch;
        var ending = server;
        Future<Void> drained = watching == null || ending == null
                ? Future.succeededFuture()
                : watching.lastCallers()
                        .compose(none -> ending.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS))
                        .onComplete(ended -> watching.close());
        return drained.eventually(() -> assembly == null ? Future.succeededFuture() : assembly.close());
    }
}

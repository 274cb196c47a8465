package org.huying.app;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.huying.db.Database;
import org.huying.db.seal.KeyUse;
import org.huying.kernel.Refusal;

/** What operators look at, on a port that the public does not reach. */
final class ManagementVerticle extends VerticleBase {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Infrastructure infrastructure;
    private final Endpoints endpoints;
    private final IntConsumer bound;

    /** NaN while it is not known: none would mean that an older key may be thrown away. */
    private final AtomicReference<Double> oldKeys = new AtomicReference<>(Double.NaN);

    private final Database database;
    private final Readiness readiness;

    ManagementVerticle(
            Infrastructure infrastructure,
            Database database,
            Readiness readiness,
            Endpoints endpoints,
            IntConsumer bound) {
        this.database = database;
        this.readiness = readiness;
        this.infrastructure = infrastructure;
        this.endpoints = endpoints;
        this.bound = bound;
    }

    @Override
    public Future<?> start() {
        infrastructure.registry().gauge("huying.data.keys.old", oldKeys, AtomicReference::get);
        lookAtKeys();
        return vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(endpoints.managementPort(), endpoints.managementAddress())
                .onSuccess(listening -> bound.accept(listening.actualPort()));
    }

    private void answer(HttpServerRequest request) {
        var path = request.path() == null ? "" : request.path();
        switch (path) {
            case "/metrics" -> {
                end(request, 200, PROMETHEUS_TEXT, infrastructure.registry().scrape());
                lookAtKeys();
            }
            case "/health/live" -> end(request, 200, "application/json", "{\"status\":\"up\"}");
            case "/health/ready" ->
                readiness
                        .check()
                        .onSuccess(up -> end(request, 200, "application/json", "{\"status\":\"up\"}"))
                        .onFailure(down -> end(request, 503, "application/json", down(down)));
            default -> end(request, 404, "text/plain", "");
        }
    }

    /** For the next who asks for metrics: they are told at once, also while the database is away. */
    private void lookAtKeys() {
        var current = infrastructure.keys().cipher().currentKeyId();
        database.read(client -> KeyUse.others(client, current))
                .map(Integer::doubleValue)
                .otherwise(Double.NaN)
                .onSuccess(oldKeys::set);
    }

    private static String down(Throwable reason) {
        return new JsonObject()
                .put("status", "down")
                .put("reason", reason instanceof Refusal refusal ? refusal.code() : "internal")
                .encode();
    }

    private static void end(HttpServerRequest request, int status, String contentType, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", contentType)
                .end(body);
    }
}

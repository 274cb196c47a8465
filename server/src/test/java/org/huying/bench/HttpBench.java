package org.huying.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.Pools;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.ApiHandler;
import org.huying.http.Contract;
import org.huying.http.Cors;
import org.huying.http.Idempotency;
import org.huying.http.JsonText;
import org.huying.http.Operations;
import org.huying.http.Pages;
import org.huying.http.Patience;
import org.huying.http.RateLimits;
import org.huying.http.RequestMetrics;
import org.huying.http.TrustedProxies;
import org.huying.identity.Authenticator;
import org.huying.identity.InMemoryLoginThrottle;
import org.huying.identity.PasswordCost;
import org.huying.identity.Passwords;
import org.huying.identity.SharedIdentity;
import org.huying.identity.session.AccessTokens;
import org.huying.identity.session.Ed25519;
import org.huying.identity.session.OpenSession;
import org.huying.identity.session.RevokedSessions;
import org.huying.identity.session.SessionOwner;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Role;
import org.huying.redis.Limiter;
import org.huying.redis.LocalCounters;
import org.huying.testing.TestKeys;

/**
 * What the way of a request costs: the same constant answer from a bare Vert.x handler, from a plain router, and through
 * token, contract and metrics. Nothing of it touches a database. The ratio to the bare handler is the figure.
 */
final class HttpBench {
    /** @param tokens how many take turns where each is one not seen lately */
    record Size(int connections, int tokens, long warmUp, long requests, int rounds) {
        static final Size FULL = new Size(64, 50_000, 80_000, 150_000, 3);
        static final Size SMOKE = new Size(4, 50, 20, 100, 1);
    }

    private static final String PATH = "/v1/places/018f3c5e-7a10-7000-8000-000000000001";
    private static final Map<String, String> BODY = Map.of(
            "id", "018f3c5e-7a10-7000-8000-000000000001",
            "level", "compound",
            "kind", "compound",
            "parentId", "018f3c5e-7a10-7000-8000-000000000002",
            "name", "幸福家园");

    private static final Buffer BYTES = JsonText.write(BODY);

    private final Vertx vertx = Vertx.vertx();
    private final AccessTokens tokens =
            new AccessTokens(TestKeys.generate().signing(), Ed25519.fastest(), Clock.systemUTC());

    private record Subject(
            String name, Function<Vertx, Handler<HttpServerRequest>> handler, LongFunction<Buffer> request) {}

    private final Size size;

    private HttpBench(Size size) {
        this.size = size;
    }

    /** Prints a table; what is wrong comes back. */
    static List<String> run(Size size) throws Exception {
        return new HttpBench(size).run();
    }

    private List<String> run() throws Exception {
        var faults = new ArrayList<String>();
        var warm = request(token());
        var cold = new ArrayList<Buffer>();
        for (int i = 0; i < size.tokens(); i++) {
            cold.add(request(token()));
        }
        var subjects = List.of(
                new Subject("bare Vert.x handler", v -> HttpBench::bare, n -> warm),
                new Subject("plain router", HttpBench::routed, n -> warm),
                new Subject("Huying, the same token", this::api, n -> warm),
                new Subject("Huying, a token not seen lately", this::api, n -> cold.get((int) (n % cold.size()))));
        System.out.printf(
                "%d connections, %d requests, best of %d rounds%n", size.connections(), size.requests(), size.rounds());
        double baseline = 0;
        for (var subject : subjects) {
            var best = best(subject);
            if (!best.byStatus().keySet().equals(Set.of(200))) {
                faults.add(subject.name() + " answered " + best.byStatus());
            }
            baseline = baseline == 0 ? best.perSecond() : baseline;
            System.out.println(best.line(subject.name())
                    + String.format(Locale.ROOT, "   ratio %.2f", best.perSecond() / baseline));
        }
        await(vertx.close());
        return faults;
    }

    private LoadResult best(Subject subject) throws Exception {
        var port = new AtomicInteger();
        var server = await(vertx.deployVerticle(
                () -> new Server(subject.handler(), port), new DeploymentOptions().setInstances(1)));
        var client = Vertx.vertx();
        try {
            var load = new LoadClient(client, port.get(), size.connections());
            await(load.open());
            await(load.run(size.warmUp(), subject.request()));
            LoadResult best = await(load.run(size.requests(), subject.request()));
            for (int round = 1; round < size.rounds(); round++) {
                var next = await(load.run(size.requests(), subject.request()));
                best = next.perSecond() > best.perSecond() ? next : best;
            }
            return best;
        } finally {
            await(client.close());
            await(vertx.undeploy(server));
        }
    }

    private static final class Server extends VerticleBase {
        private final Function<Vertx, Handler<HttpServerRequest>> handler;
        private final AtomicInteger port;

        Server(Function<Vertx, Handler<HttpServerRequest>> handler, AtomicInteger port) {
            this.handler = handler;
            this.port = port;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer(new HttpServerOptions().setPort(0).setHost("127.0.0.1"))
                    .requestHandler(handler.apply(vertx))
                    .listen()
                    .onSuccess(listening -> port.set(listening.actualPort()));
        }
    }

    private static void bare(HttpServerRequest request) {
        request.response().putHeader("Content-Type", "application/json").end(BYTES);
    }

    private static Handler<HttpServerRequest> routed(Vertx vertx) {
        var router = Router.router(vertx);
        router.get("/v1/places/:placeId").handler(context -> bare(context.request()));
        return router;
    }

    /** Every operation is bound to the same constant, so that the contract is whole. */
    private Handler<HttpServerRequest> api(Vertx vertx) {
        var contract = Contract.load();
        Operations.Binder constant = operations -> contract.operations()
                .forEach(operation -> operations.query(
                        operation.id(),
                        operation.needsLogin() ? Access.signedIn() : Access.anyone(),
                        call -> Future.succeededFuture(Answer.ok(BODY))));
        var database = new Database(Pools.forService(vertx, "test", "postgresql://nobody@127.0.0.1:1/none", 1));
        var realTime = Clock.systemUTC();
        var identity = new SharedIdentity(
                tokens,
                new RevokedSessions(vertx, database),
                new Passwords(vertx, PasswordCost.STRONG, realTime),
                new InMemoryLoginThrottle(realTime),
                realTime);
        var cipher = new FieldCipher(Map.of((byte) 1, new byte[32]), (byte) 1, new byte[32]);
        return new ApiHandler(
                contract,
                List.of(constant),
                new Authenticator(identity, database),
                database,
                new Idempotency(cipher, realTime),
                new RateLimits(
                        new Limiter(vertx, List.of("redis://127.0.0.1:1"), new LocalCounters()), cipher, List.of()),
                TrustedProxies.none(),
                MemoryBudget.ofHeap(),
                Patience.USUAL,
                new RequestMetrics(new SimpleMeterRegistry()),
                new Cors(List.of()),
                Pages.router(vertx));
    }

    private String token() {
        var owner = new SessionOwner(Ids.next(), Ids.next(), Caller.Kind.RESIDENT);
        return tokens.issue(new OpenSession(Ids.next(), owner, "none"), List.of(Role.RESIDENT));
    }

    private static Buffer request(String token) {
        return Buffer.buffer("GET " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/json\r\n\r\n");
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.MINUTES);
    }
}

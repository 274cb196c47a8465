package org.huying.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.huying.db.Database;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Refusal;
import org.huying.kernel.Sha256;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every request, in the order of its checks: path, caller (401), size and type of the body (413, 415),
 * contract (400), role (403), limit (429), and then the operation itself. One for each event loop.
 */
public final class ApiHandler implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
    private static final String BEARER = "Bearer ";
    private static final int TOO_SLOW = 408;
    private static final long LINGER_MILLIS = 500;
    private static final String NO_OPERATION = "none";
    /** What may wait for its caller without being counted. */
    private static final int SMALL_ANSWER_BYTES = 16 << 10;

    private record Target(
            ContractOperation operation,
            OperationRegistry.Bound bound,
            @Nullable RateLimit limit,
            RequestCheck check,
            Negotiation forms) {}

    private final PathTree<Target> targets = new PathTree<>();
    private final Authentication authentication;
    private final CommandRunner commands;
    private final RateLimits limits;
    private final TrustedProxies proxies;
    private final MemoryBudget memory;
    private final Patience patience;
    private final RequestMetrics metrics;
    private final Cors cors;
    private final Handler<HttpServerRequest> pages;

    /**
     * Binds everything, and fails if contract and features differ.
     *
     * @param pages takes what no operation has the path of
     */
    public ApiHandler(
            Contract contract,
            List<Operations.Binder> features,
            Authentication authentication,
            Database database,
            Idempotency idempotency,
            RateLimits limits,
            TrustedProxies proxies,
            MemoryBudget memory,
            Patience patience,
            RequestMetrics metrics,
            Cors cors,
            Handler<HttpServerRequest> pages) {
        this.authentication = authentication;
        this.commands = new CommandRunner(database, idempotency, authentication);
        this.limits = limits;
        this.proxies = proxies;
        this.memory = memory;
        this.patience = patience;
        this.metrics = metrics;
        this.cors = cors;
        this.pages = pages;
        var registry = new OperationRegistry();
        features.forEach(feature -> feature.bind(registry));
        var bound = registry.heldAgainst(contract);
        limits.holdAgainst(contract);
        for (var operation : contract.operations()) {
            var handler = Objects.requireNonNull(bound.get(operation.id()));
            targets.add(
                    operation.method(),
                    operation.path(),
                    new Target(
                            operation,
                            handler,
                            limits.of(operation.id()),
                            new RequestCheck(operation),
                            Negotiation.of(operation)));
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        var match = targets.find(request.method(), request.path());
        if (match == null && Pages.serves(request)) {
            request.resume();
            pages.handle(request);
            return;
        }
        var exchange = new Exchange(request, proxies.addressOf(request));
        var hold = memory.hold(exchange.address());
        var target = match == null ? null : match.byMethod().get(request.method());
        var operationId = target == null ? NO_OPERATION : target.operation().id();
        metrics.started();
        cors.mark(request);
        request.pause();
        attempt(exchange, match, target, hold)
                .recover(failure -> Future.succeededFuture(refused(exchange, operationId, failure)))
                .map(rendered -> counted(exchange, operationId, rendered, hold))
                .onSuccess(rendered -> {
                    BodyReader.drain(request);
                    exchange.send(rendered).onComplete(taken -> hold.release());
                    if (rendered.status() == TOO_SLOW) {
                        leave(request);
                    }
                    metrics.ended(operationId, rendered.status(), exchange.elapsedNanos());
                });
    }

    /** What the request held is held no more; a large answer is, until it has been taken. */
    private static Rendered counted(Exchange exchange, String operationId, Rendered rendered, MemoryBudget.Hold hold) {
        if (rendered.stream() != null) {
            return rendered;
        }
        try {
            var length = rendered.body().length();
            hold.only(length > SMALL_ANSWER_BYTES ? length : 0);
            return rendered;
        } catch (Refusal refusal) {
            exchange.untagged();
            return refused(exchange, operationId, refusal);
        }
    }

    /** For what is no HTTP, or too long in its first line or headers. */
    public void refuseInvalid(HttpServerRequest request) {
        var exchange = new Exchange(request, "");
        var unused = exchange.send(refused(exchange, NO_OPERATION, Refusal.malformed("malformed_http")));
        request.connection().close();
    }

    /** Goes, a little later: what is still coming, unread, would take the answer with it. */
    private static void leave(HttpServerRequest request) {
        Vertx.currentContext()
                .owner()
                .setTimer(LINGER_MILLIS, gone -> request.connection().close());
    }

    private Future<Rendered> attempt(
            Exchange exchange,
            PathTree.@Nullable Match<Target> match,
            @Nullable Target target,
            MemoryBudget.Hold hold) {
        try {
            if (match == null) {
                throw Refusal.notFound("path_unknown");
            }
            if (cors.isPreflight(exchange.request())) {
                cors.permit(exchange.request(), match.methods());
                return Future.succeededFuture(Rendered.of(Answer.noContent()));
            }
            if (target == null) {
                exchange.allow(match.methods().stream().map(HttpMethod::name).collect(Collectors.joining(", ")));
                throw Refusal.methodNotAllowed();
            }
            return callerOf(exchange.request(), target).compose(caller -> {
                if (caller != null) {
                    hold.by(caller);
                }
                return Body.read(exchange.request(), target.check(), patience.body(), hold)
                        .compose(body -> run(exchange, target, match, caller, body, hold));
            });
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<@Nullable Caller> callerOf(HttpServerRequest request, Target target) {
        if (!target.bound().access().needsCaller()) {
            return Future.succeededFuture(null);
        }
        // of two nobody knows which one a proxy before us has looked at
        var headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.size() != 1 || !headers.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Future.failedFuture(Refusal.unauthenticated("unauthenticated"));
        }
        var header = headers.get(0);
        return authentication
                .authenticate(header.substring(BEARER.length()).strip())
                .map(caller -> caller);
    }

    private Future<Rendered> run(
            Exchange exchange,
            Target target,
            PathTree.Match<Target> match,
            @Nullable Caller caller,
            Body body,
            MemoryBudget.Hold hold) {
        var call = call(exchange, target, match, caller, body, hold);
        if (caller != null) {
            target.bound().access().check(caller);
            exchange.varyBy(HttpHeaders.AUTHORIZATION);
        }
        if (target.forms().hasChoice()) {
            exchange.varyBy(HttpHeaders.ACCEPT);
        }
        var limit = target.limit();
        var bound = limit == null ? target.bound() : target.bound().after(same -> limits.take(limit, same, exchange));
        if (bound.command() != null) {
            return commands.run(call, bound.access(), bound.command());
        }
        if (bound.preparation() != null) {
            return commands.run(call, bound.access(), bound.preparation());
        }
        var answer = Objects.requireNonNull(bound.plain()).apply(call).map(Rendered::of);
        return bound.kind() == OperationRegistry.Kind.QUERY ? answer.map(exchange::tagged) : answer;
    }

    private Call call(
            Exchange exchange,
            Target target,
            PathTree.Match<Target> match,
            @Nullable Caller caller,
            Body came,
            MemoryBudget.Hold hold) {
        var request = exchange.request();
        var faults = RequestCheck.none();
        var parameters = target.check().parameters(match.parameters(), query(request), request.headers(), faults);
        var body = target.check().body(came.bytes(), faults);
        var form = formOf(target, came, faults);
        if (!faults.isEmpty()) {
            throw Refusal.malformed(faults);
        }
        var key = parameters.get("Idempotency-Key") instanceof String text ? text : null;
        return new Call(
                target.operation().id(),
                exchange.requestId(),
                parameters,
                body,
                form,
                key == null ? Buffer.buffer() : hash(request.uri(), came.hashed()),
                caller,
                key,
                exchange.address(),
                hold,
                target.forms().choose(accept(request)),
                request.getHeader(HttpHeaders.IF_NONE_MATCH),
                request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    private static MultiMap query(HttpServerRequest request) {
        try {
            return request.params();
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(List.of(new Fault("/query", "format")));
        }
    }

    private static Map<String, Buffer> formOf(Target target, Body came, List<Fault> faults) {
        var check = target.check().form();
        return check == null || came.form() == null ? Map.of() : check.parts(came.form(), faults);
    }

    private static String accept(HttpServerRequest request) {
        return String.join(",", request.headers().getAll(HttpHeaders.ACCEPT));
    }

    private static Buffer hash(String uri, Buffer bytes) {
        return Buffer.buffer(Sha256.of(uri.getBytes(StandardCharsets.UTF_8), new byte[1], bytes.getBytes()));
    }

    private static Rendered refused(Exchange exchange, String operationId, Throwable failure) {
        var language = exchange.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        if (failure instanceof Refusal refusal) {
            var level = refusal instanceof Refusal.Unavailable ? LOG.atWarn() : LOG.atDebug();
            level.addKeyValue("requestId", exchange.requestId())
                    .addKeyValue("operation", operationId)
                    .log("refused: {}", refusal.code());
            return Problems.render(refusal, exchange.requestId(), language);
        }
        var isFull = failure instanceof VirtualMachineError;
        LOG.atError()
                .addKeyValue("requestId", exchange.requestId())
                .addKeyValue("operation", operationId)
                .setCause(failure)
                .log(isFull ? "out of memory" : "failed");
        return isFull
                ? Problems.render(Refusal.unavailable("overloaded"), exchange.requestId(), language)
                : Problems.internal(exchange.requestId(), language);
    }
}

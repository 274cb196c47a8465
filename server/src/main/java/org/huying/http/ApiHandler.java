package org.huying.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.huying.db.Database;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every request, in the order of its checks: path, caller (401), size and type of the body (413, 415),
 * contract (400), role (403), and then the operation itself. One for each event loop.
 */
public final class ApiHandler implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
    private static final String BEARER = "Bearer ";
    private static final long BODY_MAX_BYTES = 1L << 20;
    private static final String NO_OPERATION = "none";
    /** What a body that is left out says. */
    private static final Buffer NO_FIELDS = Buffer.buffer("{}");

    private record Target(
            ContractOperation operation, OperationRegistry.Bound bound, RequestCheck check, Negotiation forms) {}

    private final PathTree<Target> targets = new PathTree<>();
    private final Authentication authentication;
    private final CommandRunner commands;
    private final RequestMetrics metrics;
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
            RequestMetrics metrics,
            Handler<HttpServerRequest> pages) {
        this.authentication = authentication;
        this.commands = new CommandRunner(database, idempotency);
        this.metrics = metrics;
        this.pages = pages;
        var registry = new OperationRegistry();
        features.forEach(feature -> feature.bind(registry));
        var bound = registry.heldAgainst(contract);
        for (var operation : contract.operations()) {
            var handler = Objects.requireNonNull(bound.get(operation.id()));
            targets.add(
                    operation.method(),
                    operation.path(),
                    new Target(operation, handler, new RequestCheck(operation), Negotiation.of(operation)));
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        var match = targets.find(request.method(), request.path());
        if (match == null && Pages.serves(request)) {
            pages.handle(request);
            return;
        }
        var exchange = new Exchange(request);
        var target = match == null ? null : match.byMethod().get(request.method());
        var operationId = target == null ? NO_OPERATION : target.operation().id();
        metrics.started();
        request.pause();
        attempt(exchange, match, target)
                .recover(failure -> Future.succeededFuture(refused(exchange, operationId, failure)))
                .onSuccess(rendered -> {
                    BodyReader.drain(request);
                    exchange.send(rendered);
                    metrics.ended(operationId, rendered.status(), exchange.elapsedNanos());
                });
    }

    /** For what is no HTTP, or too long in its first line or headers. */
    public void refuseInvalid(HttpServerRequest request) {
        var exchange = new Exchange(request);
        exchange.send(refused(exchange, NO_OPERATION, Refusal.malformed("malformed_http")));
        request.connection().close();
    }

    private Future<Rendered> attempt(
            Exchange exchange, PathTree.@Nullable Match<Target> match, @Nullable Target target) {
        try {
            if (match == null) {
                throw Refusal.notFound("path_unknown");
            }
            if (target == null) {
                exchange.allow(match.methods().stream().map(HttpMethod::name).collect(Collectors.joining(", ")));
                throw Refusal.methodNotAllowed();
            }
            return callerOf(exchange.request(), target)
                    .compose(caller -> body(exchange.request(), target)
                            .compose(bytes -> run(exchange, target, match, new CallerOrNobody(caller), bytes)));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private record CallerOrNobody(@Nullable Caller caller) {}

    private Future<@Nullable Caller> callerOf(HttpServerRequest request, Target target) {
        if (!target.bound().access().needsCaller()) {
            return Future.succeededFuture(null);
        }
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Future.failedFuture(Refusal.unauthenticated("unauthenticated"));
        }
        return authentication
                .authenticate(header.substring(BEARER.length()).strip())
                .map(caller -> caller);
    }

    private static Future<Buffer> body(HttpServerRequest request, Target target) {
        if (!BodyReader.isPresent(request) || target.operation().content().isEmpty()) {
            return Future.succeededFuture(Buffer.buffer());
        }
        BodyReader.refuseTooLarge(request, BODY_MAX_BYTES);
        if (!target.check().takes(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            throw Refusal.unsupportedMedia();
        }
        return BodyReader.read(request, BODY_MAX_BYTES);
    }

    private Future<Rendered> run(
            Exchange exchange, Target target, PathTree.Match<Target> match, CallerOrNobody caller, Buffer bytes) {
        var call = call(exchange, target, match, caller.caller(), bytes);
        if (caller.caller() != null) {
            target.bound().access().check(caller.caller());
        }
        if (target.forms().hasChoice()) {
            exchange.varyByAccept();
        }
        var bound = target.bound();
        if (bound.command() != null) {
            return commands.run(call, bound.command());
        }
        var answer = Objects.requireNonNull(bound.plain()).apply(call).map(Rendered::of);
        return bound.kind() == OperationRegistry.Kind.QUERY ? answer.map(exchange::tagged) : answer;
    }

    private static Call call(
            Exchange exchange, Target target, PathTree.Match<Target> match, @Nullable Caller caller, Buffer bytes) {
        var request = exchange.request();
        var faults = RequestCheck.none();
        var parameters = target.check().parameters(match.parameters(), request.params(), request.headers(), faults);
        var body = target.check().body(bytes, faults);
        if (!faults.isEmpty()) {
            throw Refusal.malformed(faults);
        }
        var key = parameters.get("Idempotency-Key") instanceof String text ? text : null;
        return new Call(
                target.operation().id(),
                exchange.requestId(),
                parameters,
                body,
                key == null ? Buffer.buffer() : hash(request.path(), bytes.length() == 0 ? NO_FIELDS : bytes),
                caller,
                key,
                request.remoteAddress().hostAddress(),
                target.forms().choose(accept(request)));
    }

    private static String accept(HttpServerRequest request) {
        return String.join(",", request.headers().getAll(HttpHeaders.ACCEPT));
    }

    private static Buffer hash(String path, Buffer bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Buffer.buffer(digest.digest(bytes.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
        LOG.atError()
                .addKeyValue("requestId", exchange.requestId())
                .addKeyValue("operation", operationId)
                .setCause(failure)
                .log("failed");
        return Problems.internal(exchange.requestId(), language);
    }
}

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
    private static final long BODY_MAX_BYTES = 1L << 20;
    private static final int TOO_SLOW = 408;
    private static final long LINGER_MILLIS = 500;
    private static final String NO_OPERATION = "none";
    /** What a body that is left out says. */
    private static final Buffer NO_FIELDS = Buffer.buffer("{}");

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
    private final Uploads uploads;
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
            Uploads uploads,
            Patience patience,
            RequestMetrics metrics,
            Cors cors,
            Handler<HttpServerRequest> pages) {
        this.authentication = authentication;
        this.commands = new CommandRunner(database, idempotency, authentication);
        this.limits = limits;
        this.proxies = proxies;
        this.uploads = uploads;
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
            pages.handle(request);
            return;
        }
        var exchange = new Exchange(request);
        var target = match == null ? null : match.byMethod().get(request.method());
        var operationId = target == null ? NO_OPERATION : target.operation().id();
        metrics.started();
        cors.mark(request);
        request.pause();
        attempt(exchange, match, target)
                .recover(failure -> Future.succeededFuture(refused(exchange, operationId, failure)))
                .onSuccess(rendered -> {
                    BodyReader.drain(request);
                    exchange.send(rendered);
                    if (rendered.status() == TOO_SLOW) {
                        leave(request);
                    }
                    metrics.ended(operationId, rendered.status(), exchange.elapsedNanos());
                });
    }

    /** For what is no HTTP, or too long in its first line or headers. */
    public void refuseInvalid(HttpServerRequest request) {
        var exchange = new Exchange(request);
        exchange.send(refused(exchange, NO_OPERATION, Refusal.malformed("malformed_http")));
        request.connection().close();
    }

    /** Goes, a little later: what is still coming, unread, would take the answer with it. */
    private static void leave(HttpServerRequest request) {
        Vertx.currentContext()
                .owner()
                .setTimer(LINGER_MILLIS, gone -> request.connection().close());
    }

    private Future<Rendered> attempt(
            Exchange exchange, PathTree.@Nullable Match<Target> match, @Nullable Target target) {
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
            var form = target.check().form();
            return callerOf(exchange.request(), target)
                    .compose(caller -> form == null
                            ? body(exchange.request(), target)
                                    .compose(bytes -> run(
                                            exchange, target, match, new CallerOrNobody(caller), new Body(bytes, null)))
                            : runWithForm(exchange, target, match, new CallerOrNobody(caller), form));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private record CallerOrNobody(@Nullable Caller caller) {}

    /** What came: bytes, or a form. */
    private record Body(Buffer bytes, @Nullable MultipartForm form) {
        static Body of(MultipartForm form) {
            return new Body(Buffer.buffer(), form);
        }

        /** The same for the same; what is left out says nothing. */
        Buffer hashed() {
            if (form != null) {
                return form.digest();
            }
            return bytes.length() == 0 ? NO_FIELDS : bytes;
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

    private Future<Buffer> body(HttpServerRequest request, Target target) {
        return isBodyToRead(request, target, BODY_MAX_BYTES)
                ? BodyReader.read(request, BODY_MAX_BYTES, patience.body())
                : Future.succeededFuture(Buffer.buffer());
    }

    /** The form counts as under way until its answer is made. */
    private Future<Rendered> runWithForm(
            Exchange exchange, Target target, PathTree.Match<Target> match, CallerOrNobody caller, FormCheck form) {
        var request = exchange.request();
        if (!isBodyToRead(request, target, form.maxBytes())) {
            return run(exchange, target, match, caller, Body.of(MultipartForm.empty()));
        }
        var held = uploads.hold();
        return uploads.read(request, form.maxBytes(), patience.body(), held)
                .compose(read -> run(exchange, target, match, caller, Body.of(read)))
                .eventually(held::release);
    }

    private static boolean isBodyToRead(HttpServerRequest request, Target target, long maxBytes) {
        if (!BodyReader.isPresent(request) || target.operation().content().isEmpty()) {
            return false;
        }
        BodyReader.refuseTooLarge(request, maxBytes);
        if (!target.check().takes(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            throw Refusal.unsupportedMedia();
        }
        return true;
    }

    private Future<Rendered> run(
            Exchange exchange, Target target, PathTree.Match<Target> match, CallerOrNobody caller, Body body) {
        var call = call(exchange, target, match, caller.caller(), body);
        if (caller.caller() != null) {
            target.bound().access().check(caller.caller());
        }
        if (target.forms().hasChoice()) {
            exchange.varyByAccept();
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
            Exchange exchange, Target target, PathTree.Match<Target> match, @Nullable Caller caller, Body came) {
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
                proxies.addressOf(request),
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
        LOG.atError()
                .addKeyValue("requestId", exchange.requestId())
                .addKeyValue("operation", operationId)
                .setCause(failure)
                .log("failed");
        return Problems.internal(exchange.requestId(), language);
    }
}

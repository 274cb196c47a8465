package org.huying.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Map;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** One request that has passed authentication and the contract; its values are of the types that the contract says. */
public final class Call {
    private static final int DEFAULT_LIMIT = 20;

    private final String operationId;
    private final String requestId;
    private final Map<String, Object> parameters;
    private final JsonObject body;
    private final Map<String, Buffer> form;
    private final @Nullable Caller caller;
    private final @Nullable String idempotencyKey;
    private final String remoteAddress;
    private final MemoryBudget.Hold hold;
    private final Buffer requestHash;
    private final String mediaType;
    private final @Nullable String knownTags;
    private final @Nullable String acceptLanguage;

    Call(
            String operationId,
            String requestId,
            Map<String, Object> parameters,
            JsonObject body,
            Map<String, Buffer> form,
            Buffer requestHash,
            @Nullable Caller caller,
            @Nullable String idempotencyKey,
            String remoteAddress,
            MemoryBudget.Hold hold,
            String mediaType,
            @Nullable String knownTags,
            @Nullable String acceptLanguage) {
        this.operationId = operationId;
        this.requestId = requestId;
        this.parameters = parameters;
        this.body = body;
        this.form = form;
        this.requestHash = requestHash;
        this.caller = caller;
        this.idempotencyKey = idempotencyKey;
        this.remoteAddress = remoteAddress;
        this.hold = hold;
        this.mediaType = mediaType;
        this.knownTags = knownTags;
        this.acceptLanguage = acceptLanguage;
    }

    /** The same by the caller as they stand by now. */
    Call by(Caller now) {
        return new Call(
                operationId,
                requestId,
                parameters,
                body,
                form,
                requestHash,
                now,
                idempotencyKey,
                remoteAddress,
                hold,
                mediaType,
                knownTags,
                acceptLanguage);
    }

    public String operationId() {
        return operationId;
    }

    public String requestId() {
        return requestId;
    }

    /** Who calls; asking for it in an operation that anyone may call is a fault of ours. */
    public Caller caller() {
        if (caller == null) {
            throw Refusal.unauthenticated("unauthenticated");
        }
        return caller;
    }

    /** The body, or an empty object where none was sent. */
    public JsonObject body() {
        return body;
    }

    /** A part of a form that is always there. */
    public Buffer part(String name) {
        var part = form.get(name);
        if (part == null) {
            throw new IllegalStateException(operationId + " has no required part " + name);
        }
        return part;
    }

    /** Whether the caller has what the tag stands for, and wants it only if it is another by now. */
    public boolean knows(String tag) {
        return Exchange.knows(knownTags, tag);
    }

    /** A hash of what is asked: the same for the same path and body. */
    public Buffer requestHash() {
        return requestHash;
    }

    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /** The address that limits are counted by. */
    public String remoteAddress() {
        return remoteAddress;
    }

    /** What the request holds of the node's memory: what an operation makes beside its answer is to be added to it. */
    public MemoryBudget.Hold hold() {
        return hold;
    }

    /** The form of the answer that the caller wants, of those that the contract offers. */
    public String mediaType() {
        return mediaType;
    }

    /** A path or query parameter that is always there. */
    public UUID id(String name) {
        return UUID.fromString((String) required(name));
    }

    public @Nullable UUID optionalId(String name) {
        return parameters.get(name) instanceof String text ? UUID.fromString(text) : null;
    }

    public @Nullable String text(String name) {
        return parameters.get(name) instanceof String text ? text : null;
    }

    public String requiredText(String name) {
        return (String) required(name);
    }

    public LocalDate date(String name) {
        return LocalDate.parse((String) required(name));
    }

    public YearMonth month(String name) {
        return YearMonth.parse((String) required(name));
    }

    public @Nullable LocalDate optionalDate(String name) {
        return parameters.get(name) instanceof String text ? LocalDate.parse(text) : null;
    }

    public @Nullable Instant optionalInstant(String name) {
        return parameters.get(name) instanceof String text
                ? OffsetDateTime.parse(text).toInstant()
                : null;
    }

    public @Nullable Boolean flag(String name) {
        return parameters.get(name) instanceof Boolean flag ? flag : null;
    }

    public @Nullable Integer number(String name) {
        return parameters.get(name) instanceof Number number ? number.intValue() : null;
    }

    /** A path parameter that is a whole number. */
    public int requiredNumber(String name) {
        return ((Number) required(name)).intValue();
    }

    /** What is wrong, in the caller's language. */
    public String inWords(Fault fault) {
        return Problems.inWords(fault, acceptLanguage);
    }

    public int limit() {
        return parameters.get("limit") instanceof Number limit ? limit.intValue() : DEFAULT_LIMIT;
    }

    public @Nullable Cursor cursor() {
        return parameters.get("cursor") instanceof String text ? Cursor.decode(text) : null;
    }

    private Object required(String name) {
        var value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException(operationId + " has no required parameter " + name);
        }
        return value;
    }
}

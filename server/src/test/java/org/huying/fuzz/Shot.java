package org.huying.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.huying.http.ContractOperation;
import org.jspecify.annotations.Nullable;

/**
 * One request, ready to be sent.
 *
 * @param operation what it is made from; null where it is made from nothing
 * @param target    the second word of the first line, as it is
 * @param headers   those beyond {@code Host} and the length, line by line
 * @param body      null for none
 * @param fields    what the body says, where it says what the contract allows
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares shots
record Shot(
        @Nullable ContractOperation operation,
        String caller,
        String method,
        String target,
        List<String> headers,
        byte @Nullable [] body,
        Length length,
        Map<String, @Nullable Object> fields) {
    private static final int TOLD_MAX = 700;

    /** How it is said where the body ends. */
    enum Length {
        DECLARED,
        CHUNKED
    }

    Shot with(List<String> otherHeaders) {
        return new Shot(operation, caller, method, target, otherHeaders, body, length, fields);
    }

    Shot withTarget(String other) {
        return new Shot(operation, caller, method, other, headers, body, length, fields);
    }

    Shot withMethod(String other) {
        return new Shot(operation, caller, other, target, headers, body, length, fields);
    }

    Shot withBody(byte[] other) {
        return new Shot(operation, caller, method, target, headers, other, length, Map.of());
    }

    Shot inChunks() {
        return new Shot(operation, caller, method, target, headers, body, Length.CHUNKED, fields);
    }

    /** Whether its first line or headers are beyond what servers take: then it need not hear why it is refused. */
    boolean isTooLong() {
        return target.length() > 4_000
                || headers.stream().mapToInt(header -> header.length() + 2).sum() > 8_000;
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    String name() {
        return operation == null ? "none" : operation.id();
    }

    /** For whoever wants to send it again. */
    String told() {
        var text = method + " " + target + " by " + caller
                + headers.stream()
                        .filter(header -> !header.startsWith("Authorization: Bearer eyJ"))
                        .collect(Collectors.joining("\n  ", "\n  ", "\n  "))
                + (body == null ? "no body" : new String(body, StandardCharsets.UTF_8));
        return text.length() <= TOLD_MAX ? text : text.substring(0, TOLD_MAX) + "… " + text.length();
    }
}

package org.huying.fuzz;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.huying.http.ContractOperation;
import org.huying.testing.Reply;
import org.jspecify.annotations.Nullable;

/** Holds what was sent against what is told afterwards under the same names, code point for code point. */
final class ReadBack {
    /**
     * Where the same name means another thing: the version that was changed and the one that it became, the place and,
     * in the log, the digest of it.
     */
    private static final Set<String> OTHERWISE = Set.of("changeServiceItem version", "listTicketEvents location");

    private final Oracle oracle;

    ReadBack(Oracle oracle) {
        this.oracle = oracle;
    }

    void compare(Shot shot, Shot read, Reply reply) {
        if (shot.fields().isEmpty()
                || reply.status() >= 300
                || !reply.header("Content-Type").equals("application/json")) {
            return;
        }
        var told = Json.decodeValue(reply.text());
        shot.fields().forEach((name, sent) -> {
            if (sent == null || OTHERWISE.contains(read.name() + " " + name)) {
                return;
            }
            var values = new HashSet<Object>();
            collect(name, told, values);
            if (!values.isEmpty() && values.stream().noneMatch(value -> same(sent, value))) {
                oracle.found("reads back differently by " + read.name(), shot, name + " " + values);
            }
        });
    }

    /** Reads of what was written, for the same caller. */
    List<Shot> reads(List<ContractOperation> operations, Shot shot, Reply reply) {
        var path = shot.path();
        var id = reply.header("Content-Type").equals("application/json")
                ? reply.json().getString("id")
                : null;
        var reads = new ArrayList<Shot>();
        for (var operation : operations) {
            if (!operation.method().name().equals("GET") || !operation.path().contains("{")) {
                continue;
            }
            var target = target(operation, shot, path, id);
            if (target != null) {
                reads.add(new Shot(
                        operation,
                        shot.caller(),
                        "GET",
                        target
                                + (operation.parameters().stream()
                                                .anyMatch(p -> p.name().equals("limit"))
                                        ? "?limit=100"
                                        : ""),
                        shot.headers().stream()
                                .filter(h -> h.startsWith("Authorization"))
                                .toList(),
                        null,
                        Shot.Length.DECLARED,
                        Map.of()));
            }
        }
        return reads;
    }

    /** The same path with the ids of the write, or the path of the collection with the id of the answer. */
    private static @Nullable String target(ContractOperation read, Shot shot, String path, @Nullable String id) {
        var written = shot.operation().path();
        if (id != null && read.path().startsWith(written + "/{")) {
            return path + read.path().substring(written.length()).replaceFirst("\\{[^}]+}", id);
        }
        var values = Pattern.compile(written.replaceAll("\\{[^}]+}", "([^/]+)")).matcher(path);
        var names = Pattern.compile("\\{[^}]+}").matcher(written);
        var target = read.path();
        if (values.matches()) {
            for (int i = 1; names.find(); i++) {
                target = target.replace(names.group(), values.group(i));
            }
        }
        var isNear = written.startsWith(read.path())
                || read.path().startsWith(written.substring(0, written.lastIndexOf('/')));
        return target.contains("{") || !isNear ? null : target;
    }

    private static void collect(String name, @Nullable Object node, Set<Object> values) {
        if (node instanceof JsonArray array) {
            array.forEach(each -> collect(name, each, values));
        } else if (node instanceof JsonObject object) {
            object.forEach(entry -> {
                if (entry.getKey().equals(name) && entry.getValue() != null) {
                    values.add(entry.getValue());
                }
                collect(name, entry.getValue(), values);
            });
        }
    }

    /** An answer may say more of a thing than was sent: each field sent counts. */
    private static boolean same(@Nullable Object sent, @Nullable Object told) {
        if (sent instanceof Map<?, ?> fields && told instanceof JsonObject object) {
            return fields.entrySet().stream()
                    .allMatch(field -> same(
                            field.getValue(), object.getValue(field.getKey().toString())));
        }
        if (sent instanceof List<?> items && told instanceof JsonArray array) {
            if (items.size() != array.size()) {
                return false;
            }
            for (int i = 0; i < items.size(); i++) {
                if (!same(items.get(i), array.getValue(i))) {
                    return false;
                }
            }
            return true;
        }
        if (sent instanceof Number one && told instanceof Number other) {
            return one.doubleValue() == other.doubleValue();
        }
        // What is null was not said.
        return sent == null || sent.equals(told);
    }
}

package org.huying.fuzz;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.huying.http.ContractOperation;
import org.huying.testing.Reply;
import org.jspecify.annotations.Nullable;

/** Holds what was sent against what is told afterwards under the same names, code point for code point. */
final class ReadBack {
    /** Names and addresses, whose blanks around them the contract says are not kept. */
    private static final Set<String> WITHOUT_BLANKS = Set.of("name", "displayName", "officeName", "address");

    private static final List<String> MEALS = List.of("breakfast", "lunch", "dinner");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Oracle oracle;

    ReadBack(Oracle oracle) {
        this.oracle = oracle;
    }

    void compare(Shot shot, Shot read, Reply reply) {
        if (shot.fields().isEmpty()
                || !Objects.requireNonNull(shot.operation()).method().name().equals(shot.method())
                || reply.status() >= 300
                || !reply.header("Content-Type").equals("application/json")) {
            return;
        }
        var told = Json.decodeValue(reply.text());
        shot.fields().forEach((name, sent) -> {
            if (sent == null || Untold.isOtherwise(read.name(), name)) {
                return;
            }
            var values = new HashSet<Object>();
            collect(name, told, values);
            if (!values.isEmpty() && values.stream().noneMatch(value -> isTold(name, sent, value))) {
                oracle.found("reads back differently by " + read.name(), shot, name + " " + values);
            }
        });
    }

    /** What was sent is told by at least one of these answers, unless nobody is to be told it. */
    void compareAll(Shot shot, List<Reply> replies) {
        var told = replies.stream()
                .filter(reply ->
                        reply.status() < 300 && reply.header("Content-Type").equals("application/json"))
                .map(reply -> Json.decodeValue(reply.text()))
                .toList();
        shot.fields().forEach((name, sent) -> {
            if (sent == null || Untold.why(shot.name(), name) != null) {
                return;
            }
            var values = new HashSet<Object>();
            told.forEach(answer -> collect(name, answer, values));
            if (values.stream().noneMatch(value -> isTold(name, sent, value)) && !isNamed(sent, replies)) {
                oracle.found("is not told again: " + name, shot, name + " of " + values);
            }
        });
    }

    /** As it was sent, or without the blanks around a name, as the contract says of most of them. */
    private static boolean isTold(String name, Object sent, Object value) {
        return same(sent, value)
                || (sent instanceof String text && WITHOUT_BLANKS.contains(name) && same(text.strip(), value));
    }

    /** Who or what was named by its id is told with its name, in an object of its own. */
    private static boolean isNamed(Object sent, List<Reply> replies) {
        if (sent instanceof List<?> ids) {
            return ids.stream().allMatch(id -> isNamed(id, replies));
        }
        return sent instanceof String id
                && ID.matcher(id).matches()
                && replies.stream().anyMatch(reply -> reply.text().contains("\"id\":\"" + id + "\""));
    }

    /** Reads of what was written, for the same caller. */
    List<Shot> reads(List<ContractOperation> operations, Shot shot, Reply reply) {
        var path = shot.path();
        var id = reply.header("Content-Type").equals("application/json")
                ? reply.json().getString("id")
                : null;
        var reads = new ArrayList<Shot>();
        if (shot.name().equals("changeMe")) {
            reads.add(read(operation(operations, "getMe"), shot, "/v1/me", null));
        }
        if (shot.name().equals("claimResident")) {
            reads.add(read(operation(operations, "listMyClaims"), shot, "/v1/me/claims", null));
        }
        if (Set.of("registerResident", "changeResident").contains(shot.name())) {
            var unmask = operation(operations, "unmaskResident");
            reads.add(read(unmask, shot, "/v1/residents/" + id + "/unmask", Requests.utf8("{\"reason\":\"x\"}")));
        }
        for (var operation : operations) {
            if (!operation.method().name().equals("GET") || !operation.path().contains("{")) {
                continue;
            }
            var target = target(operation, shot, path, id);
            if (target != null) {
                var isList =
                        operation.parameters().stream().anyMatch(p -> p.name().equals("limit"));
                reads.add(read(operation, shot, target + (isList ? "?limit=100" : ""), null));
            }
        }
        return reads;
    }

    private static ContractOperation operation(List<ContractOperation> operations, String id) {
        return operations.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Shot read(ContractOperation operation, Shot shot, String target, byte @Nullable [] body) {
        var headers = new ArrayList<>(shot.headers().stream()
                .filter(header -> header.startsWith("Authorization"))
                .toList());
        if (body != null) {
            headers.add("Content-Type: application/json");
        }
        var method = operation.method().name();
        return new Shot(operation, shot.caller(), method, target, headers, body, Shot.Length.DECLARED, Map.of());
    }

    /** The same path with the ids of the write, or the path of the collection with the id of the answer. */
    private static @Nullable String target(ContractOperation read, Shot shot, String path, @Nullable String id) {
        var written = Objects.requireNonNull(shot.operation()).path();
        var resource = written.substring(written.lastIndexOf('/'));
        if (id != null && !written.endsWith("}") && read.path().matches("/v1" + resource + "/\\{[^}]+}")) {
            return "/v1" + resource + "/" + id;
        }
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
            var inOrder =
                    items.stream().sorted(Comparator.comparing(ReadBack::order)).toList();
            return inOrder.size() == array.size()
                    && IntStream.range(0, inOrder.size()).allMatch(i -> same(inOrder.get(i), array.getValue(i)));
        }
        if (sent instanceof Number one && told instanceof Number other) {
            return one.doubleValue() == other.doubleValue();
        }
        // What is null was not said.
        return sent == null || sent.equals(told) || isSameMoment(sent, told);
    }

    /** A time may be written in several ways. */
    private static boolean isSameMoment(Object sent, @Nullable Object told) {
        if (!(sent instanceof String one) || !(told instanceof String other) || !other.endsWith("Z")) {
            return false;
        }
        try {
            return OffsetDateTime.parse(one).toInstant().equals(Instant.parse(other));
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** Days, and the meals of a day, are told in their order, everything else in the order in which it was sent. */
    private static String order(Object item) {
        if (!(item instanceof Map<?, ?> fields)) {
            return "";
        }
        return fields.get("date") instanceof String date
                ? date
                : Integer.toString(MEALS.indexOf(String.valueOf(fields.get("period"))));
    }
}

package org.huying.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.huying.http.ContractOperation;
import org.huying.http.SchemaCheck;
import org.jspecify.annotations.Nullable;

/** Holds an answer against the contract: its status, its content type, and every field of its body. */
public final class ContractCheck {
    /** An operation, and what its paths look like. */
    private record Route(ContractOperation operation, Pattern path) {
        static Route of(ContractOperation operation) {
            return new Route(operation, Pattern.compile(operation.path().replaceAll("\\{[^}]+}", "[^/]+")));
        }

        boolean leads(String to) {
            return path.matcher(to).matches();
        }
    }

    /** What tells most routes apart at little cost. */
    private record Kind(String method, int segments) {
        static Kind of(String method, String path) {
            return new Kind(method, path.split("/", -1).length);
        }
    }

    /** Those with the fewest parameters first. */
    private static final Map<Kind, List<Route>> ROUTES = TestNode.CONTRACT.operations().stream()
            .sorted(Comparator.comparing(
                    operation -> operation.path().chars().filter(c -> c == '{').count()))
            .map(Route::of)
            .collect(Collectors.groupingBy(route ->
                    Kind.of(route.operation().method().name(), route.operation().path())));

    private final Map<String, SchemaCheck> checks = new ConcurrentHashMap<>();

    public void verify(String method, String path, Reply reply) {
        var operation = operationOf(method, path);
        var problem = reply.status() >= 400;
        if (operation == null) {
            assertThat(reply.status()).as("status of an unknown path").isIn(400, 404, 405);
            return;
        }
        var response = responseOf(operation, reply.status());
        assertThat(response)
                .as("%s documents %d", operation.id(), reply.status())
                .isNotNull();
        var content = Objects.requireNonNull(response).getJsonObject("content", new JsonObject());
        if (content.isEmpty() || reply.status() == 304) {
            assertThat(reply.text()).as("body of %s", operation.id()).isEmpty();
            return;
        }
        var mediaType = reply.header("Content-Type").replaceAll(";.*", "").strip();
        assertThat(content.fieldNames())
                .as("content types of %s", operation.id())
                .contains(mediaType);
        assertThat(reply.body().length()).as("length of %s", operation.id()).isPositive();
        verifyCaching(operation, reply, !problem && content.size() > 1);
        if (mediaType.endsWith("json")) {
            var schema = content.getJsonObject(mediaType).getJsonObject("schema");
            var check = checks.computeIfAbsent(
                    operation.id() + " " + (problem ? "problem" : reply.status()), key -> new SchemaCheck(schema));
            assertThat(check.faults(Json.decodeValue(reply.text()), ""))
                    .as("%s answered %s", operation.id(), reply.text())
                    .isEmpty();
        }
        if (problem) {
            verifyWords(reply);
        }
    }

    /** Nothing that somebody signed in was told is kept for whoever comes after them, and no form for who wants another. */
    private static void verifyCaching(ContractOperation operation, Reply reply, boolean hasForms) {
        var varies = Arrays.stream(reply.header("Vary").toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .toList();
        if (hasForms) {
            assertThat(varies).as("%s has several forms", operation.id()).contains("accept");
        }
        if (operation.needsLogin() && reply.status() < 400) {
            assertThat(varies).as("%s is for one caller", operation.id()).contains("authorization");
            assertThat(reply.header("Cache-Control"))
                    .as("how long %s is kept", operation.id())
                    .isIn("no-store", "private, no-cache");
        }
    }

    /** A code without a sentence shows itself as its own title. */
    private static void verifyWords(Reply reply) {
        assertThat(reply.json().getString("title")).isNotEqualTo(reply.code());
        for (var fault : reply.json().getJsonArray("errors", new JsonArray())) {
            assertThat(((JsonObject) fault).getString("message")).doesNotStartWith("fault.");
        }
    }

    private static @Nullable JsonObject responseOf(ContractOperation operation, int status) {
        if (status == 304) {
            return new JsonObject();
        }
        var responses = operation.responses();
        var exact = responses.getJsonObject(Integer.toString(status));
        return exact != null || status < 400 ? exact : responses.getJsonObject("default");
    }

    private static @Nullable ContractOperation operationOf(String method, String path) {
        return ROUTES.getOrDefault(Kind.of(method, path), List.of()).stream()
                .filter(route -> route.leads(path))
                .findFirst()
                .map(Route::operation)
                .orElse(null);
    }
}

package org.huying.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The contract is OpenAPI 3.1, and keeps the rules of the house. */
class ContractLintTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** Logins and passwords, and what only asks. */
    private static final Set<String> NEITHER_CREATING_NOR_ACTING = Set.of(
            "loginWithWechat",
            "loginAsStaff",
            "activateStaff",
            "changePassword",
            "refreshLogin",
            "logout",
            "findSimilarTickets",
            "searchHouseholds",
            "searchResidents",
            "searchStaff");

    private final JsonNode contract = read();

    @Test
    void isOpenApi() throws Exception {
        var vertx = Vertx.vertx();
        try {
            var document = new JsonObject(new ObjectMapper().writeValueAsString(contract));
            OutputUnit result = OpenAPIVersion.V3_1
                    .getRepository(vertx, "app://")
                    .compose(repository -> OpenAPIVersion.V3_1.validateContract(vertx, repository, document))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(result.getErrors()).isNull();
        } finally {
            vertx.close();
        }
    }

    @Test
    void everyOperationSaysWhatItIsAndHowItFails() {
        var faults = new ArrayList<String>();
        var ids = new HashSet<String>();
        eachOperation((where, operation) -> {
            check(faults, where, ids.add(operation.path("operationId").asText()), "operationId is not unique");
            check(faults, where, operation.path("operationId").asText().matches("[a-z][A-Za-z]+"), "operationId");
            check(faults, where, !operation.path("summary").asText().isBlank(), "summary");
            check(faults, where, operation.path("tags").size() == 1, "exactly one tag");
            check(faults, where, operation.path("responses").has("default"), "default response");
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void everyPostThatCreatesOrActsHonoursAnIdempotencyKey() {
        var faults = new ArrayList<String>();
        eachOperation((where, operation) -> {
            if (where.startsWith("post ")
                    && !NEITHER_CREATING_NOR_ACTING.contains(
                            operation.path("operationId").asText())) {
                check(faults, where, operation.path("parameters").toString().contains("IdempotencyKey"), "no key");
            }
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void everythingThatComesInIsBounded() {
        var faults = new ArrayList<String>();
        eachOperation((where, operation) -> {
            operation
                    .path("requestBody")
                    .path("content")
                    .forEach(media -> bounded(where + " body", media.path("schema"), faults));
            operation
                    .path("parameters")
                    .forEach(parameter ->
                            bounded(where + " parameter", resolved(parameter).path("schema"), faults));
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var faults = new ArrayList<String>();
        contract.findValuesAsText("$ref")
                .forEach(reference -> check(
                        faults, reference, !contract.at(reference.substring(1)).isMissingNode(), "leads nowhere"));
        assertThat(faults).isEmpty();
    }

    private void bounded(String where, JsonNode unresolved, List<String> faults) {
        var schema = resolved(unresolved);
        var type = schema.path("type").toString();
        check(faults, where, !schema.has("oneOf") && !schema.has("anyOf"), "alternatives give unclear faults");
        if (type.contains("string") && !schema.has("enum") && !schema.has("const")) {
            check(faults, where, schema.has("maxLength"), "string without maxLength");
        }
        if (type.contains("integer") || type.contains("number")) {
            check(faults, where, schema.has("minimum") && schema.has("maximum"), "number without bounds");
        }
        if (type.contains("array")) {
            check(faults, where, schema.has("maxItems"), "array without maxItems");
            bounded(where + "[]", schema.path("items"), faults);
        }
        if (type.contains("object")) {
            check(faults, where, schema.has("additionalProperties"), "object open for anything");
            schema.path("properties")
                    .properties()
                    .forEach(property -> bounded(where + "/" + property.getKey(), property.getValue(), faults));
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref")
                ? resolved(contract.at(node.path("$ref").asText().substring(1)))
                : node;
    }

    private void eachOperation(BiConsumer<String, JsonNode> check) {
        for (Map.Entry<String, JsonNode> path : contract.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    check.accept(method.getKey() + " " + path.getKey(), method.getValue());
                }
            }
        }
    }

    private static void check(List<String> faults, String where, boolean holds, String rule) {
        if (!holds) {
            faults.add(where + ": " + rule);
        }
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("openapi.yaml").toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

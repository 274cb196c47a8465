package org.huying.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The contract as it stands in {@code openapi.yaml}: read once, every {@code $ref} replaced by what it refers to. */
public final class Contract {
    private static final String RESOURCE = "/org/huying/api/openapi.yaml";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final Buffer yaml;
    private final Buffer json;
    private final JsonObject document;
    private final List<ContractOperation> operations;

    private Contract(Buffer yaml, JsonObject document) {
        this.yaml = yaml;
        this.json = document.toBuffer();
        this.document = document;
        this.operations = List.copyOf(readOperations());
    }

    /** Reads the contract that this build carries. */
    public static Contract load() {
        try (var in = Objects.requireNonNull(Contract.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            var bytes = in.readAllBytes();
            Map<String, Object> tree =
                    new ObjectMapper(new YAMLFactory()).readValue(bytes, new TypeReference<Map<String, Object>>() {});
            return new Contract(Buffer.buffer(bytes), new JsonObject(tree));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the contract", e);
        }
    }

    public Buffer asYaml() {
        return yaml;
    }

    public Buffer asJson() {
        return json;
    }

    public List<ContractOperation> operations() {
        return operations;
    }

    private List<ContractOperation> readOperations() {
        var found = new ArrayList<ContractOperation>();
        var paths = document.getJsonObject("paths");
        for (var path : paths.fieldNames()) {
            var item = paths.getJsonObject(path);
            var shared = item.getJsonArray("parameters", new JsonArray());
            for (var method : item.fieldNames()) {
                if (METHODS.contains(method)) {
                    found.add(operation(path, method, item.getJsonObject(method), shared));
                }
            }
        }
        return found;
    }

    private ContractOperation operation(String path, String method, JsonObject model, JsonArray shared) {
        var parameters = new ArrayList<ContractOperation.Parameter>();
        var listed = shared.copy().addAll(model.getJsonArray("parameters", new JsonArray()));
        for (var each : listed) {
            var parameter = inlined((JsonObject) each);
            parameters.add(new ContractOperation.Parameter(
                    parameter.getString("name"),
                    parameter.getString("in"),
                    parameter.getBoolean("required", false),
                    parameter.getJsonObject("schema")));
        }
        var body = model.containsKey("requestBody") ? inlined(model.getJsonObject("requestBody")) : new JsonObject();
        return new ContractOperation(
                model.getString("operationId"),
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                path,
                !isPublic(model),
                List.copyOf(parameters),
                body.getBoolean("required", false),
                body.getJsonObject("content", new JsonObject()),
                inlined(model.getJsonObject("responses")));
    }

    private boolean isPublic(JsonObject model) {
        return model.getJsonArray("security", document.getJsonArray("security", new JsonArray()))
                .isEmpty();
    }

    private JsonObject inlined(JsonObject node) {
        return (JsonObject) inline(node, 0);
    }

    /** A schema may refer to others but not, however deep, to itself: then it has no end here. */
    private Object inline(Object node, int depth) {
        if (depth > 64) {
            throw new IllegalStateException("the contract refers to itself");
        }
        if (node instanceof JsonArray array) {
            var copy = new JsonArray();
            array.forEach(each -> copy.add(inline(each, depth + 1)));
            return copy;
        }
        if (!(node instanceof JsonObject object)) {
            return node;
        }
        var copy = new JsonObject();
        if (object.getValue("$ref") instanceof String reference) {
            copy.mergeIn((JsonObject) inline(target(reference), depth + 1));
        }
        for (var entry : object) {
            if (!entry.getKey().equals("$ref")) {
                copy.put(entry.getKey(), inline(entry.getValue(), depth + 1));
            }
        }
        return copy;
    }

    private Object target(String reference) {
        var found = reference.startsWith("#/")
                ? JsonPointer.from(reference.substring(1)).queryJson(document)
                : null;
        if (found == null) {
            throw new IllegalStateException("the contract refers to nothing: " + reference);
        }
        return found;
    }
}

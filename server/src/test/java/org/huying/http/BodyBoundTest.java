package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How long a body may be follows from what the contract says of it. */
class BodyBoundTest {
    /** No operation needs more; a form says itself how large its file may be. */
    private static final long MOST_BYTES = 2L << 20;

    static List<ContractOperation> withBody() {
        return Contract.load().operations().stream()
                .filter(operation -> operation.content().containsKey(RequestCheck.JSON))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void theLongestBodyThatIsValidIsTaken(ContractOperation operation) {
        var schema = operation.content().getJsonObject(RequestCheck.JSON).getJsonObject("schema");
        var bound = new RequestCheck(operation).bodyMaxBytes();

        var longest = longest(schema);

        assertThat((long) longest.length()).isLessThanOrEqualTo(bound);
        assertThat(bound).isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void aLoginNeedsFourKibibytesAndAForm10Mebibytes() {
        assertThat(boundOf("loginAsStaff")).isEqualTo(4096);
        assertThat(boundOf("loginWithWechat")).isEqualTo(4096);
        assertThat(boundOf("refreshLogin")).isEqualTo(4096);
        assertThat(boundOf("uploadPhoto")).isEqualTo((10L << 20) + (64 << 10));
        assertThat(boundOf("getMe")).isZero();
    }

    /** Whoever adds an operation, and forgets how much it takes, hears of it when the service starts. */
    @Test
    void whatIsUnboundedIsAFaultOfTheContract() {
        Stream.of(
                        new JsonObject().put("type", "string"),
                        new JsonObject().put("type", "array").put("items", new JsonObject().put("type", "integer")),
                        new JsonObject().put("type", "object"),
                        new JsonObject()
                                .put("type", "object")
                                .put("additionalProperties", new JsonObject().put("type", "integer")),
                        new JsonObject())
                .forEach(schema -> assertThatThrownBy(() -> BodyBound.of("anOperation", schema))
                        .hasMessageContaining("anOperation"));
    }

    private static long boundOf(String id) {
        return Contract.load().operations().stream()
                .filter(operation -> operation.id().equals(id))
                .mapToLong(operation -> new RequestCheck(operation).bodyMaxBytes())
                .sum();
    }

    /** As text, written as long as it can be. */
    private static String longest(JsonObject schema) {
        if (schema.containsKey("const")) {
            return "\"" + schema.getValue("const") + "\"";
        }
        if (schema.containsKey("enum")) {
            return longestOf(schema.getJsonArray("enum").stream().map(each -> "\"" + each + "\""));
        }
        var alternatives = schema.getJsonArray("oneOf", schema.getJsonArray("anyOf"));
        if (alternatives != null) {
            return longestOf(alternatives.stream().map(each -> longest((JsonObject) each)));
        }
        var type =
                schema.getValue("type") instanceof JsonArray several ? several.getString(0) : schema.getString("type");
        return switch (type) {
            case "string" -> "\"" + "\\ud83d\\ude00".repeat(schema.getInteger("maxLength", 36)) + "\"";
            case "integer", "number" -> Long.toString(Long.MIN_VALUE);
            case "boolean" -> "false";
            case "array" ->
                "[ "
                        + String.join(
                                " , ",
                                java.util.Collections.nCopies(
                                        schema.getInteger("maxItems"), longest(schema.getJsonObject("items"))))
                        + " ]";
            default -> object(schema);
        };
    }

    private static String object(JsonObject schema) {
        var members = new java.util.ArrayList<String>();
        var properties = schema.getJsonObject("properties", new JsonObject());
        properties
                .fieldNames()
                .forEach(name -> members.add("\"" + name + "\" : " + longest(properties.getJsonObject(name))));
        if (schema.getValue("additionalProperties") instanceof JsonObject others) {
            for (int i = 0; i < schema.getInteger("maxProperties"); i++) {
                members.add("\"" + "名".repeat(60) + "\" : " + longest(others));
            }
        }
        return "{ " + String.join(" , ", members) + " }";
    }

    private static String longestOf(Stream<String> texts) {
        return Objects.requireNonNull(
                texts.max(java.util.Comparator.comparingInt(String::length)).orElse(null));
    }
}

package org.huying.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * How long the JSON of a schema can be, at most: every text as long as it may be and every character of it escaped, which
 * is the longest way to write it, and room for some blanks. What a schema leaves unbounded has no bound, which is a fault of
 * the contract.
 */
final class BodyBound {
    /** Two escapes of UTF-16, as in {@code \\ud83d\\ude00}. */
    private static final int CHARACTER_BYTES = 12;

    /** A UUID, or an instant with its offset. */
    private static final int FORMATTED_CHARACTERS = 40;

    private static final int NUMBER_BYTES = 24;
    private static final int LITERAL_BYTES = 5;

    /** Quotes, colon or comma, and an indentation. */
    private static final int AROUND_BYTES = 16;

    /** Of a name that the contract does not spell out. */
    private static final int NAME_CHARACTERS = 64;

    private static final long UNIT_BYTES = 4096;

    private BodyBound() {}

    /**
     * Of a whole body, in whole units of 4 KiB.
     *
     * @throws IllegalStateException where there is none
     */
    static long of(String operationId, JsonObject schema) {
        long bytes = bytes(operationId, schema);
        return (bytes + UNIT_BYTES - 1) / UNIT_BYTES * UNIT_BYTES;
    }

    private static long bytes(String where, JsonObject schema) {
        if (schema.containsKey("const") || schema.containsKey("enum")) {
            return values(schema).mapToLong(BodyBound::written).max().orElse(0);
        }
        for (var alternatives : new String[] {"oneOf", "anyOf"}) {
            if (schema.containsKey(alternatives)) {
                return schema.getJsonArray(alternatives).stream()
                        .mapToLong(each -> bytes(where, (JsonObject) each))
                        .max()
                        .orElse(0);
            }
        }
        return switch (type(schema)) {
            case "string" -> CHARACTER_BYTES * (long) characters(where, schema);
            case "integer", "number" -> NUMBER_BYTES;
            case "boolean", "null" -> LITERAL_BYTES;
            case "array" -> array(where, schema);
            case "object" -> object(where, schema);
            default -> throw unbounded(where);
        };
    }

    private static Stream<Object> values(JsonObject schema) {
        return schema.containsKey("const") ? Stream.of(schema.getValue("const")) : schema.getJsonArray("enum").stream();
    }

    private static long written(Object value) {
        return CHARACTER_BYTES * (long) String.valueOf(value).length();
    }

    private static String type(JsonObject schema) {
        return schema.getValue("type") instanceof JsonArray types
                ? types.stream()
                        .map(String.class::cast)
                        .filter(each -> !each.equals("null"))
                        .findFirst()
                        .orElse("null")
                : schema.getString("type", "");
    }

    private static int characters(String where, JsonObject schema) {
        if (schema.containsKey("maxLength")) {
            return schema.getInteger("maxLength");
        }
        if (!schema.containsKey("format")) {
            throw unbounded(where);
        }
        return FORMATTED_CHARACTERS;
    }

    private static long array(String where, JsonObject schema) {
        if (!schema.containsKey("maxItems")) {
            throw unbounded(where);
        }
        return AROUND_BYTES
                + schema.getInteger("maxItems") * (AROUND_BYTES + bytes(where, schema.getJsonObject("items")));
    }

    private static long object(String where, JsonObject schema) {
        long bytes = AROUND_BYTES;
        var properties = schema.getJsonObject("properties", new JsonObject());
        for (var name : properties.fieldNames()) {
            bytes += AROUND_BYTES
                    + name.getBytes(StandardCharsets.UTF_8).length
                    + bytes(where + "/" + name, properties.getJsonObject(name));
        }
        if (schema.getValue("additionalProperties") instanceof JsonObject others) {
            if (!schema.containsKey("maxProperties")) {
                throw unbounded(where);
            }
            bytes += schema.getInteger("maxProperties")
                    * (AROUND_BYTES + (long) NAME_CHARACTERS * CHARACTER_BYTES + bytes(where, others));
        } else if (!Boolean.FALSE.equals(schema.getValue("additionalProperties"))) {
            throw unbounded(where);
        }
        return bytes;
    }

    private static IllegalStateException unbounded(String where) {
        return new IllegalStateException("the contract gives no bound to what comes: " + where);
    }
}

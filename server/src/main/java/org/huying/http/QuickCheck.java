package org.huying.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A schema compiled into predicates, for the common case that a value is right: true means surely valid, false means ask
 * the full validator, which also says why not. Knows the keywords that the contract mostly uses, and is never sure of
 * a schema with any other.
 */
final class QuickCheck {
    private static final Set<String> NOTES = Set.of("description", "default", "title", "examples", "example");
    private static final JsonObject NULL = new JsonObject().put("type", "null");

    private QuickCheck() {}

    static Predicate<@Nullable Object> compile(JsonObject schema) {
        var keywords = new HashSet<>(schema.fieldNames());
        keywords.removeAll(NOTES);
        var orNull = orNull(schema, keywords);
        if (orNull != null) {
            return orNull;
        }
        keywords.remove("type");
        var check = ofType(typeOf(schema), schema, keywords);
        if (!keywords.isEmpty()) {
            return QuickCheck::neverSure;
        }
        return isNullable(schema) ? value -> value == null || check.test(value) : check;
    }

    /** What {@code {oneOf: [schema, {type: 'null'}]}} says; null of any other schema. */
    private static @Nullable Predicate<@Nullable Object> orNull(JsonObject schema, Set<String> keywords) {
        var choices = keywords.equals(Set.of("oneOf"))
                ? schema.getJsonArray("oneOf")
                : keywords.equals(Set.of("anyOf")) ? schema.getJsonArray("anyOf") : null;
        if (choices == null || choices.size() != 2 || !choices.contains(NULL)) {
            return null;
        }
        var other = choices.getJsonObject(choices.getValue(0).equals(NULL) ? 1 : 0);
        if (!(other.getValue("type") instanceof String)) {
            return null;
        }
        var some = compile(other);
        return value -> value == null || some.test(value);
    }

    private static Predicate<@Nullable Object> ofType(String type, JsonObject schema, Set<String> keywords) {
        return switch (type) {
            case "string" -> string(schema, keywords);
            case "integer" -> integer(schema, keywords);
            case "number" -> number(schema, keywords);
            case "boolean" -> Boolean.class::isInstance;
            case "array" -> array(schema, keywords);
            case "object" -> object(schema, keywords);
            default -> QuickCheck::neverSure;
        };
    }

    /** The type that values have which are not null; empty if there may be several. */
    private static String typeOf(JsonObject schema) {
        var type = schema.getValue("type");
        if (type instanceof JsonArray types) {
            return types.size() == 2 && types.getValue(1).equals("null") ? types.getString(0) : "";
        }
        return type instanceof String text ? text : "";
    }

    /** An enumeration may leave null out. */
    private static boolean isNullable(JsonObject schema) {
        return schema.getValue("type") instanceof JsonArray && !schema.containsKey("enum");
    }

    private static Predicate<@Nullable Object> string(JsonObject schema, Set<String> keywords) {
        int min = taken(schema, keywords, "minLength", 0);
        int max = taken(schema, keywords, "maxLength", Integer.MAX_VALUE);
        keywords.remove("pattern");
        var pattern = schema.getString("pattern") == null ? null : Pattern.compile(schema.getString("pattern"));
        keywords.remove("enum");
        var allowed = schema.getJsonArray("enum", new JsonArray()).stream().collect(Collectors.toUnmodifiableSet());
        var format = schema.getString("format");
        if (StrictFormats.KNOWN.contains(format == null ? "" : format)) {
            keywords.remove("format");
        }
        var formats = new StrictFormats();
        return value -> value instanceof String text
                && text.length() >= min
                && text.codePointCount(0, text.length()) >= min
                && text.length() <= max
                && (format == null || formats.validateFormat("string", format, text) == null)
                && (allowed.isEmpty() || allowed.contains(text))
                && (pattern == null || pattern.matcher(text).find());
    }

    private static Predicate<@Nullable Object> integer(JsonObject schema, Set<String> keywords) {
        long min = schema.getLong("minimum", Long.MIN_VALUE);
        long max = schema.getLong("maximum", Long.MAX_VALUE);
        keywords.removeAll(List.of("minimum", "maximum"));
        return value -> (value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= min
                && ((Number) value).longValue() <= max;
    }

    private static Predicate<@Nullable Object> number(JsonObject schema, Set<String> keywords) {
        double min = schema.getDouble("minimum", Double.NEGATIVE_INFINITY);
        double max = schema.getDouble("maximum", Double.POSITIVE_INFINITY);
        keywords.removeAll(List.of("minimum", "maximum"));
        return value -> value instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max;
    }

    private static Predicate<@Nullable Object> array(JsonObject schema, Set<String> keywords) {
        int min = taken(schema, keywords, "minItems", 0);
        int max = taken(schema, keywords, "maxItems", Integer.MAX_VALUE);
        keywords.remove("items");
        var items = compile(schema.getJsonObject("items", new JsonObject()));
        return value -> value instanceof JsonArray array
                && array.size() >= min
                && array.size() <= max
                && array.stream().allMatch(items);
    }

    private static Predicate<@Nullable Object> object(JsonObject schema, Set<String> keywords) {
        var others = others(schema.getValue("additionalProperties"));
        keywords.removeAll(List.of("additionalProperties", "properties", "required"));
        Map<String, Predicate<@Nullable Object>> properties = new HashMap<>();
        schema.getJsonObject("properties", new JsonObject())
                .forEach(entry -> properties.put(entry.getKey(), compile((JsonObject) entry.getValue())));
        var required = schema.getJsonArray("required", new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
        return value -> value instanceof JsonObject object
                && required.stream().allMatch(object::containsKey)
                && object.stream()
                        .allMatch(entry ->
                                properties.getOrDefault(entry.getKey(), others).test(entry.getValue()));
    }

    /** What holds for the values of an object that are not named. */
    private static Predicate<@Nullable Object> others(@Nullable Object schema) {
        if (schema instanceof JsonObject each) {
            return compile(each);
        }
        return schema == null ? anything -> true : QuickCheck::neverSure;
    }

    private static boolean neverSure(@Nullable Object value) {
        return false;
    }

    private static int taken(JsonObject schema, Set<String> keywords, String keyword, int otherwise) {
        keywords.remove(keyword);
        return schema.getInteger(keyword, otherwise);
    }
}

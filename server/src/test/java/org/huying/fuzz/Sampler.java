package org.huying.fuzz;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.huying.http.SchemaCheck;
import org.huying.kernel.Ids;
import org.huying.testing.TestDay;
import org.jspecify.annotations.Nullable;

/**
 * Values that a schema allows: maps, lists, texts, numbers, booleans and nulls. Prefers what is known under the name of
 * the field, so that requests reach what there is.
 */
final class Sampler {
    private static final List<String> WORDS =
            List.of("abc", "a-1", "key1", "123456", "08:30", "17:00", "13900000001", "demo-resident-3", "text");

    private static final List<String> NUMBERS = List.of("13900000001", "0571-88888888", "＋86 139 0000 0001", "12345");

    private final Known known;
    private final Instant now;
    private final Map<String, Object> given;
    private final String caller;
    private final Random random;
    /** By the schema itself: two of the same words are two. */
    private final IdentityHashMap<JsonObject, SchemaCheck> checks = new IdentityHashMap<>();

    Sampler(Known known, Likely likely, Instant now, Random random) {
        this.known = known;
        this.now = now;
        this.given = likely.given();
        this.caller = likely.caller();
        this.random = random;
    }

    /** A parameter, as it is given, or else as the schema wants it. */
    @Nullable
    Object parameter(String name, JsonObject schema) {
        return given.containsKey(name) && !isLeftOut(name) ? given.get(name) : value(name, schema);
    }

    boolean isLeftOut(String name) {
        return given.get(name) == Likely.LEFT_OUT;
    }

    boolean isGiven(String name) {
        return given.containsKey(name);
    }

    /** A whole body, with the fields that are given. */
    @Nullable
    Object body(JsonObject schema) {
        var body = value("", schema);
        if (body instanceof Map<?, ?> object) {
            var fields = new LinkedHashMap<String, @Nullable Object>();
            object.forEach((name, value) -> fields.put(name.toString(), value));
            schema.getJsonObject("properties", new JsonObject()).fieldNames().forEach(name -> {
                var value = given.getOrDefault(Likely.BODY + name, given.get(name));
                if (value == Likely.LEFT_OUT) {
                    fields.remove(name);
                } else if (value != null) {
                    fields.put(name, value);
                }
            });
            return fields;
        }
        return body;
    }

    private Object one(JsonArray of) {
        return of.getValue(random.nextInt(of.size()));
    }

    @Nullable
    Object value(String name, JsonObject schema) {
        for (var several : List.of("oneOf", "anyOf")) {
            if (schema.containsKey(several)) {
                return value(name, (JsonObject) one(schema.getJsonArray(several)));
            }
        }
        if (schema.containsKey("const")) {
            return schema.getValue("const");
        }
        var type = type(schema);
        if (schema.containsKey("enum")) {
            return one(schema.getJsonArray("enum"));
        }
        if (type.equals("object")) {
            return object(schema);
        }
        if (type.equals("array")) {
            return array(name, schema);
        }
        var told = random.nextInt(10) < 7 ? known.one(caller, name, random) : null;
        if (told != null && isAllowed(told, schema)) {
            return told;
        }
        return switch (type) {
            case "string" -> text(schema);
            case "integer" -> whole(schema);
            case "number" -> schema.getDouble("minimum", 0.0) + random.nextInt(90) / 8.0;
            case "boolean" -> random.nextBoolean();
            default -> null;
        };
    }

    private String type(JsonObject schema) {
        if (schema.getValue("type") instanceof JsonArray several) {
            return random.nextInt(8) == 0 ? several.getString(several.size() - 1) : several.getString(0);
        }
        return schema.getString("type", "null");
    }

    private Map<String, @Nullable Object> object(JsonObject schema) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        var required = schema.getJsonArray("required", new JsonArray());
        var optional = random.nextInt(4);
        for (var property : schema.getJsonObject("properties", new JsonObject())) {
            if (required.contains(property.getKey()) || random.nextInt(4) < optional) {
                object.put(property.getKey(), value(property.getKey(), (JsonObject) property.getValue()));
            }
        }
        if (schema.getValue("additionalProperties") instanceof JsonObject others) {
            for (int i = random.nextInt(3); i > 0; i--) {
                var key = known.one(caller, "key", random);
                object.put(
                        key == null || random.nextInt(4) == 0 ? Odd.storable(1, 40, random) : key.toString(),
                        value("", others));
            }
        }
        return object;
    }

    private List<@Nullable Object> array(String name, JsonObject schema) {
        int min = schema.getInteger("minItems", 0);
        int max = Math.min(schema.getInteger("maxItems", 3), min + 3);
        var array = new ArrayList<@Nullable Object>();
        for (int i = min + random.nextInt(max - min + 1); i > 0; i--) {
            var item = value(name, schema.getJsonObject("items", new JsonObject()));
            if (!schema.getBoolean("uniqueItems", false) || !array.contains(item)) {
                array.add(item);
            }
        }
        return array;
    }

    private String text(JsonObject schema) {
        var format = schema.getString("format", "");
        switch (format) {
            case "uuid" -> {
                return Ids.next().toString();
            }
            case "date" -> {
                return date().toString();
            }
            case "date-time" -> {
                return instant();
            }
            case "phone-number" -> {
                return Odd.one(NUMBERS, random);
            }
            case "six-digits" -> {
                return "%06d".formatted(random.nextInt(1_000_000));
            }
            default -> {
                return matching(schema);
            }
        }
    }

    private String matching(JsonObject schema) {
        int min = schema.getInteger("minLength", 0);
        int max = schema.getInteger("maxLength", 100);
        for (int i = 0; i < 30; i++) {
            var text = switch (random.nextInt(i < 10 ? 1 : 4)) {
                case 0 -> Odd.storable(min, max, random);
                case 1 -> date().toString();
                case 2 -> date().toString().substring(0, 7);
                default -> Odd.one(WORDS, random);
            };
            if (isAllowed(text, schema)) {
                return text;
            }
        }
        return "a";
    }

    private LocalDate date() {
        var today = LocalDate.ofInstant(now, TestDay.ZONE);
        var day = today.plusDays(random.nextInt(random.nextBoolean() ? 8 : 60) - 4L);
        // Weeks are asked for by their Mondays.
        return random.nextInt(3) == 0 ? day.minusDays(day.getDayOfWeek().getValue() - 1L) : day;
    }

    private String instant() {
        return now.truncatedTo(ChronoUnit.MINUTES)
                .plus(random.nextInt(20_000) - 2_000L, ChronoUnit.MINUTES)
                .toString();
    }

    private long whole(JsonObject schema) {
        long min = schema.getLong("minimum", 0L);
        long max = schema.getLong("maximum", 1_000_000L);
        return switch (random.nextInt(6)) {
            case 0 -> min;
            case 1 -> max;
            default -> Math.min(max, min + random.nextInt(100));
        };
    }

    private boolean isAllowed(Object value, JsonObject schema) {
        return checks.computeIfAbsent(schema, SchemaCheck::new)
                .faults(value, "")
                .isEmpty();
    }
}

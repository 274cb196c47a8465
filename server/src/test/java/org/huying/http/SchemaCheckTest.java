package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.util.List;
import java.util.Random;
import org.huying.kernel.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {
    private static final JsonObject SCHEMA = new JsonObject("""
            {"type": "object", "additionalProperties": false, "required": ["id", "mode"], "properties": {
              "id": {"type": "string", "format": "uuid"},
              "mode": {"type": "string", "enum": ["dine_in", "pickup"]},
              "portions": {"type": ["integer", "null"], "minimum": 1, "maximum": 4},
              "day": {"type": "string", "format": "date"},
              "at": {"type": "string", "format": "date-time"},
              "note": {"type": ["string", "null"], "minLength": 1, "maxLength": 5},
              "code": {"type": "string", "pattern": "^[0-9]{6}$"},
              "colour": {"type": ["string", "null"], "enum": ["red", "green"]},
              "join": {"type": "boolean"},
              "share": {"type": "number", "minimum": 0, "maximum": 1},
              "owner": {"description": "None yet.", "oneOf": [
                {"type": "object", "additionalProperties": false, "properties": {"name": {"type": "string"}}},
                {"type": "null"}]},
              "since": {"anyOf": [{"type": "null"}, {"type": "string", "format": "date"}]},
              "facts": {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}},
              "data": {"type": "object", "properties": {"n": {"type": "integer"}}},
              "dishes": {"type": "array", "minItems": 1, "maxItems": 2, "items": {
                "type": "object", "additionalProperties": false, "required": ["dishId"], "properties": {
                  "dishId": {"type": "string", "format": "uuid"}}}}}}
            """);

    private static final String ID = "018f3c5e-7a10-7000-8000-000000000001";

    @Test
    void everyFaultIsNamedAtOnceAndAtItsPlace() {
        var wrong = new JsonObject("""
                {"id": 5, "portions": 9, "day": "2026-02-30", "at": "2026-01-01T10:00:00", "note": "", "code": "12",
                 "join": "yes", "dishes": [{"dishId": "x"}, {}], "extra": 1}
                """);

        var faults = new SchemaCheck(SCHEMA).faults(wrong, "");

        assertThat(faults.stream().map(fault -> fault.pointer() + " " + fault.code()))
                .containsExactlyInAnyOrder(
                        "/id type",
                        "/mode required",
                        "/portions too_large",
                        "/day format",
                        "/at format",
                        "/note too_short",
                        "/code format",
                        "/join type",
                        "/dishes/0/dishId format",
                        "/dishes/1/dishId required",
                        "/extra unknown_field");
    }

    @Test
    void aHintSaysWhatWouldHaveBeenRight() {
        var wrong = new JsonObject().put("id", ID).put("mode", "fly").put("portions", 0);

        var faults = new SchemaCheck(SCHEMA).faults(wrong, "");

        assertThat(faults)
                .containsExactlyInAnyOrder(
                        new Fault("/mode", "value", "dine_in, pickup"), new Fault("/portions", "too_small", "1"));
    }

    @Test
    void whatTheQuickCheckPassesTheFullValidatorPassesToo() {
        long seed = new Random().nextLong();
        System.getLogger("test").log(System.Logger.Level.INFO, "seed {0}", Long.toString(seed));
        var random = new Random(seed);
        var quick = QuickCheck.compile(SCHEMA);
        var full = Validator.create(
                JsonSchema.of(SCHEMA.copy()),
                new JsonSchemaOptions()
                        .setBaseUri("app://test")
                        .setDraft(Draft.DRAFT202012)
                        .setOutputFormat(OutputFormat.Flag),
                new StrictFormats());
        int passed = 0;
        for (int i = 0; i < 20_000; i++) {
            var value = object(random);
            if (quick.test(value)) {
                passed++;
                assertThat(full.validate(value).getValid())
                        .as("seed %d: %s", seed, value)
                        .isTrue();
            }
        }
        assertThat(passed).as("the generator makes right values too").isGreaterThan(100);
    }

    @Test
    void theQuickCheckIsSureOfTheBookingsThatAreMade() {
        var contract = Contract.load();
        var schema = contract.operations().stream()
                .filter(operation -> operation.id().equals("createBooking"))
                .findFirst()
                .orElseThrow()
                .content()
                .getJsonObject(RequestCheck.JSON)
                .getJsonObject("schema");

        var quick = QuickCheck.compile(schema);

        assertThat(quick.test(new JsonObject().put("mealId", ID).put("mode", "dine_in")))
                .isTrue();
        assertThat(quick.test(new JsonObject()
                        .put("mealId", ID)
                        .put("mode", "delivery")
                        .put("portions", 2)
                        .put(
                                "dishes",
                                new JsonArray()
                                        .add(new JsonObject().put("dishId", ID).put("portions", 1)))
                        .put("deliveryAddress", "一号")
                        .putNull("joinWaitlist")))
                .isTrue();
    }

    private static JsonObject object(Random random) {
        var object = new JsonObject();
        put(object, "id", random, ID, ID, ID, "urn:uuid:" + ID, 5, "x");
        put(object, "mode", random, "dine_in", "pickup", "fly", 1);
        put(object, "portions", random, 1, 4, 5, 0, 2.5, 3.0, "1");
        put(object, "day", random, "2026-11-21", "2026-02-30", "21.11.2026", 1);
        put(object, "at", random, "2026-11-21T10:00:00Z", "2026-11-21T10:00:00+08:00", "2026-11-21", "x");
        put(object, "note", random, "a", "12345", "", "123456", "\ud83c\udf5a\ud83c\udf5a\ud83c\udf5a", 7);
        put(object, "code", random, "123456", "12345", "abcdef");
        put(object, "colour", random, "red", "green", "blue", 1);
        put(object, "share", random, 0, 1, 0.25, 1.5, -1, "1");
        put(object, "owner", random, new JsonObject(), new JsonObject().put("name", 1), new JsonArray());
        put(object, "since", random, "2026-11-21", "2026-02-30", 1);
        put(
                object,
                "facts",
                random,
                new JsonObject(),
                new JsonObject().put("a", "b"),
                new JsonObject().put("a", ""),
                1);
        put(object, "data", random, new JsonObject().put("x", true), new JsonObject().put("n", "1"), "x");
        put(object, "join", random, true, false, "true");
        put(
                object,
                "dishes",
                random,
                new JsonArray(List.of(new JsonObject().put("dishId", ID))),
                new JsonArray(),
                new JsonArray(List.of(1)),
                new JsonObject());
        put(object, "extra", random, 1, "none", "none", "none", "none", "none");
        if ("none".equals(object.getValue("extra"))) {
            object.remove("extra");
        }
        return object;
    }

    /** Mostly the first values, which are right; sometimes null, sometimes nothing. */
    private static void put(JsonObject object, String name, Random random, @Nullable Object... values) {
        int pick = random.nextInt(10);
        if (pick == 0) {
            object.putNull(name);
        } else if (pick < 9) {
            object.put(name, values[random.nextInt(random.nextInt(4) == 0 ? values.length : 1)]);
        }
    }
}

package org.huying.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.huying.kernel.Fault;
import org.jspecify.annotations.Nullable;

/** A compiled schema. Says all that is wrong with a value, in our words: nothing of the validator shows. */
public final class SchemaCheck {
    /** Nobody mends more at once, and the answer to a body of nothing but faults stays small. */
    private static final int FAULTS_MAX = 100;

    private static final Map<String, String> CODE_BY_KEYWORD = Map.ofEntries(
            Map.entry("type", "type"),
            Map.entry("enum", "value"),
            Map.entry("const", "value"),
            Map.entry("required", "required"),
            Map.entry("additionalProperties", "unknown_field"),
            Map.entry("minLength", "too_short"),
            Map.entry("maxLength", "too_long"),
            Map.entry("minimum", "too_small"),
            Map.entry("maximum", "too_large"),
            Map.entry("pattern", "format"),
            Map.entry("minItems", "too_few"),
            Map.entry("maxItems", "too_many"),
            Map.entry("uniqueItems", "duplicate"),
            Map.entry("minProperties", "too_few"),
            Map.entry("maxProperties", "too_many"));

    private final JsonObject schema;
    private final Predicate<@Nullable Object> quick;
    private final Validator validator;

    public SchemaCheck(JsonObject schema) {
        this.schema = schema;
        this.quick = QuickCheck.compile(schema);
        var options = new JsonSchemaOptions()
                .setBaseUri("app://contract")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        this.validator = Validator.create(JsonSchema.of(schema.copy()), options, new StrictFormats());
    }

    /** The faults of a value, one for each place in it; pointers start with {@code prefix}. */
    public List<Fault> faults(@Nullable Object value, String prefix) {
        if (quick.test(value)) {
            return List.of();
        }
        var result = validator.validate(value);
        if (Boolean.TRUE.equals(result.getValid())) {
            return List.of();
        }
        var byPointer = new LinkedHashMap<String, Fault>();
        if (result.getErrors() != null) {
            result.getErrors().forEach(error -> note(error, prefix, byPointer));
        }
        if (byPointer.isEmpty()) {
            byPointer.put(prefix, new Fault(prefix, "value"));
        }
        return List.copyOf(byPointer.values());
    }

    private void note(OutputUnit error, String prefix, Map<String, Fault> byPointer) {
        var location = error.getKeywordLocation();
        var keyword = location.substring(location.lastIndexOf('/') + 1);
        var code = keyword.equals("format") ? StrictFormats.code(error.getError()) : CODE_BY_KEYWORD.get(keyword);
        if (code == null || byPointer.size() == FAULTS_MAX) {
            return;
        }
        var place = error.getInstanceLocation().substring(1);
        if (keyword.equals("additionalProperties") && isKnown(place, location)) {
            return;
        }
        var pointer = prefix + place;
        if (keyword.equals("required")) {
            pointer += "/" + missingProperty(error.getError());
        }
        byPointer.putIfAbsent(pointer, new Fault(pointer, code, hint(keyword, location)));
    }

    /** The validator counts a known property with a fault within as an unknown one too. */
    private boolean isKnown(String place, String location) {
        var parent = location.substring(location.indexOf('#') + 1, location.lastIndexOf('/'));
        var name = place.substring(place.lastIndexOf('/') + 1);
        // The name is the caller's, of any length: no pattern may be run over it.
        return JsonPointer.from(parent + "/properties").queryJson(schema) instanceof JsonObject known
                && known.containsKey(name);
    }

    /** The validator tells the name of a missing property only within its sentence. */
    private static String missingProperty(String sentence) {
        return sentence.substring(sentence.indexOf('"') + 1, sentence.lastIndexOf('"'));
    }

    /** What the schema demands there: a bound, a type, the values allowed. */
    private String hint(String keyword, String location) {
        if (keyword.equals("required") || keyword.equals("additionalProperties") || keyword.equals("pattern")) {
            return "";
        }
        var demanded =
                JsonPointer.from(location.substring(location.indexOf('#') + 1)).queryJson(schema);
        if (demanded instanceof JsonArray several) {
            return String.join(", ", several.stream().map(String::valueOf).toList());
        }
        return demanded == null ? "" : demanded.toString();
    }
}

package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Domain.md 1: text without a shape is blank, in every field of the contract that wants words. */
class WordsOfContractTest {
    /** What is no words: secrets and codes are compared with what they are, and what is marked is a machine's. */
    private static final Set<String> NO_WORDS = Set.of(
            "code",
            "username",
            "password",
            "currentPassword",
            "newPassword",
            "refreshToken",
            "activationCode",
            "inviteCode",
            "qrContent",
            "cursor",
            "file");

    /** Answers to what an item asks, any of which may be left blank: the item's rules say what is missing. */
    private static final Set<String> WITH_RULES_OF_THEIR_OWN = Set.of("attributes");

    private record Field(String operation, String pointer, String name, JsonObject schema) {
        @Override
        public String toString() {
            return operation + " " + pointer;
        }
    }

    private static List<Field> texts() {
        var found = new ArrayList<Field>();
        for (var operation : Contract.load().operations()) {
            operation.parameters().stream()
                    .filter(p -> p.in().equals("query"))
                    .forEach(p -> collect(operation.id(), "/query/" + p.name(), p.name(), p.schema(), found));
            var json = operation.content().getJsonObject("application/json");
            if (json != null) {
                collect(operation.id(), "", "", json.getJsonObject("schema"), found);
            }
        }
        return found;
    }

    private static void collect(String operation, String pointer, String name, JsonObject schema, List<Field> found) {
        var type = schema.getValue("type") instanceof JsonArray several ? several.getValue(0) : schema.getValue("type");
        if ("string".equals(type)) {
            found.add(new Field(operation, pointer, name, schema));
        }
        schema.getJsonObject("properties", new JsonObject())
                .forEach(each -> collect(
                        operation, pointer + "/" + each.getKey(), each.getKey(), (JsonObject) each.getValue(), found));
        if (schema.getValue("items") instanceof JsonObject items) {
            collect(operation, pointer + "/0", name, items, found);
        }
        Stream.of("oneOf", "anyOf", "allOf")
                .flatMap(each -> schema.getJsonArray(each, new JsonArray()).stream())
                .forEach(each -> collect(operation, pointer, name, (JsonObject) each, found));
    }

    private static Stream<Field> words() {
        return texts().stream()
                .filter(field -> Set.of("words", "name").contains(field.schema().getString("format", "")));
    }

    @Test
    void everyTextOfARequestIsWordsOrHasAFormOfItsOwn() {
        var open = texts().stream()
                .filter(field -> !NO_WORDS.contains(field.name()) && !WITH_RULES_OF_THEIR_OWN.contains(field.name()))
                .filter(field -> Stream.of("format", "pattern", "enum", "const").noneMatch(field.schema()::containsKey))
                .map(Field::toString);

        assertThat(open).isEmpty();
    }

    @Test
    void everyFormatIsLookedAt() {
        assertThat(texts().stream()
                        .map(field -> field.schema().getString("format"))
                        .filter(format -> format != null && !StrictFormats.KNOWN.contains(format)))
                .isEmpty();
        assertThat(words()).hasSizeGreaterThan(30);
    }

    /** Each field as any other: one check for all of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "\u3000\t",
                "\u200b\u200b\u200b",
                "\u3164\u3164\u3164",
                "\u2800\u2800\u2800",
                "\u00ad\ufe0f\u2060"
            })
    void textWithoutAShapeIsBlank(String text) {
        var taken = words().filter(field -> !new SchemaCheck(field.schema())
                .faults(text, "").stream().allMatch(fault -> fault.code().equals("blank")));
        var passed = words().filter(field ->
                new SchemaCheck(field.schema()).faults(text, "").isEmpty());

        assertThat(taken).isEmpty();
        assertThat(passed).isEmpty();
    }

    static Stream<JsonObject> names() {
        return words().map(Field::schema)
                .filter(schema -> schema.getString("format").equals("name"))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameTurnsNoDirection(JsonObject schema) {
        var check = new SchemaCheck(schema);
        for (var control : List.of("\u202e", "\u2066", "\u200f", "\u061c", "\u2069")) {
            assertThat(check.faults("王" + control + "桂香", "/name"))
                    .extracting(fault -> fault.pointer() + " " + fault.code())
                    .containsExactly("/name direction_control");
        }
        assertThat(check.faults("ئەخمەت", "")).isEmpty();
        assertThat(check.faults("阿依古丽·买买提", "")).isEmpty();
    }

    @Test
    void namesOfPeoplePlacesOrganizationsCanteensAndDishesAreNames() {
        assertThat(texts().stream()
                        .filter(field -> Set.of(
                                        "name", "displayName", "officeName", "address", "spot", "deliveryAddress")
                                .contains(field.name()))
                        .filter(field -> !"name".equals(field.schema().getString("format"))))
                .isEmpty();
    }
}

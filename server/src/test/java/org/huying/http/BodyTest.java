package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as the same body under an idempotency key. */
class BodyTest {
    private static final String FIRST = """
            {"a": [1, {"x": "é", "y": null}], "b": true, "c": 100}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"c\":100,\"b\":true,\"a\":[1,{\"y\":null,\"x\":\"é\"}]}",
                "\t{ \"b\" : true, \"a\":[1.0,{\"x\":\"\\u00e9\",\"y\":null}],\r\n\"c\":1e2 }\n"
            })
    void orderBlanksAndSpellingMakeNoDifference(String same) {
        assertThat(hashed(same)).isEqualTo(hashed(FIRST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": [{\"x\": \"é\", \"y\": null}, 1], \"b\": true, \"c\": 100}",
                "{\"a\": [1, {\"x\": \"é\"}], \"b\": true, \"c\": 100}",
                "{\"a\": [1, {\"x\": \"e\", \"y\": null}], \"b\": true, \"c\": 100}",
                "{\"a\": [1, {\"x\": \"é\", \"y\": null}], \"b\": true, \"c\": \"100\"}"
            })
    void whatSaysSomethingElseIsAnother(String other) {
        assertThat(hashed(other)).isNotEqualTo(hashed(FIRST));
    }

    @Test
    void whatHasNoCanonicalFormIsTheSameToTheByte() {
        assertThat(hashed("{\"a\":1e999}")).isEqualTo(hashed("{\"a\":1e999}")).isNotEqualTo(hashed("{\"a\":2e999}"));
        assertThat(hashed("")).isEqualTo(hashed("{ }"));
    }

    private static Buffer hashed(String json) {
        return new Body(Buffer.buffer(json), null).hashed();
    }
}

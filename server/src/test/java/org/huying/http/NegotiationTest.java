package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which form of an answer a caller gets. */
class NegotiationTest {
    private static final Negotiation FORMS =
            new Negotiation(List.of("application/json", "text/csv", "text/html", "application/zip"));

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "*/*",
                "application/json",
                "application/*",
                "image/png",
                "text/csv;q=0",
                "text/csv;q=2",
                ",",
                ";;,/",
                "text/html, application/json",
                "text/csv;q=0.5, */*;q=0.6"
            })
    void jsonUnlessSomethingElseIsWantedMore(@Nullable String accept) {
        assertThat(FORMS.choose(accept)).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv|text/csv",
                "TEXT/CSV ; charset=utf-8|text/csv",
                "text/*|text/csv",
                "text/*, text/csv;q=0.5|text/html",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8|text/html",
                "application/json;q=0.2, text/csv; q=0.3|text/csv",
                "application/json;q=0, */*|text/csv",
                "application/*;q=0.1, application/zip;q=0.3|application/zip",
                "image/png, text/csv;q=0.001|text/csv",
                "text/html, text/csv|text/csv"
            })
    void whatIsWantedMostAndThePreciserRangeCounts(String accept, String chosen) {
        assertThat(FORMS.choose(accept)).isEqualTo(chosen);
    }

    @Test
    void withOneFormTheHeaderIsDisregarded() {
        assertThat(new Negotiation(List.of("image/png")).choose("text/html")).isEqualTo("image/png");
        assertThat(new Negotiation(List.of()).choose("text/html")).isEqualTo("application/json");
    }
}

package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.huying.testing.Counted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done with each cell of a file of strangers. */
class SheetTest {
    private static final int LENGTH = 200_000;

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u3000", "\ufeff", "\t", "x ", " x", "\u0001", "灯"})
    void aCellOfAnyLengthIsLookedAtOnceOrTwice(String piece) {
        for (var end : List.of("", "x", "x ")) {
            var cell = new Counted(piece.repeat(LENGTH) + end);

            var tidy = Sheet.tidy(cell);

            assertThat(cell.looks()).isLessThanOrEqualTo(3L * cell.length());
            assertThat(tidy.length()).isLessThanOrEqualTo(1_001);
        }
    }

    @Test
    void blanksAroundItAndWhatNobodySeesGo() {
        assertThat(Sheet.tidy("\u3000 \u200b张\u0000 三\n四\ufeff\t\r\n")).isEqualTo("张 三\n四");
        assertThat(Sheet.tidy(" \u3000\t")).isEmpty();
    }
}

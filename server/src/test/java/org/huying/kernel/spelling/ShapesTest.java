package org.huying.kernel.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be seen, and what stays where it is put. */
class ShapesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\r\n",
                "\u3000",
                "\u00a0",
                "\u200b",
                "\u200d\u200c",
                "\ufe0f",
                "\u3164",
                "\uffa0",
                "\u115f",
                "\u2800",
                "\u00ad",
                "\u2060",
                "\ufeff",
                "\u180e",
                "\u034f",
                "\u061c",
                "\u202e",
                "\u2066\u2069",
                "\u0001",
                "\u0085",
                "\u2028",
                "\u0301",
                "\u20dd",
                "\ufff9\ufffb",
                "\ufffc",
                "\udb40\udc41\udb40\udc7f",
                "\udb40\udd00",
                "\ud834\udd59",
                "\ud834\udd73",
                "\u17b4",
                "\u1680 \u205f"
            })
    void nothingOfItIsSeen(String text) {
        assertThat(Shapes.isBlank(text)).isTrue();
        assertThat(Shapes.isBlank(text + "王" + text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"王", "a", "1", "-", "·", "😀", "\ue000", "𠮷", "é", "ག", "e\u0301", "。"})
    void somethingIsSeen(String text) {
        assertThat(Shapes.isBlank(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069})
    void aControlOfDirectionIsKnownAndDoesNotReachBeyondItsText(int control) {
        var text = "王" + Character.toString(control) + "桂香";

        assertThat(Shapes.turns(text)).isTrue();
        assertThat(Shapes.isolated(text)).isEqualTo("\u2068王桂香\u2069");
    }

    @Test
    void onlyWhatIsWrittenFromTheRightIsIsolated() {
        assertThat(Shapes.isolated("王桂香 3-201")).isEqualTo("王桂香 3-201");
        assertThat(Shapes.isolated("ئەخمەت")).isEqualTo("\u2068ئەخمەت\u2069");
        assertThat(Shapes.turns("ئەخمەت")).isFalse();
    }
}

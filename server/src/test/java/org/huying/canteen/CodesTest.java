package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Domain.md 2: a six-digit code, unique within the meal. */
class CodesTest {
    @Test
    void candidatesAreSixDigitsDistinctAndMoreThanNeeded() {
        var candidates = new Codes().candidates(4_000);

        assertThat(candidates)
                .hasSizeGreaterThan(4_000)
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(code).matches("[0-9]{6}"))
                .anyMatch(code -> code.startsWith("0"))
                .anyMatch(code -> code.startsWith("9"));
    }
}

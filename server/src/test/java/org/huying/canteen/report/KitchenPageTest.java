package org.huying.canteen.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a name does on the printed page. */
class KitchenPageTest {
    @Test
    void aNameIsNoMarkupAndStaysWithinItself() {
        assertThat(KitchenPage.escaped("<b>王\u202e桂香")).isEqualTo("\u2068&lt;b&gt;王桂香\u2069");
        assertThat(KitchenPage.escaped("王桂香")).isEqualTo("王桂香");
        assertThat(KitchenPage.escaped(null)).isEmpty();
    }
}

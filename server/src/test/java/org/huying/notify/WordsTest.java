package org.huying.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What a name does within a sentence. */
class WordsTest {
    private static String filled(String canteen) {
        return Words.fill("{canteen}的午餐已取消", new JsonObject().put("canteen", canteen));
    }

    @Test
    void aNameFromTheRightStaysWithinItself() {
        assertThat(filled("ئاشخانا 3")).isEqualTo("\u2068ئاشخانا 3\u2069的午餐已取消");
    }

    @Test
    void aControlOfDirectionReachesNoFurtherThanItsName() {
        assertThat(filled("一\u202e食堂")).isEqualTo("\u2068一食堂\u2069的午餐已取消");
        assertThat(filled("第一食堂")).isEqualTo("第一食堂的午餐已取消");
    }
}

package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of what people write into registers. */
class TextsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1958-3-5",
                "1958-03-05",
                "1958/3/5",
                "1958.3.5",
                "1958.03.05",
                "1958年3月5日",
                "1958年03月05日",
                "1958年3月5",
                "1958 年 3 月 5 日",
                "19580305",
                "１９５８．３．５",
                "1958-03-05 00:00:00",
                "1958-03-05T00:00:00Z",
                "1958/3/5 0:00"
            })
    void aDayIsReadHoweverItIsWritten(String text) {
        assertThat(Texts.date(text)).contains(LocalDate.of(1958, 3, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1958-3-5 农历",
                "1958-03-05农历",
                "1958-03-05T农历",
                "1958年3月5日（农历）",
                "1958.3.5或1959.3.5",
                "1958-3-5 或 6",
                "1958-03-05 不详",
                "1958-03-05 lunar",
                "1958-03-05 or 1959-03-05",
                "1958-03-05 unknown",
                "1958-03-05?",
                "约1958-3-5",
                "农历1958年3月5日",
                "58/3/5",
                "58-3-5",
                "5/3/1958",
                "03/05/1958",
                "1958-3",
                "1958年3月",
                "1958年",
                "1958",
                "不详",
                "1958-13-05",
                "1958-02-29",
                "1958-3/5",
                "1958-03-05 1959-03-05",
                "属狗"
            })
    void whatIsNotOneDayOfTheCommonCalendarIsNone(String text) {
        assertThat(Texts.date(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"√", "✓", "✔", "✔\ufe0f", "☑", "Y", "y", "是", "1", "已核实", "已核验", " 是 ", "TRUE", "Ｙ"})
    void ticksAreYes(String text) {
        assertThat(Texts.answer(text)).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "否", "未核实", "N", "0", "✗", "☐", "无"})
    void crossesAreNo(String text) {
        assertThat(Texts.answer(text)).contains(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "配偶", "妻", "夫", "子", "女", "长子", "次女", "三子", "独生女", "养子", "父亲", "母亲", "父", "母", "祖母", "外公", "孙子", "孙女",
                "外孙女", "曾孙", "儿媳", "女婿", "孙媳妇", "兄弟", "姐姐", "侄子", "岳母", "户主之妻", "户主的母亲", "之子", "家属", "其他亲属", "spouse",
                "Son", ""
            })
    void relativesOfTheHeadAreFamily(String text) {
        assertThat(Texts.relation(text)).contains("family");
    }

    @Test
    void theHeadOwnsAndSomeRent() {
        assertThat(Texts.relation("本人")).contains("owner");
        assertThat(Texts.relation(" 户 主")).contains("owner");
        assertThat(Texts.relation("租户")).contains("tenant");
        for (var text : new String[] {"房东", "邻居", "长", "户主之", "子子", "1958-03-05", "母亲".repeat(1000)}) {
            assertThat(Texts.relation(text)).as(text).isEmpty();
        }
    }
}

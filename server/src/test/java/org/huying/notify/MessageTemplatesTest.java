package org.huying.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import org.huying.kernel.Ids;
import org.huying.testing.TestDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an installation says of its templates, and what WeChat takes in their fields. */
class MessageTemplatesTest {
    @Test
    void aTemplateSaysWhichFieldTakesWhichFact() throws IOException {
        // given
        var templates = MessageTemplates.read(new StringReader(
                "booking.id = abc\nbooking.data.thing1 = {canteen} {period}\nbooking.data.thing2 = {text}"));
        var facts =
                new JsonObject().put("canteen", "东风食堂").put("period", "lunch").put("date", "2026-03-02");
        var notification =
                new Notification(Ids.next(), Ids.next(), "booking_expired", Ids.next(), facts, TestDay.start(), null);

        // when
        var message = templates.message("o", notification).orElseThrow();

        // then
        assertThat(message.templateId()).isEqualTo("abc");
        assertThat(message.page()).isNull();
        assertThat(message.data()).containsEntry("thing1", "东风食堂 午餐");
        assertThat(message.data().get("thing2")).hasSize(20).endsWith("…");
        assertThat(templates.has(Template.TICKET)).isFalse();
        assertThat(message.toString()).isEqualTo("Message[abc]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"booking.id=a", "booking.data.thing1={canteen}", "bokking.id=a", "ticket.page=pages/x", "x=y"})
    void whatMakesNoSenseIsSaid(String source) {
        assertThatThrownBy(() -> MessageTemplates.read(new StringReader(source)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "thing1, '一二三四五六七八九十一二三四五六七八九十', 一二三四五六七八九十一二三四五六七八九十",
        "thing1, '一二三四五六七八九十一二三四五六七八九十一', 一二三四五六七八九十一二三四五六七八九…",
        "thing12, '', -",
        "phrase3, 候补成功了呀, 候补成功了",
        "phrase3, OK!, 通知",
        "character_string2, 'QH-2026 0001工', QH-20260001",
        "date3, 2026-03-02, 2026年3月2日",
        "time4, 2026-11-22, 2026年11月22日"
    })
    void aFieldTakesWhatWeChatTakes(String field, String text, String taken) {
        assertThat(MessageField.fit(field, text)).isEqualTo(taken);
    }
}

package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.buffer.Buffer;
import java.util.Random;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.Test;

class MultipartFormTest {
    private static final String TYPE = "multipart/form-data; boundary=";

    @Test
    void partsAreWhatStandsBetweenTheDelimiters() {
        // given: what browsers, curl and others may write
        var body =
                "preamble\r\n--b  \r\nContent-Type: image/png\r\nContent-Disposition: form-data; filename=\"x\"; name=\"one\""
                        + "\r\n\r\n\r\n--\r\n-\r\n--b\r\ncontent-disposition:form-data;name=two\r\n\r\n\r\n--b--\r\nepilogue";

        // when
        var form = MultipartForm.parse(TYPE + "\"b\"; charset=utf-8", Buffer.buffer(body));

        // then
        assertThat(form.parts()).extracting(MultipartForm.Part::name).containsExactly("one", "two");
    }

    @Test
    void bytesComeOutAsTheyWentIn() {
        var random = new Random(7);
        for (int length = 0; length < 300; length++) {
            var bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) "\r\n-b".charAt(random.nextInt(4));
            }
            var content = Buffer.buffer(bytes);
            if (!content.toString().contains("\r\n--boundary")) {
                assertThat(MultipartForm.parse(TYPE + "boundary", form("boundary", content))
                                .parts()
                                .get(0)
                                .content())
                        .isEqualTo(content);
            }
        }
    }

    @Test
    void theDigestKnowsNoBoundary() {
        var content = Buffer.buffer("content");
        var one = MultipartForm.parse(TYPE + "one", form("one", content));
        var two = MultipartForm.parse(TYPE + "two", form("two", content));
        var other = MultipartForm.parse(TYPE + "two", form("two", Buffer.buffer("Content")));

        assertThat(two.digest()).isEqualTo(one.digest());
        assertThat(other.digest()).isNotEqualTo(one.digest());
    }

    @Test
    void whatIsCutOffIsMalformedWhereverItIsCut() {
        var whole = form("b", Buffer.buffer("content"));
        for (int length = 0; length < whole.length() - 4; length++) {
            var cut = whole.getBuffer(0, length);
            var refusal = catchThrowableOfType(Refusal.class, () -> MultipartForm.parse(TYPE + "b", cut));
            assertThat(refusal).as("cut at %d", length).isNotNull();
            assertThat(refusal.code()).isEqualTo("malformed_multipart");
        }
    }

    private static Buffer form(String boundary, Buffer content) {
        return Buffer.buffer("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n")
                .appendBuffer(content)
                .appendString("\r\n--" + boundary + "--\r\n");
    }
}

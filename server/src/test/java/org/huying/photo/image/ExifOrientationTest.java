package org.huying.photo.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which way is up, in whatever type and byte order a program has written it. */
class ExifOrientationTest {
    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    private static final int ENTRY_AT = 10;
    private static final int VALUE_AT = ENTRY_AT + 8;
    private static final int ELSEWHERE = 30;

    private interface Value {
        void put(ByteBuffer tiff, int orientation);
    }

    /** By the numbers that TIFF 6.0 and EXIF give them. */
    private record Type(String name, int number, Value value) {}

    private static final Type SHORT = new Type("SHORT", 3, (tiff, n) -> tiff.putShort(VALUE_AT, (short) n));
    private static final Type LONG = new Type("LONG", 4, (tiff, n) -> tiff.putInt(VALUE_AT, n));
    private static final Type RATIONAL = new Type(
            "RATIONAL",
            5,
            (tiff, n) ->
                    tiff.putInt(VALUE_AT, ELSEWHERE).putInt(ELSEWHERE, 2 * n).putInt(ELSEWHERE + 4, 2));
    private static final List<Type> TYPES = List.of(
            new Type("BYTE", 1, (tiff, n) -> tiff.put(VALUE_AT, (byte) n)),
            new Type("ASCII", 2, (tiff, n) -> tiff.put(VALUE_AT, (byte) ('0' + n))),
            SHORT,
            LONG,
            RATIONAL,
            new Type("SBYTE", 6, (tiff, n) -> tiff.put(VALUE_AT, (byte) n)),
            new Type("UNDEFINED", 7, (tiff, n) -> tiff.put(VALUE_AT, (byte) n)),
            new Type("SSHORT", 8, (tiff, n) -> tiff.putShort(VALUE_AT, (short) n)),
            new Type("SLONG", 9, (tiff, n) -> tiff.putInt(VALUE_AT, n)),
            new Type(
                    "SRATIONAL",
                    10,
                    (tiff, n) -> tiff.putInt(VALUE_AT, ELSEWHERE)
                            .putInt(ELSEWHERE, -n)
                            .putInt(ELSEWHERE + 4, -1)),
            new Type("FLOAT", 11, (tiff, n) -> tiff.putFloat(VALUE_AT, n)),
            new Type("DOUBLE", 12, (tiff, n) -> tiff.putInt(VALUE_AT, ELSEWHERE).putDouble(ELSEWHERE, n)));

    @Test
    void isReadInEveryTypeAndByteOrder() {
        for (var order : ORDERS) {
            for (var type : TYPES) {
                for (int orientation = 1; orientation <= 8; orientation++) {
                    assertThat(ExifOrientation.of(tiff(order, type, orientation)))
                            .as("%s %s", order, type.name())
                            .isEqualTo(orientation);
                }
            }
        }
    }

    @Test
    void theMarkOfJpegMayStandBeforeIt() {
        var tiff = tiff(ByteOrder.BIG_ENDIAN, LONG, 6);
        var marked = ByteBuffer.allocate(6 + tiff.limit())
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(tiff)
                .flip();
        assertThat(ExifOrientation.of(marked)).isEqualTo(6);
    }

    @Test
    void whatIsOddMeansUpright() {
        for (var order : ORDERS) {
            for (var type : TYPES) {
                assertThat(ExifOrientation.of(tiff(order, type, 9)))
                        .as("%s", type.name())
                        .isEqualTo(1);
                assertThat(ExifOrientation.of(tiff(order, type, 0)))
                        .as("%s", type.name())
                        .isEqualTo(1);
                // Of what lies elsewhere, there is nothing when it is cut off.
                var cut = tiff(order, type, 6);
                cut.limit(ELSEWHERE);
                assertThat(ExifOrientation.of(cut)).as("%s", type.name()).isIn(1, 6);
            }
            var unknown = tiff(order, SHORT, 6).putShort(ENTRY_AT + 2, (short) 99);
            assertThat(ExifOrientation.of(unknown)).isEqualTo(1);
            var nowhere = tiff(order, RATIONAL, 6).putInt(ENTRY_AT + 8, -4);
            assertThat(ExifOrientation.of(nowhere)).isEqualTo(1);
            var byNought = tiff(order, RATIONAL, 6).putInt(ELSEWHERE + 4, 0);
            assertThat(ExifOrientation.of(byNought)).isEqualTo(1);
        }
        assertThat(ExifOrientation.of(ByteBuffer.allocate(3))).isEqualTo(1);
    }

    private static ByteBuffer tiff(ByteOrder order, Type type, int orientation) {
        var tiff = ByteBuffer.allocate(ELSEWHERE + 8).order(order);
        tiff.putShort(0, (short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4d4d))
                .putShort(2, (short) 42)
                .putInt(4, 8)
                .putShort(8, (short) 1);
        tiff.putShort(ENTRY_AT, (short) 0x0112)
                .putShort(ENTRY_AT + 2, (short) type.number())
                .putInt(ENTRY_AT + 4, 1);
        type.value().put(tiff, orientation);
        return tiff;
    }
}

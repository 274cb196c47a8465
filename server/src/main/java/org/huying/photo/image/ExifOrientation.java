package org.huying.photo.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The only thing that is wanted of EXIF: which way is up. Whatever is odd about it means upright. */
final class ExifOrientation {
    static final int UPRIGHT = 1;
    private static final int LAST = 8;
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int TIFF_MAGIC = 42;
    private static final int ENTRY_BYTES = 12;

    private ExifOrientation() {}

    /** @param tiff EXIF data from its byte order mark on */
    static int of(ByteBuffer tiff) {
        var data = tiff.slice();
        if (data.limit() < 8) {
            return UPRIGHT;
        }
        data.order(data.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = data.getInt(4) & 0xffff_ffffL;
        if (data.getShort(2) != TIFF_MAGIC || directory + 2 > data.limit()) {
            return UPRIGHT;
        }
        int entries = data.getShort((int) directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            long at = directory + 2 + (long) i * ENTRY_BYTES;
            if (at + ENTRY_BYTES > data.limit()) {
                return UPRIGHT;
            }
            int entry = (int) at;
            if ((data.getShort(entry) & 0xffff) == TAG && data.getShort(entry + 2) == SHORT) {
                int value = data.getShort(entry + 8);
                return value >= UPRIGHT && value <= LAST ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}

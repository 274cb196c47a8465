package org.huying.photo.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The only thing that is wanted of EXIF: which way is up. The standard says SHORT; programs write it in every other type,
 * so its value is read in all of them. Whatever is odd about it means upright.
 */
final class ExifOrientation {
    static final int UPRIGHT = 1;
    private static final int LAST = 8;
    private static final int TAG = 0x0112;
    private static final int LITTLE_ENDIAN = 0x4949;
    private static final int TIFF_MAGIC = 42;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;
    private static final byte[] JPEG_MARK = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private ExifOrientation() {}

    /** @param exif from its byte order mark on, or from the mark before it that JPEG has and others should not */
    static int of(ByteBuffer exif) {
        var data = tiff(exif.slice());
        if (data.limit() < HEADER_BYTES) {
            return UPRIGHT;
        }
        data.order(data.getShort(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
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
            if ((data.getShort(entry) & 0xffff) == TAG) {
                double value = value(data, entry);
                return value >= UPRIGHT && value <= LAST && value == Math.rint(value) ? (int) value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    private static ByteBuffer tiff(ByteBuffer data) {
        boolean isMarked = data.limit() >= JPEG_MARK.length
                && data.slice(0, JPEG_MARK.length).equals(ByteBuffer.wrap(JPEG_MARK));
        return isMarked ? data.slice(JPEG_MARK.length, data.limit() - JPEG_MARK.length) : data;
    }

    /** The first of an entry's values; what takes more than four bytes lies elsewhere. NaN where there is none. */
    private static double value(ByteBuffer data, int entry) {
        int at = entry + 8;
        return switch (data.getShort(entry + 2)) {
            case 1, 7 -> data.get(at) & 0xff;
            case 2 -> Character.digit(data.get(at), 10);
            case 3 -> data.getShort(at) & 0xffff;
            case 4 -> data.getInt(at) & 0xffff_ffffL;
            case 5, 10 -> elsewhere(data, at) ? ratio(data, data.getInt(at)) : Double.NaN;
            case 6 -> data.get(at);
            case 8 -> data.getShort(at);
            case 9 -> data.getInt(at);
            case 11 -> data.getFloat(at);
            case 12 -> elsewhere(data, at) ? data.getDouble(data.getInt(at)) : Double.NaN;
            default -> Double.NaN;
        };
    }

    /** Whether there are eight bytes where the four at this place point to. */
    private static boolean elsewhere(ByteBuffer data, int at) {
        return data.getInt(at) >= 0 && data.getInt(at) <= data.limit() - 8;
    }

    /** Not a number, or infinite, where the second is nought. */
    private static double ratio(ByteBuffer data, int at) {
        return (double) data.getInt(at) / data.getInt(at + 4);
    }
}

package org.huying.photo.image;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Walks the segments of a JPEG file and keeps those that make pixels. Profiles, EXIF and comments go, and so does what
 * follows the end of the image. A file without its end has been cut off, and is refused rather than shown half grey.
 */
final class JpegFile {
    /** A decoder keeps the coefficients of a picture of several scans as a whole: two bytes for each, three for a pixel. */
    private static final long PIXELS_IN_SCANS_MAX = 25_000_000;

    /** Each goes over the whole picture, however little data it has; cameras need ten. */
    private static final int SCANS_MAX = 32;

    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int JFIF_SEGMENT = 0xe0;
    private static final int EXIF = 0xe1;
    private static final int ADOBE = 0xee;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int RESERVED = 0xc8;
    private static final int ARITHMETIC_TABLES = 0xcc;
    private static final int FIRST_FRAME = 0xc0;
    private static final int LAST_FRAME = 0xcf;
    private static final int PROGRESSIVE_FRAME = 0xc2;
    private static final byte[] EXIF_MARK = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] JFIF_MARK = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] ADOBE_MARK = "Adobe".getBytes(StandardCharsets.ISO_8859_1);

    /** Version 1.1, square pixels, no thumbnail. */
    private static final byte[] JFIF = HexFormat.of().parseHex("ffe000104a46494600010100000100010000");

    private final byte[] file;
    private final ByteArrayOutputStream kept;
    private int width;
    private int height;
    private int components;
    private boolean isProgressive;
    private int scans;
    private boolean isJfif;
    private boolean isAdobe;
    private int orientation = ExifOrientation.UPRIGHT;

    private JpegFile(byte[] file) {
        this.file = file;
        this.kept = new ByteArrayOutputStream(file.length);
    }

    static PlainImage plain(byte[] file) {
        return new JpegFile(file).walk();
    }

    private PlainImage walk() {
        int at = 2;
        while (true) {
            int marker = markerAt(at);
            if (marker == END_OF_IMAGE) {
                return ended();
            }
            int start = firstAfterFill(at) + 1;
            int end = start + length(start);
            segment(marker, start, end);
            at = marker == START_OF_SCAN ? scan(end) : end;
        }
    }

    private PlainImage ended() {
        if (scans == 0 || width == 0) {
            throw Bounds.unreadable();
        }
        if (isProgressive || scans > 1) {
            Bounds.check(width, height, PIXELS_IN_SCANS_MAX);
        }
        return new PlainImage(PhotoFormat.JPEG, assembled(), width, height, orientation, components);
    }

    /** Without a word about its colours a file has those that JFIF says, as every viewer assumes. */
    private Buffer assembled() {
        var whole = ByteBuffer.allocate(kept.size() + JFIF.length + 4);
        whole.put((byte) 0xff).put((byte) START_OF_IMAGE);
        if (isJfif || !isAdobe) {
            whole.put(JFIF);
        }
        whole.put(kept.toByteArray()).put((byte) 0xff).put((byte) END_OF_IMAGE);
        return Buffer.buffer(Arrays.copyOf(whole.array(), whole.position()));
    }

    private void segment(int marker, int start, int end) {
        if (isFrame(marker)) {
            frame(marker, start, end);
        } else if (marker == START_OF_SCAN && ++scans > SCANS_MAX) {
            throw Bounds.unreadable();
        } else if (marker == EXIF && startsWith(EXIF_MARK, start + 2, end)) {
            int tiff = start + 2 + EXIF_MARK.length;
            orientation = ExifOrientation.of(ByteBuffer.wrap(file, tiff, end - tiff));
        }
        isJfif |= marker == JFIF_SEGMENT && startsWith(JFIF_MARK, start + 2, end);
        isAdobe |= isAdobe(marker, start, end);
        if (isKept(marker, start, end)) {
            marker(marker);
            kept.write(file, start, end - start);
        }
    }

    /** Tables, frames and scans; of the application's own data only what tells the colours apart. */
    private boolean isKept(int marker, int start, int end) {
        return marker < JFIF_SEGMENT || isAdobe(marker, start, end);
    }

    private boolean isAdobe(int marker, int start, int end) {
        return marker == ADOBE && startsWith(ADOBE_MARK, start + 2, end);
    }

    private void frame(int marker, int start, int end) {
        if (width != 0 || end - start < 8) {
            throw Bounds.unreadable();
        }
        isProgressive = marker == PROGRESSIVE_FRAME;
        height = unsigned(start + 3);
        width = unsigned(start + 5);
        components = file[start + 7] & 0xff;
        Bounds.check(width, height);
    }

    /** Copies a scan's data; returns where the marker after it begins. */
    private int scan(int from) {
        int at = from;
        while (at + 1 < file.length) {
            if (file[at] == (byte) 0xff) {
                int next = file[at + 1] & 0xff;
                boolean isData = next == 0 || (next >= 0xd0 && next <= 0xd7);
                if (!isData && next != 0xff) {
                    kept.write(file, from, at - from);
                    return at;
                }
            }
            at++;
        }
        throw Bounds.unreadable();
    }

    private static boolean isFrame(int marker) {
        return marker >= FIRST_FRAME
                && marker <= LAST_FRAME
                && marker != HUFFMAN_TABLES
                && marker != RESERVED
                && marker != ARITHMETIC_TABLES;
    }

    private int markerAt(int at) {
        if (at >= file.length || file[at] != (byte) 0xff) {
            throw Bounds.unreadable();
        }
        int marker = file[firstAfterFill(at)] & 0xff;
        if (marker < FIRST_FRAME || marker == START_OF_IMAGE || (marker >= 0xd0 && marker <= 0xd7)) {
            throw Bounds.unreadable();
        }
        return marker;
    }

    /** Any number of bytes 0xff may come before a marker. */
    private int firstAfterFill(int at) {
        int first = at;
        while (first < file.length && file[first] == (byte) 0xff) {
            first++;
        }
        if (first == file.length) {
            throw Bounds.unreadable();
        }
        return first;
    }

    /** With the two bytes that say it. */
    private int length(int at) {
        int length = at + 2 > file.length ? 0 : unsigned(at);
        if (length < 2 || at + length > file.length) {
            throw Bounds.unreadable();
        }
        return length;
    }

    private int unsigned(int at) {
        return (file[at] & 0xff) << 8 | (file[at + 1] & 0xff);
    }

    private boolean startsWith(byte[] mark, int start, int end) {
        return start + mark.length <= end && Arrays.equals(file, start, start + mark.length, mark, 0, mark.length);
    }

    private void marker(int marker) {
        kept.write(0xff);
        kept.write(marker);
    }
}

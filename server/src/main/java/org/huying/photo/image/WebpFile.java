package org.huying.photo.image;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks the chunks of a WebP file and keeps the picture and its transparency; profiles and metadata go. What moves is no
 * photo. The size is taken from the picture's own data, never from what the container says of it.
 */
final class WebpFile {
    /** The decoder keeps about fifty bytes for each pixel. */
    private static final long PIXELS_MAX = 12_500_000;

    private static final int LOOK_AHEAD_BYTES = 16;
    private static final int RIFF_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int LOSSY_HEADER_BYTES = 10;
    private static final int LOSSLESS_HEADER_BYTES = 5;
    private static final int LOSSLESS_SIGNATURE = 0x2f;
    private static final int SIDE_MASK = 0x3fff;
    private static final byte HAS_ALPHA = 0x10;

    private final ByteBuffer file;
    private @Nullable ByteBuffer lossy;
    private @Nullable ByteBuffer lossless;
    private @Nullable ByteBuffer alpha;
    private int orientation = ExifOrientation.UPRIGHT;

    private WebpFile(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static PlainImage plain(byte[] bytes) {
        var read = new WebpFile(bytes);
        read.walk();
        return read.picture().oriented(read.orientation);
    }

    private void walk() {
        long end = 8 + (file.getInt(4) & 0xffff_ffffL);
        if (end > file.limit()) {
            throw Bounds.unreadable();
        }
        int at = RIFF_BYTES;
        while (at + CHUNK_HEADER_BYTES <= end) {
            int length = file.getInt(at + 4);
            if (length < 0 || length > end - at - CHUNK_HEADER_BYTES) {
                throw Bounds.unreadable();
            }
            var data = file.slice(at + CHUNK_HEADER_BYTES, length).order(ByteOrder.LITTLE_ENDIAN);
            take(new String(file.array(), at, 4, StandardCharsets.ISO_8859_1), data);
            at += CHUNK_HEADER_BYTES + length + length % 2;
        }
    }

    private void take(String type, ByteBuffer data) {
        switch (type) {
            case "VP8 " -> lossy = onlyOne(lossy, data);
            case "VP8L" -> lossless = onlyOne(lossless, data);
            case "ALPH" -> alpha = onlyOne(alpha, data);
            case "EXIF" -> orientation = ExifOrientation.of(data);
            case "ANIM", "ANMF" -> throw Bounds.unreadable();
            default -> {}
        }
    }

    private static ByteBuffer onlyOne(@Nullable ByteBuffer before, ByteBuffer data) {
        if (before != null) {
            throw Bounds.unreadable();
        }
        return data;
    }

    private PlainImage picture() {
        if (lossy != null && lossless == null && lossy.limit() >= LOSSY_HEADER_BYTES) {
            return lossy(lossy);
        }
        if (lossless != null && lossy == null && lossless.limit() >= LOSSLESS_HEADER_BYTES) {
            return lossless(lossless);
        }
        throw Bounds.unreadable();
    }

    /** A key frame: its tag, a start code, and fourteen bits each for width and height. */
    private PlainImage lossy(ByteBuffer data) {
        boolean isKeyFrame = (data.get(0) & 1) == 0;
        boolean isStarted = data.get(3) == (byte) 0x9d && data.get(4) == 0x01 && data.get(5) == 0x2a;
        if (!isKeyFrame || !isStarted) {
            throw Bounds.unreadable();
        }
        int width = data.getShort(6) & SIDE_MASK;
        int height = data.getShort(8) & SIDE_MASK;
        if (alpha == null) {
            return image(riff(chunk("VP8 ", data)), width, height);
        }
        return image(riff(extended(width, height), chunk("ALPH", padded(alpha)), chunk("VP8 ", data)), width, height);
    }

    private static PlainImage lossless(ByteBuffer data) {
        int bits = data.getInt(1);
        if (data.get(0) != LOSSLESS_SIGNATURE) {
            throw Bounds.unreadable();
        }
        return image(riff(chunk("VP8L", padded(data))), (bits & SIDE_MASK) + 1, ((bits >>> 14) & SIDE_MASK) + 1);
    }

    private static PlainImage image(byte[] bytes, int width, int height) {
        Bounds.check(width, height);
        Bounds.check(width, height, PIXELS_MAX);
        return new PlainImage(PhotoFormat.WEBP, Buffer.buffer(bytes), width, height, ExifOrientation.UPRIGHT, 4);
    }

    /** The decoder looks ahead of the bits that it takes, and is slow where there are none. */
    private static ByteBuffer padded(ByteBuffer data) {
        return ByteBuffer.allocate(data.limit() + LOOK_AHEAD_BYTES).put(0, data, 0, data.limit());
    }

    private static byte[] extended(int width, int height) {
        var data = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        data.put(0, HAS_ALPHA).putInt(4, width - 1).putShort(7, (short) (height - 1));
        return chunk("VP8X", data);
    }

    private static byte[] chunk(String type, ByteBuffer data) {
        var chunk = ByteBuffer.allocate(CHUNK_HEADER_BYTES + data.limit() + data.limit() % 2)
                .order(ByteOrder.LITTLE_ENDIAN);
        chunk.put(type.getBytes(StandardCharsets.ISO_8859_1)).putInt(data.limit());
        chunk.put(data.slice(0, data.limit()));
        return chunk.array();
    }

    private static byte[] riff(byte[]... chunks) {
        var body = new ByteArrayOutputStream();
        body.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        for (var chunk : chunks) {
            body.writeBytes(chunk);
        }
        return chunk("RIFF", ByteBuffer.wrap(body.toByteArray()));
    }
}

package org.huying.photo.image;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG file and keeps those that make pixels, so that no text and no profile is ever inflated. The
 * pixels' own data becomes one chunk, however small the pieces it came in.
 */
final class PngFile {
    private static final int SIGNATURE_BYTES = 8;
    private static final int HEADER_BYTES = 13;
    private static final int AROUND_DATA_BYTES = 12;
    private static final Set<String> KEPT = Set.of("PLTE", "tRNS");

    private final ByteBuffer file;
    private final ByteArrayOutputStream kept;
    private final ByteArrayOutputStream pixels;
    private int orientation = ExifOrientation.UPRIGHT;

    private PngFile(byte[] bytes) {
        file = ByteBuffer.wrap(bytes);
        kept = new ByteArrayOutputStream(bytes.length);
        pixels = new ByteArrayOutputStream(bytes.length);
    }

    static PlainImage plain(byte[] bytes) {
        return new PngFile(bytes).walk();
    }

    private PlainImage walk() {
        kept.write(file.array(), 0, SIGNATURE_BYTES);
        int at = SIGNATURE_BYTES;
        var header = data(at);
        if (!type(at).equals("IHDR") || header.remaining() != HEADER_BYTES) {
            throw Bounds.unreadable();
        }
        Bounds.check(header.getInt(header.position()), header.getInt(header.position() + 4));
        chunk("IHDR", bytes(header));
        while (!type(at).equals("IEND")) {
            at += AROUND_DATA_BYTES + data(at).remaining();
            take(type(at), data(at));
        }
        if (pixels.size() == 0) {
            throw Bounds.unreadable();
        }
        chunk("IDAT", pixels.toByteArray());
        chunk("IEND", new byte[0]);
        return new PlainImage(
                PhotoFormat.PNG,
                Buffer.buffer(kept.toByteArray()),
                header.getInt(header.position()),
                header.getInt(header.position() + 4),
                orientation,
                bytesPerPixel(header));
    }

    private void take(String type, ByteBuffer data) {
        if (type.equals("IDAT")) {
            pixels.writeBytes(bytes(data));
        } else if (KEPT.contains(type) && pixels.size() == 0) {
            chunk(type, bytes(data));
        } else if (type.equals("eXIf")) {
            orientation = ExifOrientation.of(data);
        } else if (type.equals("IHDR")) {
            throw Bounds.unreadable();
        }
    }

    /** Bit depth and colour type; at least one, and an alpha channel is made of a transparent colour. */
    private static int bytesPerPixel(ByteBuffer header) {
        int depth = header.get(header.position() + 8);
        int channels = switch (header.get(header.position() + 9)) {
            case 0, 3 -> 1;
            case 2 -> 3;
            case 4 -> 2;
            default -> 4;
        };
        return Math.max(1, depth / 8) * channels;
    }

    private String type(int at) {
        data(at);
        return new String(file.array(), at + 4, 4, StandardCharsets.ISO_8859_1);
    }

    private ByteBuffer data(int at) {
        if (at + AROUND_DATA_BYTES > file.limit()) {
            throw Bounds.unreadable();
        }
        int length = file.getInt(at);
        if (length < 0 || length > file.limit() - at - AROUND_DATA_BYTES) {
            throw Bounds.unreadable();
        }
        return file.slice(at + 8, length);
    }

    private void chunk(String type, byte[] data) {
        var name = type.getBytes(StandardCharsets.ISO_8859_1);
        var check = new CRC32();
        check.update(name);
        check.update(data);
        kept.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        kept.writeBytes(name);
        kept.writeBytes(data);
        kept.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }

    private static byte[] bytes(ByteBuffer data) {
        var bytes = new byte[data.remaining()];
        data.get(data.position(), bytes);
        return bytes;
    }
}

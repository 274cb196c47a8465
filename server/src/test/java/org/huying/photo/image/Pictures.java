package org.huying.photo.image;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Files as phones and as attackers make them. */
public final class Pictures {
    public static final String PLACE = "30.2741N 120.1551E";

    private Pictures() {}

    /** Red on the left, blue on the right. */
    public static byte[] jpeg(int width, int height) {
        return written(halves(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    /** Red on the left, and nothing on the right. */
    public static byte[] halfTransparentPng(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        fill(image, 0, width / 2, Color.RED);
        return written(image, "png");
    }

    public static byte[] png(int width, int height) {
        return written(halves(width, height, BufferedImage.TYPE_INT_RGB), "png");
    }

    /** The same JPEG as a phone stores it: lying on its side, with the place in a GPS directory. */
    public static byte[] phoneJpeg(int width, int height, int orientation) {
        var plain = jpeg(width, height);
        var exif = exif(orientation);
        return joined(
                Arrays.copyOf(plain, 2),
                segment(0xe1, exif),
                segment(0xfe, PLACE.getBytes(StandardCharsets.UTF_8)),
                Arrays.copyOfRange(plain, 2, plain.length));
    }

    /** One colour, lossless: any size takes the same few bytes. */
    public static byte[] webp(int width, int height) {
        var bits = new Bits();
        bits.put(width - 1, 14).put(height - 1, 14).put(0, 1).put(0, 3);
        // no transform, no colour cache, no meta codes
        bits.put(0, 1).put(0, 1).put(0, 1);
        for (int channel : new int[] {0x20, 0xf0, 0x10, 0xff}) {
            bits.put(1, 1).put(0, 1).put(1, 1).put(channel, 8);
        }
        bits.put(1, 1).put(0, 1).put(0, 1).put(0, 1);
        var data = joined(new byte[] {0x2f}, bits.bytes());
        return riff(chunk("VP8L", data));
    }

    /** One pixel, as a camera's encoder makes it. */
    public static byte[] lossyWebp() {
        return Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    }

    /** The same with a layer of transparency beside it. */
    public static byte[] alphaWebp() {
        return Base64.getDecoder()
                .decode(
                        "UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4A"
                                + "AA3AAP7mtQAAAA==");
    }

    /** A few bytes that say they are a huge picture. */
    public static byte[] pngBomb(int width, int height) {
        var small = png(8, 8);
        ByteBuffer.wrap(small).putInt(16, width).putInt(20, height);
        return small;
    }

    static byte[] written(BufferedImage image, String format) {
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(image, format, bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BufferedImage halves(int width, int height, int type) {
        var image = new BufferedImage(width, height, type);
        fill(image, 0, width / 2, Color.RED);
        fill(image, width / 2, width, Color.BLUE);
        return image;
    }

    static byte[] segment(int marker, byte[] data) {
        return joined(
                new byte[] {(byte) 0xff, (byte) marker},
                ByteBuffer.allocate(2).putShort((short) (data.length + 2)).array(),
                data);
    }

    static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    static byte[] riff(byte[]... chunks) {
        return chunk("RIFF", joined("WEBP".getBytes(StandardCharsets.US_ASCII), joined(chunks)));
    }

    static byte[] chunk(String type, byte[] data) {
        var length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(data.length);
        return joined(type.getBytes(StandardCharsets.US_ASCII), length.array(), data, new byte[data.length % 2]);
    }

    /** Two directories: which way is up, and where it was taken. */
    static byte[] exif(int orientation) {
        var place = PLACE.getBytes(StandardCharsets.US_ASCII);
        var tiff = ByteBuffer.allocate(64 + place.length).order(ByteOrder.LITTLE_ENDIAN);
        tiff.putShort((short) 0x4949).putShort((short) 42).putInt(8).putShort((short) 2);
        entry(tiff, 0x0112, 3, 1, orientation);
        entry(tiff, 0x8825, 4, 1, 38);
        tiff.putInt(0).putShort((short) 1);
        entry(tiff, 0x001c, 2, place.length, 56);
        tiff.putInt(0).position(56).put(place);
        return joined("Exif\0\0".getBytes(StandardCharsets.US_ASCII), tiff.array());
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    private static void fill(BufferedImage image, int from, int until, Color colour) {
        for (int x = from; x < until; x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                image.setRGB(x, y, colour.getRGB());
            }
        }
    }

    /** Bits, the lowest of each byte first. */
    private static final class Bits {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int current;
        private int count;

        Bits put(int value, int length) {
            for (int i = 0; i < length; i++) {
                current |= (value >> i & 1) << count;
                if (++count == 8) {
                    bytes.write(current);
                    current = 0;
                    count = 0;
                }
            }
            return this;
        }

        byte[] bytes() {
            bytes.write(current);
            bytes.write(0);
            return bytes.toByteArray();
        }
    }
}

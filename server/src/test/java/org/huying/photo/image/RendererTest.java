package org.huying.photo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.buffer.Buffer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files, good and bad. */
@Tag("long")
class RendererTest {
    @Test
    void whatAPhoneTookStandsUprightAndTellsNothingElse() throws IOException {
        // given
        var file = Pictures.phoneJpeg(400, 200, 6);
        assertThat(text(file)).contains("Exif", Pictures.PLACE);

        // when
        var kept = render(file);

        // then: turned right, so what was left is on top
        assertThat(kept.width()).isEqualTo(200);
        assertThat(kept.height()).isEqualTo(400);
        var image = read(kept.image());
        assertThat(colour(image, 100, 20)).isEqualTo("red");
        assertThat(colour(image, 100, 380)).isEqualTo("blue");
        for (var bytes : new Buffer[] {kept.image(), kept.thumbnail()}) {
            assertThat(text(bytes.getBytes())).doesNotContain("Exif", Pictures.PLACE, "ICC_PROFILE", "http");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, -1, 12345})
    void anOddOrientationIsUpright(int orientation) {
        var kept = render(Pictures.phoneJpeg(40, 20, orientation));
        assertThat(kept.width()).isEqualTo(40);
    }

    @Test
    void allEightOrientationsAreKnown() throws IOException {
        for (int orientation = 1; orientation <= 8; orientation++) {
            var kept = render(Pictures.phoneJpeg(64, 32, orientation));
            var image = read(kept.image());
            var redIsAt = switch (orientation) {
                case 1, 4 -> colour(image, 8, 16);
                case 2, 3 -> colour(image, 56, 16);
                case 5, 6 -> colour(image, 16, 8);
                default -> colour(image, 16, 56);
            };
            assertThat(redIsAt).as("orientation %d", orientation).isEqualTo("red");
        }
    }

    @Test
    void largePicturesGetSmallerAndSmallOnesStay() throws IOException {
        var large = render(Pictures.jpeg(4000, 3000));
        var small = render(Pictures.png(50, 30));
        var thin = render(Pictures.png(3000, 1));

        assertThat(large.width()).isEqualTo(2896);
        assertThat(large.height()).isEqualTo(2172);
        assertThat(read(large.thumbnail()).getWidth()).isEqualTo(320);
        assertThat(read(large.thumbnail()).getHeight()).isEqualTo(240);
        assertThat(small.width()).isEqualTo(50);
        assertThat(read(small.thumbnail()).getWidth()).isEqualTo(50);
        assertThat(thin.height()).isEqualTo(1);
    }

    /** A chat as it is shown in one picture: twelve times as high as wide, words of the size that a phone shows them. */
    @Test
    void aLongScreenshotStaysReadable() throws IOException {
        var long12 = render(Pictures.png(1080, 12_960));
        var long4 = render(Pictures.jpeg(1080, 4320));
        var wide = render(Pictures.png(9_000, 600));

        assertThat(long12.width()).isGreaterThanOrEqualTo(720);
        assertThat((double) long12.height() / long12.width()).isBetween(11.9, 12.1);
        assertThat(read(long12.image()).getWidth()).isEqualTo(long12.width());
        assertThat(long4.width()).isEqualTo(1080);
        assertThat(wide.height()).isEqualTo(600);
    }

    @Test
    void transparencyIsWhite() throws IOException {
        for (int edge : new int[] {100, 3000}) {
            var image = read(render(Pictures.halfTransparentPng(edge, edge)).image());
            assertThat(colour(image, 10, 10)).isEqualTo("red");
            assertThat(colour(image, image.getWidth() - 10, 10)).isEqualTo("white");
        }
    }

    @Test
    void webpIsTaken() throws IOException {
        var lossless = render(Pictures.webp(300, 200));
        var oriented = render(Pictures.riff(
                Arrays.copyOfRange(Pictures.webp(300, 200), 12, Pictures.webp(300, 200).length),
                Pictures.chunk("EXIF", Arrays.copyOfRange(Pictures.exif(6), 6, Pictures.exif(6).length))));

        assertThat(lossless.width()).isEqualTo(300);
        assertThat(new Color(read(lossless.image()).getRGB(150, 100)).getRed()).isGreaterThan(200);
        assertThat(oriented.width()).isEqualTo(200);
        assertThat(render(Pictures.lossyWebp()).width()).isEqualTo(1);
        assertThat(render(Pictures.alphaWebp()).width()).isEqualTo(1);
    }

    @Test
    void allSortsOfPngAndJpegAreTaken() throws IOException {
        for (int type : new int[] {
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_BYTE_BINARY,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_4BYTE_ABGR
        }) {
            var file = Pictures.written(Pictures.halves(2700, 20, type), "png");
            assertThat(render(file).width()).as("type %d", type).isEqualTo(2700);
        }
        var grey = Pictures.written(Pictures.halves(60, 20, BufferedImage.TYPE_BYTE_GRAY), "jpeg");
        assertThat(render(grey).width()).isEqualTo(60);
        assertThat(colour(read(render(progressive(600, 400)).image()), 10, 10)).isEqualTo("red");
    }

    @Test
    void bombsAreRefusedByWhatTheyDeclare() {
        assertThat(refusal(Pictures.pngBomb(25_000, 25_000))).isEqualTo("photo_too_many_pixels");
        assertThat(refusal(Pictures.pngBomb(Integer.MAX_VALUE, 1))).isEqualTo("photo_too_many_pixels");
        assertThat(refusal(Pictures.pngBomb(0, 100))).isEqualTo("photo_unreadable");
        assertThat(refusal(Pictures.pngBomb(-5, 100))).isEqualTo("photo_unreadable");
        assertThat(refusal(Pictures.webp(16_000, 16_000))).isEqualTo("photo_too_many_pixels");
        assertThat(refusal(jpegDeclaring(Pictures.jpeg(16, 16), 20_000, 20_000)))
                .isEqualTo("photo_too_many_pixels");
        assertThat(refusal(jpegDeclaring(progressive(16, 16), 6_000, 6_000))).isEqualTo("photo_too_many_pixels");
    }

    @Test
    void aPngOfManyPixelsIsDecodedInParts() throws IOException {
        // given: ninety million pixels of nothing in a few kilobytes
        var file = flatPng(10_000, 9_000);
        assertThat(file.length).isLessThan(1 << 20);

        // when
        var kept = render(file);

        // then
        assertThat((long) kept.width() * kept.height()).isBetween(6_000_000L, 6L << 20);
    }

    @Test
    void aJpegOfTooManyScansIsRefused() {
        // given
        var file = progressive(64, 64);
        int lastScan = lastIndexOf(file, (byte) 0xda);
        var scan = Arrays.copyOfRange(file, lastScan - 1, file.length - 2);
        var many = new byte[][] {Arrays.copyOf(file, file.length - 2), new byte[0]};
        for (int i = 0; i < 40; i++) {
            many[1] = Pictures.joined(many[1], scan);
        }

        // then
        assertThat(refusal(Pictures.joined(many[0], many[1], new byte[] {(byte) 0xff, (byte) 0xd9})))
                .isEqualTo("photo_unreadable");
    }

    @Test
    void whatIsNoPhotoIsNone() {
        assertThat(refusal("<svg xmlns=...><script>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("photo_type_unsupported");
        assertThat(refusal("GIF89a..............".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("photo_type_unsupported");
        assertThat(refusal(new byte[] {1})).isEqualTo("photo_type_unsupported");
        assertThat(refusal("RIFF....WAVEfmt ....".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("photo_type_unsupported");
    }

    @Test
    void whatIsAppendedIsGone() {
        // given
        var smuggled = "PK\u0003\u0004 <script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);

        // then
        for (var picture : new byte[][] {Pictures.jpeg(40, 40), Pictures.png(40, 40), Pictures.webp(40, 40)}) {
            var kept = render(Pictures.joined(picture, smuggled));
            assertThat(text(kept.image().getBytes())).doesNotContain("script");
        }
    }

    @Test
    void cutOffFilesAreRefused() {
        for (var picture : new byte[][] {
            Pictures.jpeg(400, 400), Pictures.png(400, 400), Pictures.webp(400, 400), progressive(400, 400)
        }) {
            for (int length : new int[] {13, 30, picture.length / 2, picture.length - 3}) {
                assertThat(refusal(Arrays.copyOf(picture, length))).isEqualTo("photo_unreadable");
            }
        }
    }

    /** Whatever is broken in a file, it is taken or refused: nothing else ever comes out. */
    @Test
    void brokenFilesAreTakenOrRefused() {
        var random = new Random(20_260_301);
        var pictures = new byte[][] {
            Pictures.phoneJpeg(60, 40, 6), Pictures.halfTransparentPng(60, 40), Pictures.webp(60, 40),
            Pictures.alphaWebp(), Pictures.lossyWebp(), progressive(60, 40)
        };
        int refused = 0;
        for (int i = 0; i < 1_200; i++) {
            var broken = pictures[i % pictures.length].clone();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                render(broken);
            } catch (Refusal refusal) {
                refused++;
            }
        }
        assertThat(refused).isBetween(120, 1_150);
    }

    private static String refusal(byte[] file) {
        return catchThrowableOfType(Refusal.class, () -> render(file)).code();
    }

    private static byte[] jpegDeclaring(byte[] file, int width, int height) {
        for (int i = 2; i < file.length - 9; i++) {
            boolean isFrame = file[i] == (byte) 0xff && (file[i + 1] == (byte) 0xc0 || file[i + 1] == (byte) 0xc2);
            if (isFrame) {
                ByteBuffer.wrap(file).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
                return file;
            }
        }
        throw new IllegalArgumentException("no frame");
    }

    private static byte[] progressive(int width, int height) {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            var parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            var image = Pictures.halves(width, height, BufferedImage.TYPE_INT_RGB);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** Grey, and all of one line after the other. */
    private static byte[] flatPng(int width, int height) throws IOException {
        var pixels = new ByteArrayOutputStream();
        try (var deflated = new DeflaterOutputStream(pixels)) {
            var line = new byte[1 + width * 3];
            for (int y = 0; y < height; y++) {
                deflated.write(line);
            }
        }
        var header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        return Pictures.joined(
                Arrays.copyOf(Pictures.png(1, 1), 8),
                pngChunk("IHDR", header.array()),
                pngChunk("IDAT", pixels.toByteArray()),
                pngChunk("IEND", new byte[0]));
    }

    private static byte[] pngChunk(String type, byte[] data) {
        return Pictures.joined(
                ByteBuffer.allocate(4).putInt(data.length).array(),
                type.getBytes(StandardCharsets.US_ASCII),
                data,
                new byte[4]);
    }

    private static int lastIndexOf(byte[] file, byte marker) {
        int at = file.length - 1;
        while (file[at] != marker || file[at - 1] != (byte) 0xff) {
            at--;
        }
        return at;
    }

    private static BufferedImage read(Buffer jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg.getBytes()));
    }

    private static String colour(BufferedImage image, int x, int y) {
        var found = new Color(image.getRGB(x, y));
        if (found.getRed() > 200 && found.getGreen() > 200 && found.getBlue() > 200) {
            return "white";
        }
        return found.getRed() > 200 ? "red" : found.getBlue() > 200 ? "blue" : found.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The picture is not to blame for what we have no room or no time for. */
    @Test
    void whatFailsOnOurSideIsNotToldOfThePicture() {
        var scarce = new Workspace(1 << 20);
        assertThatThrownBy(() -> Renderer.render(Pictures.jpeg(4000, 3000), scarce))
                .isInstanceOfSatisfying(
                        Refusal.Unavailable.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("photos_busy"));
        assertThat(Renderer.render(Pictures.png(50, 30), scarce).width()).isEqualTo(50);

        var late = new IIOException("Error reading PNG image data", new TimedInput.LateException());
        assertThat(Renderer.asRefusal(late).code()).isEqualTo("photos_busy");
        assertThat(Renderer.asRefusal(new IIOException("Insufficient memory (case 4)"))
                        .code())
                .isEqualTo("photos_busy");
        assertThat(Renderer.asRefusal(new IIOException("Bogus Huffman table")).code())
                .isEqualTo("photo_unreadable");
        assertThatThrownBy(() -> Renderer.asRefusal(new IIOException("Metadata", new OutOfMemoryError("heap"))))
                .isInstanceOf(OutOfMemoryError.class);
    }

    private static Rendition render(byte[] file) {
        return Renderer.render(file, new Workspace(1L << 30));
    }
}

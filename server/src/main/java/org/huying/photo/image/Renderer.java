package org.huying.photo.image;

import io.vertx.core.buffer.Buffer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.coobird.thumbnailator.resizers.Resizers;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.huying.kernel.Refusal;

/**
 * Makes of any file that is taken a JPEG that holds nothing but pixels, upright, on white, and a thumbnail of it. What a
 * hostile file can cost is bounded before decoding: pixels, scans, the bytes that a decoded picture takes, and time.
 */
public final class Renderer {
    private static final int EDGE_MAX_PIXELS = 2560;
    private static final int THUMBNAIL_EDGE_PIXELS = 320;
    private static final float QUALITY = 0.85f;

    /** Larger pictures are decoded with pixels left out. */
    private static final long DECODED_MAX_BYTES = 64L << 20;

    private static final Duration DECODING_MAX = Duration.ofSeconds(10);

    static {
        System.setProperty("java.awt.headless", "true");
        // No copies of what comes in under the temporary directory.
        ImageIO.setUseCache(false);
    }

    private Renderer() {}

    /**
     * Renders a file. Blocks, for a second and more with large ones.
     *
     * @throws Refusal {@code photo_type_unsupported}, {@code photo_unreadable}, {@code photo_too_many_pixels}
     */
    public static Rendition render(byte[] file) {
        var format = PhotoFormat.of(file).orElseThrow(() -> Refusal.unsupportedMedia("photo_type_unsupported"));
        var plain = format.plain(file);
        var upright = upright(within(decoded(plain), EDGE_MAX_PIXELS), plain.orientation());
        return new Rendition(
                jpeg(upright), jpeg(within(upright, THUMBNAIL_EDGE_PIXELS)), upright.getWidth(), upright.getHeight());
    }

    private static BufferedImage decoded(PlainImage plain) {
        var readers = ImageIO.getImageReadersByFormatName(plain.format().reader());
        var reader = readers.next();
        try (var input = new TimedInput(new ByteArrayInputStream(plain.bytes().getBytes()), DECODING_MAX)) {
            reader.setInput(input, true, true);
            if (reader.getWidth(0) != plain.width() || reader.getHeight(0) != plain.height()) {
                throw Bounds.unreadable();
            }
            reader.addIIOReadProgressListener(input.watching(reader));
            var decoded = decoded(reader, plain);
            if (input.isLate()) {
                throw Bounds.unreadable();
            }
            return decoded;
        } catch (IOException | RuntimeException e) {
            throw e instanceof Refusal refusal ? refusal : Bounds.unreadable();
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage decoded(ImageReader reader, PlainImage plain) throws IOException {
        var parameters = reader.getDefaultReadParam();
        double bytes = (double) plain.width() * plain.height() * plain.bytesPerPixel();
        int step = (int) Math.ceil(Math.sqrt(Math.max(1, bytes / DECODED_MAX_BYTES)));
        parameters.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, parameters);
    }

    /** On white, and no larger than the edge allows; small pictures stay as small as they are. */
    private static BufferedImage within(BufferedImage image, int edge) {
        double scale = Math.min(1, (double) edge / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        if (scale == 1) {
            return onWhite(image);
        }
        boolean isOpaque = image.getTransparency() == BufferedImage.OPAQUE;
        var scaled =
                new BufferedImage(width, height, isOpaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        Resizers.PROGRESSIVE.resize(image, scaled);
        return onWhite(scaled);
    }

    private static BufferedImage onWhite(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_INT_RGB) {
            return image;
        }
        var flat = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        var graphics = flat.createGraphics();
        graphics.drawImage(image, 0, 0, Color.WHITE, null);
        graphics.dispose();
        return flat;
    }

    private static BufferedImage upright(BufferedImage image, int orientation) {
        return orientation == ExifOrientation.UPRIGHT
                ? image
                : onWhite(ExifFilterUtils.getFilterForOrientation(Orientation.typeOf(orientation))
                        .apply(image));
    }

    private static Buffer jpeg(BufferedImage image) {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            var parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}

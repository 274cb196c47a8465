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
    /** Of as many as there is memory for; a long screenshot keeps the width that it needs to be read. */
    private static final long KEPT_MAX_PIXELS = 6L << 20;

    private static final int THUMBNAIL_EDGE_PIXELS = 320;
    private static final float QUALITY = 0.85f;

    /** Larger pictures are decoded with pixels left out. */
    private static final long DECODED_MAX_BYTES = 64L << 20;

    /** Of what is made of the decoded picture: scaled, turned, on white. */
    private static final long COPIES_MAX_BYTES = 48L << 20;

    private static final int COPIES_BYTES_PER_PIXEL = 8;
    private static final Duration DECODING_MAX = Duration.ofSeconds(10);

    private static final String NATIVE_OUT_OF_MEMORY = "Insufficient memory";

    static {
        System.setProperty("java.awt.headless", "true");
        // No copies of what comes in under the temporary directory.
        ImageIO.setUseCache(false);
    }

    private Renderer() {}

    /**
     * Renders a file. Blocks, for a second and more with large ones.
     *
     * @param workspace where it is done
     * @throws Refusal {@code photo_type_unsupported}, {@code photo_unreadable}, {@code photo_too_many_pixels}, and
     *     {@code photos_busy} where it is us who have no room or no time
     */
    public static Rendition render(byte[] file, Workspace workspace) {
        var format = PhotoFormat.of(file).orElseThrow(() -> Refusal.unsupportedMedia("photo_type_unsupported"));
        var plain = format.plain(file);
        long bytes = bytesNeeded(plain);
        workspace.take(bytes);
        try {
            return rendition(plain);
        } finally {
            workspace.giveBack(bytes);
        }
    }

    private static long bytesNeeded(PlainImage plain) {
        long pixels = (long) plain.width() * plain.height();
        return Math.min(pixels * plain.bytesPerPixel(), DECODED_MAX_BYTES)
                + pixels * plain.format().beside()
                + Math.min(pixels * COPIES_BYTES_PER_PIXEL, COPIES_MAX_BYTES);
    }

    private static Rendition rendition(PlainImage plain) {
        var upright = upright(kept(decoded(plain)), plain.orientation());
        return new Rendition(jpeg(upright), jpeg(thumbnail(upright)), upright.getWidth(), upright.getHeight());
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
                throw busy();
            }
            return decoded;
        } catch (IOException | RuntimeException e) {
            throw asRefusal(e);
        } finally {
            reader.dispose();
        }
    }

    /** What fails for want of memory or time fails on our side, though a decoder says it of the picture. */
    static Refusal asRefusal(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError error) {
                throw error;
            }
            if (cause instanceof Refusal refusal) {
                return refusal;
            }
            if (cause instanceof TimedInput.LateException || isOutOfMemory(cause)) {
                return busy();
            }
        }
        return Bounds.unreadable();
    }

    /** As the native decoder says it, which has no exception for it. */
    private static boolean isOutOfMemory(Throwable cause) {
        var message = cause.getMessage();
        return message != null && message.startsWith(NATIVE_OUT_OF_MEMORY);
    }

    private static Refusal busy() {
        return Refusal.unavailable("photos_busy");
    }

    private static BufferedImage decoded(ImageReader reader, PlainImage plain) throws IOException {
        var parameters = reader.getDefaultReadParam();
        double bytes = (double) plain.width() * plain.height() * plain.bytesPerPixel();
        int step = (int) Math.ceil(Math.sqrt(Math.max(1, bytes / DECODED_MAX_BYTES)));
        parameters.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, parameters);
    }

    private static BufferedImage kept(BufferedImage image) {
        double pixels = (double) image.getWidth() * image.getHeight();
        return scaled(image, Math.sqrt(KEPT_MAX_PIXELS / pixels));
    }

    private static BufferedImage thumbnail(BufferedImage image) {
        return scaled(image, (double) THUMBNAIL_EDGE_PIXELS / Math.max(image.getWidth(), image.getHeight()));
    }

    /** On white; small pictures stay as small as they are. */
    private static BufferedImage scaled(BufferedImage image, double scale) {
        if (scale >= 1) {
            return onWhite(image);
        }
        int width = Math.max(1, (int) (image.getWidth() * scale));
        int height = Math.max(1, (int) (image.getHeight() * scale));
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

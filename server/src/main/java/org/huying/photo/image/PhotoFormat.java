package org.huying.photo.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The kinds of files that are taken, known by their content. */
enum PhotoFormat {
    JPEG("jpeg", 0) {
        @Override
        PlainImage plain(byte[] file) {
            return JpegFile.plain(file);
        }
    },
    PNG("png", 0) {
        @Override
        PlainImage plain(byte[] file) {
            return PngFile.plain(file);
        }
    },
    WEBP("webp", 22) {
        @Override
        PlainImage plain(byte[] file) {
            return WebpFile.plain(file);
        }
    };

    private static final int START_BYTES = 12;
    private static final long PNG_SIGNATURE = 0x8950_4e47_0d0a_1a0aL;
    private static final int RIFF = 0x5249_4646;
    private static final int WEBP_IN_RIFF = 0x5745_4250;

    private final String reader;
    private final int beside;

    PhotoFormat(String reader, int beside) {
        this.reader = reader;
        this.beside = beside;
    }

    /** How many bytes its decoder takes for each pixel, beside the picture itself. */
    int beside() {
        return beside;
    }

    /** The name of its decoder. */
    String reader() {
        return reader;
    }

    /** Reduces a file of this format; fails with {@code photo_unreadable} or {@code photo_too_many_pixels}. */
    abstract PlainImage plain(byte[] file);

    /** What the first bytes say, whatever a name or a header says. */
    static Optional<PhotoFormat> of(byte[] file) {
        if (file.length < START_BYTES) {
            return Optional.empty();
        }
        var start = ByteBuffer.wrap(file).order(ByteOrder.BIG_ENDIAN);
        if ((start.getInt(0) & 0xffff_ff00) == 0xffd8_ff00) {
            return Optional.of(JPEG);
        }
        if (start.getLong(0) == PNG_SIGNATURE) {
            return Optional.of(PNG);
        }
        boolean isWebp = start.getInt(0) == RIFF && start.getInt(8) == WEBP_IN_RIFF;
        return isWebp ? Optional.of(WEBP) : Optional.empty();
    }
}

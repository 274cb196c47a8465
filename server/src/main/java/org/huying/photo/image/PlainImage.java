package org.huying.photo.image;

import io.vertx.core.buffer.Buffer;

/**
 * A file reduced to its pixels' own data.
 *
 * @param bytes         a valid file of the format
 * @param orientation   as EXIF counts: 1 is upright
 * @param bytesPerPixel that a decoder takes for it
 */
record PlainImage(PhotoFormat format, Buffer bytes, int width, int height, int orientation, int bytesPerPixel) {
    PlainImage {
        Bounds.check(width, height);
    }

    PlainImage oriented(int other) {
        return new PlainImage(format, bytes, width, height, other, bytesPerPixel);
    }
}

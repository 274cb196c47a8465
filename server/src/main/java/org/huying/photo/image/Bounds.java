package org.huying.photo.image;

import org.huying.kernel.Refusal;

/** How large a picture may be, by what its file declares: asked before anything is decoded. */
final class Bounds {
    private static final int EDGE_MAX_PIXELS = 30_000;
    private static final long PIXELS_MAX = 100_000_000;

    private Bounds() {}

    static void check(int width, int height) {
        if (width <= 0 || height <= 0) {
            throw unreadable();
        }
        if (width > EDGE_MAX_PIXELS || height > EDGE_MAX_PIXELS) {
            throw tooManyPixels();
        }
        check(width, height, PIXELS_MAX);
    }

    /** For files whose decoder keeps the whole picture, and more than that, in memory. */
    static void check(int width, int height, long pixelsMax) {
        if ((long) width * height > pixelsMax) {
            throw tooManyPixels();
        }
    }

    static Refusal unreadable() {
        return Refusal.ruleBroken("photo_unreadable");
    }

    private static Refusal tooManyPixels() {
        return Refusal.ruleBroken("photo_too_many_pixels");
    }
}

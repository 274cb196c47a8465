package org.huying.photo.image;

import io.vertx.core.buffer.Buffer;

/** A picture as it is kept: JPEG, of the size given, and a thumbnail. */
public record Rendition(Buffer image, Buffer thumbnail, int width, int height) {}

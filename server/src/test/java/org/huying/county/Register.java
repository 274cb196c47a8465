package org.huying.county;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * A file as an office hands it in.
 *
 * @param name for people
 * @param rows what each row says, by its number
 */
public record Register<T>(String name, Buffer file, Map<Integer, T> rows) {
    public byte[] bytes() {
        return file.getBytes();
    }
}

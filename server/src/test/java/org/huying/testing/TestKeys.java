package org.huying.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.huying.app.Keys;

/** Keys made for one run and kept nowhere. */
public final class TestKeys {
    private TestKeys() {}

    public static Keys generate() {
        try {
            var directory = Files.createTempDirectory("huying-keys");
            var files = KeyFiles.generate(directory);
            var keys = files.read();
            for (Path each : List.of(files.data(), files.signing(), directory)) {
                Files.delete(each);
            }
            return keys;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.huying.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.huying.app.Keys;
import org.huying.db.DataKeys;
import org.huying.identity.session.SigningKeys;

/** Keys made for one run and kept nowhere. */
public final class TestKeys {
    private TestKeys() {}

    public static Keys generate() {
        try {
            var directory = Files.createTempDirectory("huying-keys");
            var data = directory.resolve("data");
            var signing = directory.resolve("signing");
            DataKeys.generate(data);
            SigningKeys.generate(signing);
            var keys = new Keys(DataKeys.read(data), SigningKeys.load(signing));
            for (Path each : List.of(data, signing, directory)) {
                Files.delete(each);
            }
            return keys;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

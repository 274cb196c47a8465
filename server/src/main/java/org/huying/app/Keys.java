package org.huying.app;

import java.io.IOException;
import java.nio.file.Files;
import org.huying.db.DataKeys;
import org.huying.db.FieldCipher;

/** The secrets of an installation, out of files that only its owner may read. */
public record Keys(FieldCipher cipher) {
    /** Reads the files named in the settings; made once under the data directory where none is named. */
    public static Keys of(Settings settings) {
        try {
            var dataKeys = settings.dataKeyFile() == null
                    ? settings.dataDirectory().resolve("data-keys.properties")
                    : settings.dataKeyFile();
            if (settings.dataKeyFile() == null && Files.notExists(dataKeys)) {
                DataKeys.generate(dataKeys);
            }
            return new Keys(DataKeys.read(dataKeys));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException("cannot read the keys: " + e.getMessage());
        }
    }
}

package org.huying.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.huying.app.Keys;
import org.huying.db.DataKeys;
import org.huying.identity.session.SigningKeys;

/** The keys of an installation, in files as a node wants them. */
public record KeyFiles(Path signing, Path data) {
    /** New ones. */
    public static KeyFiles generate(Path directory) throws IOException {
        var files = new KeyFiles(directory.resolve("jwt-keys.pem"), directory.resolve("data-keys.properties"));
        SigningKeys.generate(files.signing());
        DataKeys.generate(files.data());
        return files;
    }

    public Keys read() throws IOException {
        return new Keys(DataKeys.read(data), SigningKeys.load(signing));
    }
}

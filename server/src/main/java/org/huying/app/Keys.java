package org.huying.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.huying.command.Failures;
import org.huying.db.DataKeys;
import org.huying.db.FieldCipher;
import org.huying.identity.session.SigningKeys;
import org.jspecify.annotations.Nullable;

/** The secrets of an installation, out of files that only its owner may read. */
public record Keys(FieldCipher cipher, SigningKeys signing) {
    /** Reads the files named in the settings; made once under the data directory where none is named. */
    public static Keys of(Settings settings) {
        try {
            var directory = settings.dataDirectory();
            var data = given(settings.dataKeyFile(), directory.resolve("data-keys.properties"), DataKeys::generate);
            var signing = given(settings.jwtKeyFile(), directory.resolve("jwt-keys.pem"), SigningKeys::generate);
            return new Keys(data(data), SigningKeys.load(signing));
        } catch (IllegalArgumentException e) {
            throw new StartException("cannot read the keys: " + e.getMessage());
        } catch (IOException e) {
            throw new StartException("cannot read the keys: " + Failures.inAnyWords(e));
        }
    }

    /** The keys for personal data out of one file. */
    public static FieldCipher data(Path file) {
        try {
            return DataKeys.read(file);
        } catch (IllegalArgumentException e) {
            throw new StartException("no usable data keys in " + file);
        } catch (IOException e) {
            throw new StartException("cannot read the data keys: " + Failures.inAnyWords(e));
        }
    }

    private interface Generator {
        void generate(Path file) throws IOException;
    }

    private static Path given(@Nullable Path named, Path own, Generator generator) throws IOException {
        if (named != null) {
            return named;
        }
        if (Files.notExists(own)) {
            generator.generate(own);
        }
        return own;
    }
}

package org.huying.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.huying.command.Failures;
import org.huying.db.DataKeys;
import org.huying.db.FieldCipher;
import org.huying.identity.session.SigningKeys;

/** The secrets of an installation, out of files that only its owner may read. */
public record Keys(FieldCipher cipher, SigningKeys signing) {
    /** What there is under a data directory only after the keys were. */
    private static final List<Path> DATA = List.of(Path.of("postgres", "data"), Path.of("photos"));

    /** Reads the files named in the settings; made once under the data directory where none is named. */
    public static Keys of(Settings settings) {
        try {
            var directory = settings.dataDirectory();
            var data = settings.dataKeyFile() == null ? dataFile(directory) : settings.dataKeyFile();
            var signing = settings.jwtKeyFile() == null ? signingFile(directory) : settings.jwtKeyFile();
            return new Keys(data(data), SigningKeys.load(signing));
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new StartException("cannot read the keys: " + Failures.inAnyWords(e));
        }
    }

    /** The keys for personal data out of one file. */
    public static FieldCipher data(Path file) {
        try {
            return DataKeys.read(file);
        } catch (IllegalArgumentException e) {
            throw new StartException("no usable data keys in " + file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new StartException("cannot read the data keys: " + Failures.inAnyWords(e));
        }
    }

    /**
     * The keys for personal data of an installation with an embedded database, made before anything is sealed under them and
     * never again.
     */
    public static Path dataFile(Path directory) throws IOException {
        return own(
                directory,
                "data-keys.properties",
                DataKeys::generate,
                "what is sealed under its keys is lost without it: put it back from its backup, or name it in"
                        + " HUYING_DATA_KEY_FILE");
    }

    private static Path signingFile(Path directory) throws IOException {
        return own(
                directory,
                "jwt-keys.pem",
                SigningKeys::generate,
                "put it back from its backup, or name one in HUYING_JWT_KEY_FILE, such as"
                        + " `openssl genpkey -algorithm ed25519` makes, with which everybody has to log in again");
    }

    private interface Generator {
        void generate(Path file) throws IOException;
    }

    private static Path own(Path directory, String name, Generator generator, String remedy) throws IOException {
        var file = directory.resolve(name);
        if (Files.exists(file)) {
            return file;
        }
        for (var data : DATA) {
            if (Files.exists(directory.resolve(data))) {
                throw new StartException("the file " + file + " is missing beside the data in "
                        + directory.resolve(data) + ": " + remedy);
            }
        }
        generator.generate(file);
        return file;
    }
}

package org.huying;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.huying.command.CommandException;
import org.huying.command.Program;
import org.huying.db.DataKeys;
import org.huying.identity.session.SigningKeys;

/**
 * Makes the files of keys that an installation with a database of its own needs, once: ends with 0, with 1 when one of them
 * is there already, which nothing ever overwrites, with 2 when it could not be done.
 */
public final class MakeKeys {
    private static final String USAGE = "usage: scripts/make-keys DIRECTORY";

    private MakeKeys() {}

    /** Runs once. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs once; returns what the process is to end with. */
    public static int run(String... args) {
        return new Program("make-keys", List.of()).run(() -> {
            if (args.length != 1) {
                throw new CommandException(USAGE);
            }
            return make(Path.of(args[0]));
        });
    }

    private static int make(Path directory) throws IOException {
        var data = directory.resolve("data-keys.properties");
        var signing = directory.resolve("jwt-keys.pem");
        for (var file : List.of(data, signing)) {
            if (Files.exists(file)) {
                System.err.println("make-keys: there is " + file + " already, and nothing is made");
                return 1;
            }
        }
        Files.createDirectories(directory);
        DataKeys.generate(data);
        SigningKeys.generate(signing);
        System.err.println("made; keep a copy of the first apart from every backup of the database: without it nobody"
                + " reads the personal data again");
        System.out.println("HUYING_DATA_KEY_FILE=" + data.toAbsolutePath());
        System.out.println("HUYING_JWT_KEY_FILE=" + signing.toAbsolutePath());
        return 0;
    }
}

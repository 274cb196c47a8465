package org.huying.demo.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.huying.testing.TestServers;

/** PostgreSQL's programs for a server of a test's own: copied from those of the run, since to unpack them takes seconds. */
final class LentPrograms {
    private LentPrograms() {}

    /** Puts them where a server in this directory looks for them; those that are there stay. */
    static void into(Path home) throws IOException {
        try (var lent = Files.newDirectoryStream(TestServers.postgresHome(), PostgresProgram.PREFIX + "*")) {
            for (var program : lent) {
                copy(program, home.resolve(program.getFileName()));
            }
        }
    }

    private static void copy(Path program, Path target) throws IOException {
        if (Files.exists(target)) {
            return;
        }
        var partial = target.resolveSibling(PostgresProgram.PREFIX + "lent");
        Trees.delete(partial);
        Files.createDirectories(target.getParent());
        for (var path : Trees.list(program)) {
            Files.copy(
                    path,
                    partial.resolve(program.relativize(path)),
                    StandardCopyOption.COPY_ATTRIBUTES,
                    LinkOption.NOFOLLOW_LINKS);
        }
        Trees.publish(partial, target);
    }
}

package org.huying.demo.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from their jar once. */
final class PostgresProgram {
    static final String PREFIX = "program-";

    private PostgresProgram() {}

    /**
     * Unpacks the programs into a directory named after the archive, unless they are there. The caller has the lock of
     * {@code home}.
     */
    static Path unpack(Path home) throws IOException {
        URL archive = archive();
        Path program = home.resolve(PREFIX + fingerprint(archive));
        if (Files.isDirectory(program)) {
            return program;
        }
        Path partial = home.resolve(PREFIX + "unfinished");
        Trees.delete(partial);
        try (InputStream raw = archive.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(raw)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, partial);
            }
        }
        Trees.publish(partial, program);
        return program;
    }

    /** Removes what other versions left behind; nothing may run from it any more. */
    static void removeOthers(Path home, Path program) throws IOException {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(home, PREFIX + "*")) {
            for (Path version : versions) {
                if (!version.equals(program)) {
                    Trees.delete(version);
                }
            }
        }
    }

    private static URL archive() {
        String architecture = System.getProperty("os.arch", "").equals("aarch64") ? "arm_64" : "x86_64";
        URL archive = PostgresProgram.class.getResource("/postgres-linux-" + architecture + ".txz");
        if (archive == null || !System.getProperty("os.name", "").equals("Linux")) {
            throw new EmbeddedServerException("no PostgreSQL is packed for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch") + "; give the address of a database");
        }
        return archive;
    }

    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        return connection instanceof JarURLConnection jar
                ? Long.toHexString(jar.getJarEntry().getCrc())
                : Long.toHexString(connection.getContentLengthLong());
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        Path path = root.resolve(entry.getName()).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            makeDirectory(path, root);
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            makeDirectory(parent, root);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            // Whatever our umask: the user that runs the server may be another one.
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static void makeDirectory(Path directory, Path root) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null && !directory.equals(root)) {
            makeDirectory(parent, root);
        }
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

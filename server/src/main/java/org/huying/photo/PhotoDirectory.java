package org.huying.photo;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.photo.image.Rendition;

/**
 * Photos as files in a directory that all nodes share: {@code 3f/a1/<id>.jpg} and {@code <id>.small.jpg} beside it, under
 * the last digits of the id, which are the random ones. A file has its name only when all of it is on the disk. The files
 * are sealed; older ones may still be as they were taken, before files were.
 */
final class PhotoDirectory implements PhotoFiles {
    private static final String UNFINISHED = ".part";

    /** No key has this id, so what begins with it is a JPEG and not sealed. */
    private static final byte JPEG = (byte) 0xFF;

    private final Path root;
    private final FieldCipher cipher;

    PhotoDirectory(Path root, FieldCipher cipher) {
        this.root = root;
        this.cipher = cipher;
    }

    @Override
    public void put(UUID id, Rendition rendition) throws IOException {
        Files.createDirectories(directoryOf(id));
        write(path(id, Size.THUMBNAIL), sealed(rendition.thumbnail().getBytes()));
        write(path(id, Size.FULL), sealed(rendition.image().getBytes()));
        sync(directoryOf(id));
        sync(outerDirectoryOf(id));
        sync(root);
    }

    @Override
    public Optional<byte[]> get(UUID id, Size size) throws IOException {
        return read(path(id, size)).map(this::opened);
    }

    @Override
    public boolean reseal(UUID id) throws IOException {
        boolean any = false;
        for (var size : Size.values()) {
            var kept = read(path(id, size)).filter(bytes -> bytes[0] != cipher.currentKeyId());
            if (kept.isPresent()) {
                write(path(id, size), sealed(opened(kept.get())));
                any = true;
            }
        }
        if (any) {
            sync(directoryOf(id));
        }
        return any;
    }

    @Override
    public void remove(UUID id) throws IOException {
        for (var size : Size.values()) {
            Files.deleteIfExists(path(id, size));
            Files.deleteIfExists(unfinished(path(id, size)));
        }
    }

    private static Optional<byte[]> read(Path path) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private byte[] sealed(byte[] clear) {
        return cipher.sealBytes(clear).getBytes();
    }

    private byte[] opened(byte[] kept) {
        return kept[0] == JPEG ? kept : cipher.openBytes(Buffer.buffer(kept));
    }

    private static void write(Path path, byte[] bytes) throws IOException {
        var unfinished = unfinished(path);
        try (var channel = FileChannel.open(unfinished, CREATE, WRITE, TRUNCATE_EXISTING)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** So that the names last, too. */
    private static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    private Path path(UUID id, Size size) {
        return directoryOf(id).resolve(id + (size == Size.FULL ? ".jpg" : ".small.jpg"));
    }

    private Path directoryOf(UUID id) {
        var digits = id.toString();
        return outerDirectoryOf(id).resolve(digits.substring(digits.length() - 4, digits.length() - 2));
    }

    private Path outerDirectoryOf(UUID id) {
        var digits = id.toString();
        return root.resolve(digits.substring(digits.length() - 2));
    }

    private static Path unfinished(Path path) {
        return path.resolveSibling(path.getFileName() + UNFINISHED);
    }
}

package org.huying.db;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Properties;

/**
 * The file of keys for personal data: {@code current} names the key that seals, {@code key.1}, {@code key.2} … are
 * 32-byte keys in base64, {@code index} is the key of the look-up hashes. To rotate, add a key and name it current; keep
 * the older ones until nothing is sealed under them any more.
 */
public final class DataKeys {
    private static final int KEY_BYTES = 32;

    private DataKeys() {}

    public static FieldCipher read(Path file) throws IOException {
        var properties = properties(file);
        var keys = new HashMap<Byte, byte[]>();
        for (var name : properties.stringPropertyNames()) {
            if (name.startsWith("key.")) {
                keys.put(id(name, name.substring("key.".length())), decode(properties, name));
            }
        }
        return new FieldCipher(keys, id("current", required(properties, "current")), decode(properties, "index"));
    }

    private static Properties properties(Path file) throws IOException {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new IllegalArgumentException("they are not in the form of properties", e);
        }
        return properties;
    }

    /** Writes a file with new keys that only its owner may read. */
    public static void generate(Path file) throws IOException {
        var properties = new Properties();
        properties.setProperty("current", "1");
        properties.setProperty("key.1", random());
        properties.setProperty("index", random());
        var text = new StringWriter();
        properties.store(text, "Keys for personal data. Without them it cannot be read again.");
        // Of two who start at once one fails; what is sealed later is not on the disk before the keys are.
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text.toString(), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        try (var synced = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            synced.force(true);
        }
    }

    private static byte id(String name, String text) {
        try {
            return Byte.parseByte(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " does not say the number of a key, from 1 to 127", e);
        }
    }

    private static byte[] decode(Properties properties, String name) {
        var text = required(properties, name).strip();
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is not in base64", e);
        }
    }

    private static String required(Properties properties, String name) {
        var value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return value;
    }

    private static String random() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}

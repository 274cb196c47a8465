package org.huying.identity;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.huying.kernel.Sha256;
import org.huying.kernel.spelling.Typed;

/**
 * What lets somebody set the password of an account, once: 140 random bits, of which the database has the SHA-256 only.
 * Lower-case letters and digits in groups of four, to be read out and typed.
 */
public record ActivationCode(String text, Instant expiresAt) {
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 28;
    private static final int GROUP = 4;

    public static ActivationCode make(SecureRandom random, Instant now) {
        var text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(i > 0 && i % GROUP == 0 ? "-" : "");
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new ActivationCode(text.toString(), now.plus(LIFETIME));
    }

    public Buffer hash() {
        return hash(text);
    }

    /** Of a code as it was typed. The code has more random bits than can be tried: no slow hash is needed. */
    static Buffer hash(String typed) {
        var text = Typed.code(typed).toLowerCase(Locale.ROOT);
        return Buffer.buffer(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Leaves the code out, so that it comes into no log. */
    @Override
    public String toString() {
        return "ActivationCode[" + expiresAt + "]";
    }
}

package org.huying.identity.mandate;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import org.huying.kernel.Sha256;
import org.huying.kernel.spelling.Typed;

/**
 * What is passed from hand to hand to take a mandate up: sixty random bits, in letters and digits that nobody mistakes for
 * one another. Only its hash is kept.
 */
record InviteCode(String letters) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int LENGTH = 12;
    private static final int GROUP = 4;

    static InviteCode draw() {
        return new InviteCode(RANDOM.ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(index -> ALPHABET.substring(index, index + 1))
                .collect(Collectors.joining()));
    }

    /** However it was typed. */
    static InviteCode typed(String text) {
        return new InviteCode(Typed.code(text));
    }

    /** In groups that can be read out. */
    String shown() {
        return String.join(
                "-", letters.substring(0, GROUP), letters.substring(GROUP, 2 * GROUP), letters.substring(2 * GROUP));
    }

    Buffer hash() {
        return Buffer.buffer(Sha256.of(letters.getBytes(StandardCharsets.UTF_8)));
    }
}

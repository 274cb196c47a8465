package org.huying.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.text.Normalizer;

/**
 * What a password's hash by Argon2id costs whoever makes it, or guesses it. Each hash tells its own cost, so one that was
 * made at another is still verified.
 *
 * @param memoryKib of each hash, in KiB
 * @param passes    over that memory
 */
public record PasswordCost(int memoryKib, int passes) implements PasswordHasher {
    /** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane; 50 ms here. */
    public static final PasswordCost STRONG = new PasswordCost(19_456, 2);

    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    /** What is stored of a password. Takes a moment: not for event loops. */
    @Override
    public String hash(String password) {
        return Password.hash(normalized(password))
                .addRandomSalt(SALT_BYTES)
                .with(function())
                .getResult();
    }

    /** Hashes of before normalization are of the password as it was typed. */
    @Override
    public boolean verify(String password, String hash) {
        var normalized = normalized(password);
        return check(normalized, hash) || (!normalized.equals(password) && check(password, hash));
    }

    @Override
    public boolean isOutdated(String hash) {
        return !Argon2Function.getInstanceFromHash(hash).equals(function());
    }

    private Argon2Function function() {
        return Argon2Function.getInstance(memoryKib, passes, LANES, HASH_BYTES, Argon2.ID);
    }

    /** The one form of what may be typed in several, as NIST SP 800-63B asks before hashing. */
    static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private static boolean check(String password, String hash) {
        return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    }
}

package org.huying.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.text.Normalizer;
import java.time.Clock;
import org.huying.http.FairWorkers;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and verifies passwords by Argon2id, away from the event loops: half of the cores at most, and no more waiting
 * than can be served in a few seconds. Addresses take turns, and whoever has logged in lately comes before strangers:
 * anybody can ask for a hash, and nobody can keep others out by it. Thread-safe; one for all event loops.
 */
public final class Passwords {
    /** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane; 50 ms here. */
    private static final Argon2Function ARGON2 = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    private static final int SALT_BYTES = 16;
    private static final int WAITING_MAX = 100;

    /** Many share the address of an office. */
    private static final int WAITING_EACH = 20;

    /** What is compared, and what is made: a test has them wait. */
    interface Hasher {
        String hash(String password);

        boolean verify(String password, String hash);
    }

    private static final Hasher ARGON = new Hasher() {
        @Override
        public String hash(String password) {
            return Passwords.hash(password);
        }

        @Override
        public boolean verify(String password, String hash) {
            return Passwords.verify(password, hash);
        }
    };

    private final Hasher hasher;
    private final FairWorkers workers;
    private final Regulars regulars;
    /** What unknown names are verified against, so that they take as long as known ones. */
    private final String nobodysHash = hash("nobody's password");

    /** @param realTime by which it is told who has logged in lately */
    public Passwords(Vertx vertx, Clock realTime) {
        this(vertx, ARGON, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), realTime);
    }

    Passwords(Vertx vertx, Hasher hasher, int threads, Clock clock) {
        this.hasher = hasher;
        this.workers = new FairWorkers(vertx, "passwords", threads, WAITING_MAX, WAITING_EACH, "overloaded");
        this.regulars = new Regulars(clock);
    }

    /** What is stored of a password. Takes a moment: not for event loops. */
    public static String hash(String password) {
        return Password.hash(normalized(password))
                .addRandomSalt(SALT_BYTES)
                .with(ARGON2)
                .getResult();
    }

    /** The one form of what may be typed in several, as NIST SP 800-63B asks before hashing. */
    static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /** Whether a hash was made with other costs than one made today. */
    static boolean isOutdated(String hash) {
        return !Argon2Function.getInstanceFromHash(hash).equals(ARGON2);
    }

    /** What is stored of the password of somebody who has shown who they are. */
    Future<String> hashed(String username, String password) {
        return workers.run(username, true, () -> hasher.hash(password));
    }

    /**
     * Whether the password is the one; without a hash it takes the same time and is not.
     *
     * @param address where it comes from: its turn is that of the address, unless the name has logged in from there lately
     */
    Future<Boolean> matches(String username, String address, String password, @Nullable String hash) {
        var isRegular = regulars.has(username, address);
        return workers.run(
                isRegular ? address + "\n" + username : address,
                isRegular,
                () -> hasher.verify(password, hash == null ? nobodysHash : hash) && hash != null);
    }

    /** The name has logged in from there. */
    void remember(String username, String address) {
        regulars.add(username, address);
    }

    /** Hashes of before normalization are of the password as it was typed. */
    private static boolean verify(String password, String hash) {
        var normalized = normalized(password);
        return check(normalized, hash) || (!normalized.equals(password) && check(password, hash));
    }

    private static boolean check(String password, String hash) {
        return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    }
}

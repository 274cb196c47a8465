package org.huying.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.text.Normalizer;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and verifies passwords by Argon2id, away from the event loops: half of the cores at most, and no more waiting
 * than can be served in a few seconds. Thread-safe; one for all event loops.
 */
public final class Passwords {
    /** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane; 50 ms here. */
    private static final Argon2Function ARGON2 = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    private static final int SALT_BYTES = 16;
    private static final int WAITING_MAX = 100;

    private final WorkerExecutor workers;
    private final AtomicInteger waiting = new AtomicInteger();
    /** What unknown names are verified against, so that they take as long as known ones. */
    private final String nobodysHash = hash("nobody's password");

    public Passwords(Vertx vertx) {
        var threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.workers = vertx.createSharedWorkerExecutor("passwords", threads);
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

    /** What is stored of a password. */
    Future<String> hashed(String password) {
        return inTurn(() -> hash(password));
    }

    /** Whether the password is the one; without a hash it takes the same time and is not. */
    Future<Boolean> matches(String password, @Nullable String hash) {
        return inTurn(() -> verify(password, hash == null ? nobodysHash : hash) && hash != null);
    }

    private <T> Future<T> inTurn(Callable<T> work) {
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            return Future.failedFuture(Refusal.unavailable("overloaded"));
        }
        return workers.executeBlocking(work, false).onComplete(done -> waiting.decrementAndGet());
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

package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.huying.http.FairWorkers;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and verifies passwords by Argon2id, away from the event loops: half of the cores at most, and no more waiting
 * than can be served in a few seconds. Addresses take turns, and whoever has logged in lately comes before strangers:
 * anybody can ask for a hash, and nobody can keep others out by it. Thread-safe; one for all event loops.
 */
public final class Passwords {
    private static final int WAITING_MAX = 100;

    /** Many share the address of an office. */
    private static final int WAITING_EACH = 20;

    private final PasswordHasher hasher;
    private final FairWorkers workers;
    private final Regulars regulars;
    /** What unknown names are verified against, so that they take as long as known ones. */
    private final String nobodysHash;

    /** @param realTime by which it is told who has logged in lately */
    public Passwords(Vertx vertx, PasswordCost cost, Clock realTime) {
        this(
                vertx,
                cost,
                cost.hash("nobody's password"),
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                realTime);
    }

    Passwords(Vertx vertx, PasswordHasher hasher, String nobodysHash, int threads, Clock clock) {
        this.hasher = hasher;
        this.nobodysHash = nobodysHash;
        this.workers = new FairWorkers(vertx, "passwords", threads, WAITING_MAX, WAITING_EACH, "overloaded");
        this.regulars = new Regulars(clock);
    }

    /** Whether a hash was made with other costs than one made today. */
    boolean isOutdated(String hash) {
        return hasher.isOutdated(hash);
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
}

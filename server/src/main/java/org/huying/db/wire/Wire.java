package org.huying.db.wire;

import io.vertx.core.Future;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.impl.PgConnectionFactory;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is under one connection from its first packet on: a client of its own, so that it can be cut at any time, and what
 * is known of the other side's answers.
 */
final class Wire {
    private final ContextInternal context;
    private final CloseFuture end = new CloseFuture();
    private final PgConnectionFactory factory;
    private final AtomicInteger owed = new AtomicInteger(1);
    private volatile boolean connected;
    private volatile boolean held;
    private volatile boolean cut;
    /** Of the oldest question still open, or of the last answer. */
    private volatile long sinceNanos = System.nanoTime();

    private long seenNanos;
    private boolean seen;

    /** Its client belongs to nobody else's end, which would keep it for ever. */
    Wire(VertxInternal vertx, ContextInternal context, NetClientOptions options) {
        this.context = context;
        var own = vertx.contextBuilder()
                .withEventLoop(context.nettyEventLoop())
                .withCloseFuture(end)
                .build();
        var made = new PgConnectionFactory[1];
        own.dispatch(() -> made[0] = new PgConnectionFactory(vertx, options));
        this.factory = Objects.requireNonNull(made[0]);
    }

    PgConnectionFactory factory() {
        return factory;
    }

    /** The other side has let us in. */
    void connected() {
        connected = true;
        answered();
    }

    boolean isConnected() {
        return connected;
    }

    void asked() {
        if (owed.getAndIncrement() == 0) {
            sinceNanos = System.nanoTime();
        }
    }

    void answered() {
        sinceNanos = System.nanoTime();
        owed.decrementAndGet();
    }

    /** For how long an answer has been owed; 0 where none is. */
    long waitedNanos(long nowNanos) {
        return owed.get() == 0 ? 0 : nowNanos - sinceNanos;
    }

    /** Whether it stood exactly so at the last look. */
    boolean isSeenTwice() {
        var since = sinceNanos;
        var twice = seen && seenNanos == since;
        seen = true;
        seenNanos = since;
        return twice;
    }

    /** Whether somebody has it to themself. */
    void hold(boolean now) {
        held = now;
    }

    /** Cuts it if nobody uses it, and it has given no sign since; whoever takes it up on its event loop meanwhile keeps it. */
    void cutIfIdleSince(long nanos) {
        context.runOnContext(nothing -> {
            if (connected && !held && owed.get() == 0 && sinceNanos - nanos < 0) {
                cut();
            }
        });
    }

    /** When it has been cut, and nothing of it is left. */
    Future<Void> end() {
        return end.future();
    }

    /** Whether it is not to be used any more; the pool may not yet know. */
    boolean isCut() {
        return cut;
    }

    /** Without a word to the other side; whoever waits for an answer is told on the connection's own event loop. */
    void cut() {
        cut = true;
        context.runOnContext(nothing -> end.close());
    }
}

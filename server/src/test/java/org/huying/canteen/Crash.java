package org.huying.canteen;

import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.canteen.Attempt.Answer;

/**
 * Something that dies in the middle of a rush: when so many bookings are acknowledged, not after a time. Those far down
 * the line wait until it is dead, so that it never comes too late.
 */
final class Crash {
    private final int afterBookings;
    private final int freely;
    private final AtomicInteger booked = new AtomicInteger();
    private final CompletableFuture<Void> trigger = new CompletableFuture<>();
    private final Future<Void> struck;

    private Crash(int afterBookings, int freely, Runnable strike) {
        this.afterBookings = afterBookings;
        this.freely = freely;
        this.struck = Future.fromCompletionStage(trigger.thenRunAsync(strike));
    }

    static Crash none() {
        var none = new Crash(Integer.MAX_VALUE, Integer.MAX_VALUE, () -> {});
        none.trigger.complete(null);
        return none;
    }

    /**
     * Strikes once.
     *
     * @param freely how many attempts do not wait for the strike; enough that some are still under way when it falls
     */
    static Crash after(int bookings, int freely, Runnable strike) {
        return new Crash(bookings, freely, strike);
    }

    Future<Void> mayGo(int number) {
        return number < freely ? Future.succeededFuture() : struck;
    }

    /** Fails when it did not come about. */
    Future<Void> struck() {
        return struck;
    }

    /** On an event loop, where nothing may block. */
    void answered(Answer answer) {
        if (answer.isBooked() && booked.incrementAndGet() == afterBookings) {
            trigger.complete(null);
        }
    }
}

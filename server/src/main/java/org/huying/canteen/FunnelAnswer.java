package org.huying.canteen;

import org.huying.http.Idempotency;
import org.huying.kernel.Refusal;

/** How a booking request ends in the funnel. */
sealed interface FunnelAnswer {
    /** Booked or waitlisted. */
    record Made(Booking booking) implements FunnelAnswer {}

    /** Asked before under the same idempotency key: the first answer again. */
    record Replayed(Idempotency.FirstAnswer answer) implements FunnelAnswer {}

    /** Not to be had. */
    record Refused(Refusal reason) implements FunnelAnswer {}
}

package org.huying.canteen;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.huying.kernel.Refusal;

/** The life of a booking. */
enum BookingStatus {
    WAITLISTED,
    BOOKED,
    CONFIRMED,
    SERVED,
    NO_SHOW,
    CANCELLED,
    EXPIRED;

    /** What is done to a booking: from which states, to which one. */
    enum Action {
        PROMOTE(Set.of(WAITLISTED), BOOKED),
        EXPIRE(Set.of(WAITLISTED), EXPIRED),
        CANCEL(Set.of(WAITLISTED, BOOKED, CONFIRMED), CANCELLED),
        CONFIRM(Set.of(BOOKED), CONFIRMED),
        CHECK_IN(Set.of(BOOKED, CONFIRMED), SERVED),
        MISS(Set.of(BOOKED, CONFIRMED), NO_SHOW),
        CORRECT(Set.of(NO_SHOW), SERVED);

        @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, only its type does not say so
        private final Set<BookingStatus> from;

        private final BookingStatus to;

        Action(Set<BookingStatus> from, BookingStatus to) {
            this.from = from;
            this.to = to;
        }

        /** The state that follows, or a refusal that tells the state there is. */
        BookingStatus after(BookingStatus now) {
            if (!from.contains(now)) {
                throw Refusal.conflict("action_not_allowed", Map.of("bookingStatus", now.code()));
            }
            return to;
        }
    }

    /** Whether its portions count against the capacity. */
    boolean holdsPortions() {
        return this == BOOKED || this == CONFIRMED || this == SERVED || this == NO_SHOW;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BookingStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

package org.huying.identity.mandate;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mandate that is to be offered.
 *
 * @param grantorId whom it is about, where the caller offers it for somebody
 */
record Offer(
        @Nullable UUID grantorId,
        boolean forBooking,
        boolean forTicket,
        @Nullable Instant until,
        @Nullable String consentNote,
        @Nullable UUID consentPhotoId) {}

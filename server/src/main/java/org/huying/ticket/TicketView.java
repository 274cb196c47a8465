package org.huying.ticket;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A ticket as the contract shows it to one caller. */
record TicketView(
        UUID id,
        String ticketNo,
        String status,
        String serviceItemCode,
        int serviceItemVersion,
        String serviceItemKind,
        @Nullable UUID householdId,
        UUID placeId,
        @Nullable String spot,
        @Nullable String description,
        Map<String, String> attributes,
        Submission.@Nullable Location location,
        String channel,
        boolean anonymous,
        @Nullable Reporter reporter,
        Instant submittedAt,
        Named responsibleOrg,
        @Nullable Named firstOwner,
        @Nullable Named assignee,
        Instant responseDueAt,
        @Nullable Instant resolutionDueAt,
        boolean overdue,
        @Nullable Instant suspendedUntil,
        @Nullable String outcome,
        @Nullable Instant firstResolvedAt,
        @Nullable Instant latestResolvedAt,
        @Nullable Instant closedAt,
        @Nullable Integer rating,
        @Nullable UUID mergedIntoTicketId,
        boolean excluded,
        boolean following,
        List<String> allowedActions) {
    /** Somebody or something, by id and name. */
    record Named(UUID id, String name) {}

    /** Who reported; masked ones have no id. */
    record Reporter(
            @Nullable UUID id,
            @Nullable String name,
            @Nullable String phone) {
        private static final int PHONE_HEAD = 3;
        private static final int PHONE_TAIL = 4;

        /** The family name, and the ends of the number. */
        Reporter masked() {
            return new Reporter(null, name == null ? null : head(name) + "**", phone == null ? null : ends(phone));
        }

        Reporter withoutPhone() {
            return new Reporter(id, name, null);
        }

        private static String head(String name) {
            return name.substring(0, name.offsetByCodePoints(0, Math.min(1, name.length())));
        }

        private static String ends(String phone) {
            return phone.length() < PHONE_HEAD + 2 * PHONE_TAIL
                    ? "****"
                    : phone.substring(0, PHONE_HEAD) + "****" + phone.substring(phone.length() - PHONE_TAIL);
        }
    }
}

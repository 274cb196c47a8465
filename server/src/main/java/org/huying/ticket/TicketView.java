package org.huying.ticket;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.kernel.Masked;
import org.huying.photo.PhotoView;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as the contract shows it to one caller.
 *
 * @param version how many events it has
 */
record TicketView(
        UUID id,
        int version,
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
        List<PhotoView> photos,
        String channel,
        boolean anonymous,
        @Nullable Reporter reporter,
        Instant submittedAt,
        Named responsibleOrg,
        @Nullable Named firstOwner,
        @Nullable Named assignee,
        boolean assigneeLeft,
        Instant responseDueAt,
        @Nullable Instant resolutionDueAt,
        @Nullable Instant dueAt,
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
        /** The family name, and the ends of the number. */
        Reporter masked() {
            return new Reporter(
                    null, name == null ? null : Masked.name(name), phone == null ? null : Masked.phone(phone));
        }

        Reporter withoutPhone() {
            return new Reporter(id, name, null);
        }
    }
}

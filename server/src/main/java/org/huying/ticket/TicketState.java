package org.huying.ticket;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The projection of a ticket's events. {@link #apply} is the only way from one state to the next, for the live update
 * and for rebuilding alike, so the two cannot differ. A state never changes once it is returned.
 */
final class TicketState implements Cloneable {
    final Origin origin;

    // where it stands
    Status status = Status.SUBMITTED;

    @Nullable
    Status statusBefore;

    UUID responsibleOrgId;

    @Nullable
    UUID firstOwnerId;

    @Nullable
    Instant firstOwnedAt;

    @Nullable
    String assigneeRef;

    @Nullable
    UUID assigneeOrgId;

    @Nullable
    Instant waitingSince;

    @Nullable
    Instant suspendedUntil;

    boolean everSuspended;

    @Nullable
    UUID mergedIntoId;

    // clocks
    Instant responseDueAt;

    @Nullable
    Instant resolutionDueAt;

    @Nullable
    Long resolutionLeftMillis;

    @Nullable
    Instant responseOverdueAt;

    @Nullable
    Instant resolutionOverdueAt;

    // outcomes, as instants
    @Nullable
    Instant firstAcceptedAt;

    @Nullable
    Instant firstResolvedAt;

    @Nullable
    String firstOutcome;

    @Nullable
    Instant latestResolvedAt;

    @Nullable
    String latestOutcome;

    int infoRequests;

    @Nullable
    Instant infoTwiceAt;

    @Nullable
    Instant reopenedAt;

    @Nullable
    Instant reReportedAt;

    @Nullable
    Instant dissatisfiedAt;

    @Nullable
    Instant confirmedAt;

    @Nullable
    Integer rating;

    @Nullable
    Instant closedAt;

    @Nullable
    Instant cancelledAt;

    @Nullable
    Instant mergedAt;

    @Nullable
    Integer exclusionSeq;

    @Nullable
    String exclusionReason;

    // the way to the first resolve
    @Nullable
    Instant responseLateAt;

    @Nullable
    Instant resolutionLateAt;

    @Nullable
    Instant transferredAt;

    @Nullable
    Instant escalatedAt;

    @Nullable
    Instant suspendedAt;

    // head of the chain
    int lastSeq;
    Instant lastAt;
    String lastHash;

    /** The state that the first event of a chain makes. */
    TicketState(TicketEvent event) {
        if (event.type() != EventType.SUBMITTED) {
            throw new IllegalArgumentException(
                    "a chain begins with submitted, not " + event.type().code());
        }
        var data = event.data();
        this.origin = Origin.from(event);
        this.responsibleOrgId = origin.routedOrgId();
        this.responseDueAt = instant(data, "responseDueAt");
        this.resolutionDueAt = instant(data, "resolutionDueAt");
        this.lastSeq = event.seq();
        this.lastAt = event.at();
        this.lastHash = event.hash();
    }

    /** The state that was stored; the rest of it is set by {@link TicketRows}. */
    TicketState(Origin origin, UUID responsibleOrgId, Instant responseDueAt, Instant lastAt, String lastHash) {
        this.origin = origin;
        this.responsibleOrgId = responsibleOrgId;
        this.responseDueAt = responseDueAt;
        this.lastAt = lastAt;
        this.lastHash = lastHash;
    }

    static TicketState rebuild(List<TicketEvent> events) {
        var state = new TicketState(events.get(0));
        for (var event : events.subList(1, events.size())) {
            state = state.apply(event);
        }
        return state;
    }

    /** The state after one more event; this one stays as it is. */
    TicketState apply(TicketEvent event) {
        try {
            var next = (TicketState) clone();
            Projection.take(next, event);
            next.lastSeq = event.seq();
            next.lastAt = event.at();
            next.lastHash = event.hash();
            return next;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    Status status() {
        return status;
    }

    boolean isOverdue(Instant now) {
        var due = dueAt();
        return due != null && due.isBefore(now);
    }

    /** Since when there is nothing more to be done; a closing counts from the resolve that it closes. */
    @Nullable
    Instant endedAt() {
        return switch (status) {
            case RESOLVED, CLOSED -> latestResolvedAt;
            case CANCELLED -> cancelledAt;
            case MERGED -> mergedAt;
            default -> null;
        };
    }

    /** Whether it was resolved once and is open again. */
    boolean isReopened() {
        return firstResolvedAt != null && status.isOpen();
    }

    /** By when something must be done, while its clocks run. */
    @Nullable
    Instant dueAt() {
        if (!status.isOpen()) {
            return null;
        }
        return status == Status.SUBMITTED && (resolutionDueAt == null || responseDueAt.isBefore(resolutionDueAt))
                ? responseDueAt
                : resolutionDueAt;
    }

    boolean isResponseOverdue(Instant now) {
        return status == Status.SUBMITTED && responseOverdueAt == null && responseDueAt.isBefore(now);
    }

    boolean isResolutionOverdue(Instant now) {
        return status.isOpen()
                && resolutionOverdueAt == null
                && resolutionDueAt != null
                && resolutionDueAt.isBefore(now);
    }

    /** The next instant at which time itself has something to do here. */
    @Nullable
    Instant nextClock() {
        if (status == Status.RESOLVED) {
            return Objects.requireNonNull(latestResolvedAt).plus(Windows.AFTER_RESOLVE);
        }
        if (!status.isOpen()) {
            return null;
        }
        return Stream.of(
                        status == Status.WAITING_INFO && waitingSince != null
                                ? waitingSince.plus(Windows.WAITING_FOR_INFO)
                                : null,
                        status == Status.SUSPENDED ? suspendedUntil : null,
                        status == Status.SUBMITTED && responseOverdueAt == null ? responseDueAt.plusMillis(1) : null,
                        resolutionOverdueAt == null && resolutionDueAt != null ? resolutionDueAt.plusMillis(1) : null)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** Whether an instant lies in the seven days after the first resolve: (r, r + 7 days]. */
    boolean isInWindow(Instant at) {
        return firstResolvedAt != null
                && at.isAfter(firstResolvedAt)
                && notAfter(at, firstResolvedAt.plus(Windows.AFTER_RESOLVE));
    }

    static boolean notAfter(@Nullable Instant a, @Nullable Instant b) {
        return a != null && b != null && !a.isAfter(b);
    }

    static @Nullable UUID uuid(JsonObject data, String name) {
        var text = data.getString(name);
        return text == null ? null : UUID.fromString(text);
    }

    static UUID requiredUuid(JsonObject data, String name) {
        return UUID.fromString(data.getString(name));
    }

    static Instant instant(JsonObject data, String name) {
        return Instant.parse(data.getString(name));
    }

    /** Everything but the derived, for comparing. */
    private List<@Nullable Object> values() {
        return Arrays.asList(
                origin,
                status,
                statusBefore,
                responsibleOrgId,
                firstOwnerId,
                firstOwnedAt,
                assigneeRef,
                assigneeOrgId,
                waitingSince,
                suspendedUntil,
                everSuspended,
                mergedIntoId,
                responseDueAt,
                resolutionDueAt,
                resolutionLeftMillis,
                responseOverdueAt,
                resolutionOverdueAt,
                firstAcceptedAt,
                firstResolvedAt,
                firstOutcome,
                latestResolvedAt,
                latestOutcome,
                infoRequests,
                infoTwiceAt,
                reopenedAt,
                reReportedAt,
                dissatisfiedAt,
                confirmedAt,
                rating,
                closedAt,
                cancelledAt,
                mergedAt,
                exclusionSeq,
                exclusionReason,
                responseLateAt,
                resolutionLateAt,
                transferredAt,
                escalatedAt,
                suspendedAt,
                lastSeq,
                lastAt,
                lastHash);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TicketState state && values().equals(state.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return values().toString();
    }
}

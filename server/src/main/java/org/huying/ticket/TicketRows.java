package org.huying.ticket;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A ticket's state as a row, both ways. */
final class TicketRows {
    private TicketRows() {}

    static TicketState state(Row row) {
        var state = new TicketState(
                origin(row),
                row.getUUID("responsible_org_id"),
                Times.present(row, "response_due_at"),
                Times.present(row, "last_at"),
                row.getString("last_hash"));
        state.lastSeq = row.getInteger("last_seq");
        handling(state, row);
        outcome(state, row);
        return state;
    }

    private static Origin origin(Row row) {
        return new Origin(
                row.getUUID("id"),
                row.getString("ticket_no"),
                row.getString("service_item_code"),
                row.getInteger("service_item_version"),
                row.getString("service_item_kind"),
                row.getUUID("household_id"),
                List.of(row.getArrayOfUUIDs("place_path")),
                row.getString("channel"),
                row.getBoolean("anonymous"),
                row.getString("reporter_ref"),
                Times.present(row, "submitted_at"),
                row.getUUID("routed_org_id"));
    }

    private static void handling(TicketState state, Row row) {
        state.status = Status.of(row.getString("status"));
        state.statusBefore = status(row.getString("status_before"));
        state.firstOwnerId = row.getUUID("first_owner_id");
        state.firstOwnedAt = Times.optional(row, "first_owned_at");
        state.assigneeRef = row.getString("assignee_ref");
        state.assigneeOrgId = row.getUUID("assignee_org_id");
        state.waitingSince = Times.optional(row, "waiting_since");
        state.suspendedUntil = Times.optional(row, "suspended_until");
        state.everSuspended = row.getBoolean("ever_suspended");
        state.mergedIntoId = row.getUUID("merged_into_id");
        state.resolutionDueAt = Times.optional(row, "resolution_due_at");
        state.resolutionLeftMillis = row.getLong("resolution_left_ms");
        state.responseOverdueAt = Times.optional(row, "response_overdue_at");
        state.resolutionOverdueAt = Times.optional(row, "resolution_overdue_at");
    }

    private static void outcome(TicketState state, Row row) {
        state.firstAcceptedAt = Times.optional(row, "first_accepted_at");
        state.firstResolvedAt = Times.optional(row, "first_resolved_at");
        state.firstOutcome = row.getString("first_outcome");
        state.latestResolvedAt = Times.optional(row, "latest_resolved_at");
        state.latestOutcome = row.getString("latest_outcome");
        state.infoRequests = row.getInteger("info_requests");
        state.infoTwiceAt = Times.optional(row, "info_twice_at");
        state.reopenedAt = Times.optional(row, "reopened_at");
        state.reReportedAt = Times.optional(row, "re_reported_at");
        state.dissatisfiedAt = Times.optional(row, "dissatisfied_at");
        state.confirmedAt = Times.optional(row, "confirmed_at");
        state.rating = row.getInteger("rating");
        state.closedAt = Times.optional(row, "closed_at");
        state.cancelledAt = Times.optional(row, "cancelled_at");
        state.mergedAt = Times.optional(row, "merged_at");
        state.exclusionSeq = row.getInteger("exclusion_seq");
    }

    /** The values of {@link TicketSql#SAVE}, in its order. */
    static Tuple values(UUID districtId, TicketState state, Cast cast) {
        var values = Tuple.tuple();
        addOrigin(values, districtId, state.origin, cast);
        addHandling(values, state, cast);
        addOutcome(values, state);
        return values.addInteger(state.lastSeq)
                .addOffsetDateTime(Times.column(state.lastAt))
                .addString(state.lastHash);
    }

    private static void addOrigin(Tuple values, UUID districtId, Origin origin, Cast cast) {
        values.addUUID(districtId)
                .addUUID(origin.id())
                .addString(origin.ticketNo())
                .addString(origin.itemCode())
                .addInteger(origin.itemVersion())
                .addString(origin.itemKind())
                .addValue(origin.householdId())
                .addUUID(origin.placeId())
                .addArrayOfUUID(origin.placePath().toArray(UUID[]::new))
                .addString(origin.channel())
                .addBoolean(origin.anonymous())
                .addValue(origin.reporterRef())
                .addValue(cast.person(origin.reporterRef()))
                .addOffsetDateTime(Times.column(origin.submittedAt()))
                .addUUID(origin.routedOrgId());
    }

    private static void addHandling(Tuple values, TicketState state, Cast cast) {
        values.addString(state.status.code())
                .addValue(state.statusBefore == null ? null : state.statusBefore.code())
                .addUUID(state.responsibleOrgId)
                .addValue(state.firstOwnerId)
                .addValue(Times.optional(state.firstOwnedAt))
                .addValue(state.assigneeRef)
                .addValue(cast.person(state.assigneeRef))
                .addValue(state.assigneeOrgId)
                .addValue(Times.optional(state.waitingSince))
                .addValue(Times.optional(state.suspendedUntil))
                .addBoolean(state.everSuspended)
                .addValue(state.mergedIntoId)
                .addOffsetDateTime(Times.column(state.responseDueAt))
                .addValue(Times.optional(state.resolutionDueAt))
                .addValue(state.resolutionLeftMillis)
                .addValue(Times.optional(state.responseOverdueAt))
                .addValue(Times.optional(state.resolutionOverdueAt))
                .addValue(Times.optional(state.nextClock()));
    }

    private static void addOutcome(Tuple values, TicketState state) {
        values.addValue(Times.optional(state.firstAcceptedAt))
                .addValue(Times.optional(state.firstResolvedAt))
                .addValue(state.firstOutcome)
                .addValue(Times.optional(state.latestResolvedAt))
                .addValue(state.latestOutcome)
                .addInteger(state.infoRequests)
                .addValue(Times.optional(state.infoTwiceAt))
                .addValue(Times.optional(state.reopenedAt))
                .addValue(Times.optional(state.reReportedAt))
                .addValue(Times.optional(state.dissatisfiedAt))
                .addValue(Times.optional(state.confirmedAt))
                .addValue(state.rating)
                .addValue(Times.optional(state.closedAt))
                .addValue(Times.optional(state.cancelledAt))
                .addValue(Times.optional(state.mergedAt))
                .addValue(state.exclusionSeq);
    }

    private static @Nullable Status status(@Nullable String code) {
        return code == null ? null : Status.of(code);
    }
}

package org.huying.ticket;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/** A ticket's state as a row, both ways. */
final class TicketRows {
    private TicketRows() {}

    static TicketState state(Row row) {
        var state = new TicketState(
                origin(row),
                row.getUUID("responsible_org_id"),
                Rows.instant(row, "response_due_at"),
                Rows.instant(row, "last_at"),
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
                Rows.instant(row, "submitted_at"),
                row.getUUID("routed_org_id"));
    }

    private static void handling(TicketState state, Row row) {
        state.status = Status.of(row.getString("status"));
        state.statusBefore = status(row.getString("status_before"));
        state.firstOwnerId = row.getUUID("first_owner_id");
        state.firstOwnedAt = Rows.instantOrNull(row, "first_owned_at");
        state.assigneeRef = row.getString("assignee_ref");
        state.assigneeOrgId = row.getUUID("assignee_org_id");
        state.waitingSince = Rows.instantOrNull(row, "waiting_since");
        state.suspendedUntil = Rows.instantOrNull(row, "suspended_until");
        state.everSuspended = row.getBoolean("ever_suspended");
        state.mergedIntoId = row.getUUID("merged_into_id");
        state.resolutionDueAt = Rows.instantOrNull(row, "resolution_due_at");
        state.resolutionLeftMillis = row.getLong("resolution_left_ms");
        state.responseOverdueAt = Rows.instantOrNull(row, "response_overdue_at");
        state.resolutionOverdueAt = Rows.instantOrNull(row, "resolution_overdue_at");
    }

    private static void outcome(TicketState state, Row row) {
        state.firstAcceptedAt = Rows.instantOrNull(row, "first_accepted_at");
        state.firstResolvedAt = Rows.instantOrNull(row, "first_resolved_at");
        state.firstOutcome = row.getString("first_outcome");
        state.latestResolvedAt = Rows.instantOrNull(row, "latest_resolved_at");
        state.latestOutcome = row.getString("latest_outcome");
        state.infoRequests = row.getInteger("info_requests");
        state.infoTwiceAt = Rows.instantOrNull(row, "info_twice_at");
        state.reopenedAt = Rows.instantOrNull(row, "reopened_at");
        state.reReportedAt = Rows.instantOrNull(row, "re_reported_at");
        state.dissatisfiedAt = Rows.instantOrNull(row, "dissatisfied_at");
        state.confirmedAt = Rows.instantOrNull(row, "confirmed_at");
        state.rating = row.getInteger("rating");
        state.closedAt = Rows.instantOrNull(row, "closed_at");
        state.cancelledAt = Rows.instantOrNull(row, "cancelled_at");
        state.mergedAt = Rows.instantOrNull(row, "merged_at");
        state.exclusionSeq = row.getInteger("exclusion_seq");
        state.exclusionReason = row.getString("exclusion_reason");
        state.responseLateAt = Rows.instantOrNull(row, "response_late_at");
        state.resolutionLateAt = Rows.instantOrNull(row, "resolution_late_at");
        state.transferredAt = Rows.instantOrNull(row, "transferred_at");
        state.escalatedAt = Rows.instantOrNull(row, "escalated_at");
        state.suspendedAt = Rows.instantOrNull(row, "suspended_at");
    }

    /** The values of {@link TicketSql#SAVE}, in its order. */
    static Tuple values(UUID districtId, TicketState state, Cast cast) {
        var values = Tuple.tuple();
        addOrigin(values, districtId, state.origin, cast);
        addHandling(values, state, cast);
        addOutcome(values, state);
        return values.addInteger(state.lastSeq)
                .addOffsetDateTime(Rows.utc(state.lastAt))
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
                .addOffsetDateTime(Rows.utc(origin.submittedAt()))
                .addUUID(origin.routedOrgId());
    }

    private static void addHandling(Tuple values, TicketState state, Cast cast) {
        values.addString(state.status.code())
                .addValue(state.statusBefore == null ? null : state.statusBefore.code())
                .addUUID(state.responsibleOrgId)
                .addValue(state.firstOwnerId)
                .addValue(Rows.utcOrNull(state.firstOwnedAt))
                .addValue(state.assigneeRef)
                .addValue(cast.person(state.assigneeRef))
                .addValue(state.assigneeOrgId)
                .addValue(Rows.utcOrNull(state.waitingSince))
                .addValue(Rows.utcOrNull(state.suspendedUntil))
                .addBoolean(state.everSuspended)
                .addValue(state.mergedIntoId)
                .addOffsetDateTime(Rows.utc(state.responseDueAt))
                .addValue(Rows.utcOrNull(state.resolutionDueAt))
                .addValue(state.resolutionLeftMillis)
                .addValue(Rows.utcOrNull(state.responseOverdueAt))
                .addValue(Rows.utcOrNull(state.resolutionOverdueAt))
                .addValue(Rows.utcOrNull(state.nextClock()));
    }

    private static void addOutcome(Tuple values, TicketState state) {
        values.addValue(Rows.utcOrNull(state.firstAcceptedAt))
                .addValue(Rows.utcOrNull(state.firstResolvedAt))
                .addValue(state.firstOutcome)
                .addValue(Rows.utcOrNull(state.latestResolvedAt))
                .addValue(state.latestOutcome)
                .addInteger(state.infoRequests)
                .addValue(Rows.utcOrNull(state.infoTwiceAt))
                .addValue(Rows.utcOrNull(state.reopenedAt))
                .addValue(Rows.utcOrNull(state.reReportedAt))
                .addValue(Rows.utcOrNull(state.dissatisfiedAt))
                .addValue(Rows.utcOrNull(state.confirmedAt))
                .addValue(state.rating)
                .addValue(Rows.utcOrNull(state.closedAt))
                .addValue(Rows.utcOrNull(state.cancelledAt))
                .addValue(Rows.utcOrNull(state.mergedAt))
                .addValue(state.exclusionSeq)
                .addValue(state.exclusionReason)
                .addValue(Rows.utcOrNull(state.responseLateAt))
                .addValue(Rows.utcOrNull(state.resolutionLateAt))
                .addValue(Rows.utcOrNull(state.transferredAt))
                .addValue(Rows.utcOrNull(state.escalatedAt))
                .addValue(Rows.utcOrNull(state.suspendedAt));
    }

    private static @Nullable Status status(@Nullable String code) {
        return code == null ? null : Status.of(code);
    }
}

package org.huying.metrics.completion;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.huying.ticket.Tickets;
import org.jspecify.annotations.Nullable;

/**
 * Why a ticket counts as it does.
 *
 * @param verdict   null while it stands in no figure
 * @param decidedBy the events on which the verdict rests
 * @param causes    everything that speaks against it; of several the first is the one that counts
 */
record Explanation(
        int definition,
        UUID ticketId,
        String ticketNo,
        Instant asOf,
        boolean settled,
        String segment,
        Organization organization,
        @Nullable String verdict,
        @Nullable String cause,
        boolean confirmed,
        @Nullable Instant at,
        @Nullable Instant windowEndsAt,
        @Nullable Exclusion exclusion,
        List<Deciding> decidedBy,
        List<Cause> causes) {
    /**
     * The exclusion that stands.
     *
     * @param by   who approved it
     * @param note why, in words
     */
    record Exclusion(
            int seq,
            Instant at,
            String reason,
            @Nullable String by,
            @Nullable String note) {
        static Exclusion of(Evidence.Logged event, Tickets.Remark remark) {
            return new Exclusion(
                    event.seq(), event.at(), event.data().getString("reason"), remark.author(), remark.note());
        }
    }

    record Organization(UUID id, String name) {}

    /** An event of the ticket's log. */
    record Deciding(int seq, String type, Instant at) {
        static Deciding of(Evidence.Logged event) {
            return new Deciding(event.seq(), event.type(), event.at());
        }
    }

    record Cause(String cause, List<Deciding> decidedBy) {}

    static Explanation of(
            Counted counted,
            Evidence evidence,
            Organization organization,
            @Nullable Exclusion exclusion,
            Instant asOf,
            boolean settled) {
        var verdict = counted.measure();
        return new Explanation(
                OneTimeCompletion.DEFINITION,
                counted.ticketId(),
                counted.ticketNo(),
                asOf,
                settled,
                counted.segment(),
                organization,
                verdict,
                counted.cause(),
                counted.confirmed(),
                counted.at(),
                evidence.windowEndsAt(),
                exclusion,
                verdict == null
                        ? List.of()
                        : evidence.of(verdict, counted.cause()).stream()
                                .map(Deciding::of)
                                .toList(),
                evidence.causes().stream()
                        .map(each -> new Cause(
                                each.cause(),
                                each.decidedBy().stream().map(Deciding::of).toList()))
                        .toList());
    }

    /** As the figures count it. */
    record Counted(
            UUID ticketId,
            String ticketNo,
            String segment,
            UUID organizationId,
            @Nullable String measure,
            @Nullable String cause,
            boolean confirmed,
            @Nullable Instant at) {}
}

package org.huying.metrics.completion;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.metrics.Frames;
import org.huying.place.Places;
import org.huying.ticket.Tickets;
import org.jspecify.annotations.Nullable;

/** Says of a ticket how it counts, and which events of its log decide that; to whoever may see the ticket. */
final class ExplanationService {
    private final Clock clock;
    private final Tickets tickets;
    private final Places places;
    private final CompletionStore store;

    ExplanationService(Clock clock, Tickets tickets, Places places, CompletionStore store) {
        this.clock = clock;
        this.tickets = tickets;
        this.places = places;
        this.store = store;
    }

    Future<Explanation> explain(SqlClient client, Caller caller, UUID ticketId, @Nullable Instant wanted) {
        var now = clock.instant();
        var asOf = (wanted == null ? now : wanted).truncatedTo(ChronoUnit.MILLIS);
        var districtId = caller.districtId();
        return tickets.requireSight(client, caller, ticketId)
                .compose(seen -> {
                    if (asOf.isAfter(now)) {
                        Faults.refuse(List.of(new Fault("/query/asOf", "as_of_future")));
                    }
                    return store.counted(client, districtId, ticketId, asOf);
                })
                .compose(counted -> store.evidence(client, districtId, ticketId, asOf)
                        .compose(evidence -> exclusion(client, caller, ticketId, evidence)
                                .compose(exclusion -> organization(client, districtId, counted.organizationId())
                                        .map(organization -> Explanation.of(
                                                counted,
                                                evidence,
                                                organization,
                                                exclusion.orElse(null),
                                                asOf,
                                                Frames.isSettled(asOf, now))))));
    }

    private Future<Optional<Explanation.Exclusion>> exclusion(
            SqlClient client, Caller caller, UUID ticketId, Evidence evidence) {
        return evidence.exclusion()
                .map(event -> tickets.remark(client, caller, ticketId, event.seq())
                        .map(remark -> Optional.of(Explanation.Exclusion.of(event, remark))))
                .orElse(Future.succeededFuture(Optional.empty()));
    }

    private Future<Explanation.Organization> organization(SqlClient client, UUID districtId, UUID organizationId) {
        return places.organization(client, districtId, organizationId)
                .map(found -> found.orElseThrow(Refusal::notFound))
                .map(found -> new Explanation.Organization(found.id(), found.name()));
    }
}

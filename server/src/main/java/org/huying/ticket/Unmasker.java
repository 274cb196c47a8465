package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.huying.identity.People;
import org.huying.identity.unmasking.Look;
import org.huying.identity.unmasking.Unmaskings;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * Tells staff who reported a ticket and how to reach them, on record. A supervisor of the place may always; whoever else
 * handles the case as long as there is something to ask, and never who is anonymous.
 */
final class Unmasker {
    private static final List<String> FIELDS = List.of("name", "phone");

    private final TicketReader reader;
    private final People people;
    private final Unmaskings unmaskings;
    private final Clock clock;

    Unmasker(TicketReader reader, People people, Unmaskings unmaskings, Clock clock) {
        this.reader = reader;
        this.people = people;
        this.unmaskings = unmaskings;
        this.clock = clock;
    }

    Future<ReporterView> unmask(SqlConnection transaction, Caller caller, UUID ticketId, @Nullable String reason) {
        return reader.sight(transaction, caller, ticketId).compose(sight -> {
            var role = admit(sight);
            var reporterId = sight.dossier().reporterId();
            if (reporterId == null) {
                throw Refusal.conflict("nobody_to_unmask");
            }
            return reporter(transaction, caller.districtId(), reporterId).compose(reporter -> {
                if (reason == null && !handlesTheCase(sight)) {
                    throw Faults.of("/reason", "reason_missing");
                }
                var origin = sight.dossier().state().origin;
                var look = new Look(role, reporterId, ticketId, origin.placePath(), origin.anonymous(), FIELDS, reason);
                return unmaskings.record(transaction, caller, look).map(reporter);
            });
        });
    }

    /** The role in which the caller may, or why they may not. */
    private Role admit(TicketReader.Sight sight) {
        var standing = sight.standing();
        var caller = sight.viewer().caller();
        // nobody opens somebody else's data by reporting in their name
        if (caller.isResident() || sight.dossier().filedForStranger()) {
            throw Refusal.forbidden();
        }
        if (handlesTheCase(sight)) {
            return roleInCharge(sight);
        }
        if (standing.is(Relation.SUPERVISOR)) {
            return Role.SUPERVISOR;
        }
        if (sight.dossier().state().origin.anonymous()
                || !standing.is(Relation.GRID, Relation.DISPATCHER, Relation.WORKER)) {
            throw Refusal.forbidden();
        }
        var disclosed = Disclosure.ofReporter(sight.viewer(), sight.dossier(), standing, clock.instant());
        if (disclosed != Disclosure.FULL) {
            throw Refusal.conflict("reporter_out_of_reach");
        }
        var path = sight.dossier().state().origin.placePath();
        return caller.covers(Role.GRID_MEMBER, path) ? Role.GRID_MEMBER : Role.HOTLINE_AGENT;
    }

    /** At an office, supervisors act as dispatchers and grid members as workers. */
    private static Role roleInCharge(TicketReader.Sight sight) {
        var caller = sight.viewer().caller();
        if (sight.standing().is(Relation.WORKER)) {
            return caller.is(Role.WORKER) ? Role.WORKER : Role.GRID_MEMBER;
        }
        return caller.is(Role.DISPATCHER) ? Role.DISPATCHER : Role.SUPERVISOR;
    }

    /** Then the case is reason enough. */
    private static boolean handlesTheCase(TicketReader.Sight sight) {
        var ticket = sight.dossier().state();
        return sight.standing().is(Relation.DISPATCHER, Relation.WORKER)
                && ticket.status.isOpen()
                && !ticket.origin.anonymous();
    }

    private Future<ReporterView> reporter(SqlClient client, UUID districtId, UUID reporterId) {
        return people.resident(client, districtId, reporterId).compose(found -> {
            if (found.isPresent()) {
                var resident = found.get();
                return resident.erased()
                        ? Future.failedFuture(Refusal.conflict("nobody_to_unmask"))
                        : Future.succeededFuture(new ReporterView(reporterId, resident.name(), resident.phone()));
            }
            // staff report public spots, too
            return people.names(client, districtId, List.of(reporterId)).map(names -> {
                var name = names.get(reporterId);
                if (name == null) {
                    throw Refusal.conflict("nobody_to_unmask");
                }
                return new ReporterView(reporterId, name, null);
            });
        });
    }
}

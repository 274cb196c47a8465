package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import org.huying.ticket.catalogue.Catalogue;
import org.huying.ticket.catalogue.ServiceItem;
import org.huying.ticket.catalogue.Targets;

/**
 * A ticket's due times, on the clock of the item that it was reported under. What they come to is said in the events, so
 * that whoever rebuilds a ticket needs no calendar.
 */
final class DueTimes {
    private final Catalogue catalogue;

    DueTimes(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Future<ServiceItem> item(SqlClient client, Change change) {
        return targets(client, change).map(Targets::item);
    }

    /** The response clock starts anew. */
    Future<Draft> restartResponse(SqlClient client, Change change, Draft draft) {
        return targets(client, change).map(targets -> draft.with("responseDueAt", targets.responseDue(change.at())));
    }

    /** The resolution clock stands still: what is left of it is kept. One that has run out has nothing left to keep. */
    Future<Draft> stop(SqlClient client, Change change, Draft draft) {
        var due = change.state().resolutionDueAt;
        return due == null || due.isBefore(change.at())
                ? Future.succeededFuture(draft)
                : targets(client, change)
                        .map(targets -> draft.with(
                                "resolutionLeftMillis",
                                targets.clock().between(change.at(), due).toMillis()));
    }

    /** The resolution clock runs on, if it stood still. */
    Future<Draft> start(SqlClient client, Change change, Draft draft) {
        var left = change.state().resolutionLeftMillis;
        return left == null
                ? Future.succeededFuture(draft)
                : targets(client, change)
                        .map(targets -> draft.with(
                                "resolutionDueAt", targets.clock().after(change.at(), Duration.ofMillis(left))));
    }

    private Future<Targets> targets(SqlClient client, Change change) {
        var origin = change.state().origin;
        return catalogue.targets(client, change.districtId(), origin.itemCode(), origin.itemVersion());
    }
}

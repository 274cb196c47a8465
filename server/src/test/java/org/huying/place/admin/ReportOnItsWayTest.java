package org.huying.place.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.ticket.TicketWorld.await;

import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.place.Place;
import org.huying.testing.Eventually;
import org.huying.ticket.Submission;
import org.huying.ticket.TicketWorld;
import org.huying.ticket.Tickets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A report that is not committed yet holds its place: the path that it keeps for good is never one of places that are gone. */
class ReportOnItsWayTest {
    private static final TicketWorld WORLD = new TicketWorld();

    private final TreeService service = new TreeService(
            WORLD.places, new TreeStore(), new OrganizationStore(), WORLD.tickets::everAt, WORLD.tickets::everWith);

    @AfterAll
    static void tearDown() {
        WORLD.close();
    }

    @Test
    void aMoveWaitsForItAndThePlaceItMovedFromStays() {
        // given
        var from = create("town", WORLD.districtPlace);
        var to = create("town", WORLD.districtPlace);
        move(WORLD.community, from);
        Promise<UUID> reported = Promise.promise();
        Promise<Void> mayCommit = Promise.promise();
        var report = WORLD.database.inTransaction(transaction -> WORLD.tickets
                .submit(transaction, WORLD.owner, Submission.ofHousehold("pipe-leak", WORLD.household, "漏水"))
                .map(Tickets.Summary::id)
                .onSuccess(reported::complete)
                .compose(id -> mayCommit.future().map(id)));
        await(reported.future());

        // when
        var moved = WORLD.database.inTransaction(transaction ->
                service.change(transaction, WORLD.admin, WORLD.community, new PlaceChange(null, null, to)));
        Eventually.until("the move waits, or has not waited", () -> moved.isComplete() || waiting() > 0);
        var movedTooEarly = moved.isComplete();
        mayCommit.complete();
        var ticket = await(report);
        await(moved);

        // then
        assertThat(movedTooEarly).isFalse();
        assertThat(pathOf(ticket)).containsExactly(WORLD.districtPlace, from, WORLD.community, WORLD.compound);
        assertThatThrownBy(() -> WORLD.inTransaction(t -> service.delete(t, WORLD.admin, from)))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessage("place_in_use");
    }

    private UUID create(String level, UUID parent) {
        return WORLD.inTransaction(t -> service.create(
                        t,
                        WORLD.admin,
                        new NewPlace(level, null, parent, Ids.next().toString(), null)))
                .id();
    }

    private Place move(UUID place, UUID parent) {
        return WORLD.inTransaction(t -> service.change(t, WORLD.admin, place, new PlaceChange(null, null, parent)));
    }

    private static List<UUID> pathOf(UUID ticket) {
        return WORLD.query(client -> client.preparedQuery("SELECT place_path FROM ticket WHERE id = $1")
                .execute(Tuple.of(ticket))
                .map(rows -> List.of(rows.iterator().next().getArrayOfUUIDs("place_path"))));
    }

    private static int waiting() {
        return WORLD.query(client -> client.query(
                        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .execute()
                .map(rows -> rows.iterator().next().getInteger("n")));
    }
}

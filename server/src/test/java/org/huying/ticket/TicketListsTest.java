package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.http.Cursor;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.ticket.RandomHistory.Stay;
import org.huying.ticket.TicketLists.Order;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists against what looking at every single ticket comes to, for everybody, after histories by chance. */
@Tag("long")
class TicketListsTest {
    private static final int HISTORIES = 2;
    private static final int STEPS = 200;
    private static final int PAGE = 3;

    private static final Comparator<TicketView> NEWEST = Comparator.comparing(TicketView::submittedAt)
            .thenComparing(TicketListsTest::sortable)
            .reversed();

    /** Domain.md 3 and api.md: by due time, overdue first; what stands still comes last. */
    private static final Comparator<TicketView> DUE = Comparator.comparing(
                    TicketView::dueAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(TicketListsTest::sortable);

    @Test
    void listsHoldExactlyWhatTheCallerMaySeeInOrder() {
        for (var i = 0; i < HISTORIES; i++) {
            var seed = new Random().nextLong();
            try (var world = new TicketWorld()) {
                // given
                var history = new RandomHistory(world, seed);
                var tickets = history.run(STEPS);
                var reported = tickets.stream()
                        .map(ticket -> Reported.of(world, ticket))
                        .toList();

                for (var caller : callers(world)) {
                    // when
                    var visible = visible(world, caller, tickets);

                    // then
                    if (caller.isResident()) {
                        assertThat(visible)
                                .as("sight, seed %d", seed)
                                .extracting(TicketView::id)
                                .containsExactlyInAnyOrderElementsOf(inSight(world, history.stays(), caller, reported));
                    }
                    verify(world, caller, visible, seed);
                }
            }
        }
    }

    private static void verify(TicketWorld world, Caller caller, List<TicketView> visible, long seed) {
        var open = visible.stream().filter(TicketListsTest::isOpen).toList();
        assertThat(all(world, caller, Order.NEWEST, null, null))
                .as("newest, seed %d", seed)
                .isEqualTo(ids(visible, NEWEST));
        assertThat(all(world, caller, Order.DUE, null, null))
                .as("due, seed %d", seed)
                .isEqualTo(ids(open, DUE));
        for (var overdue : List.of(true, false)) {
            var wanted =
                    visible.stream().filter(each -> each.overdue() == overdue).toList();
            assertThat(all(world, caller, Order.NEWEST, null, overdue))
                    .as("overdue %s, seed %d", overdue, seed)
                    .isEqualTo(ids(wanted, NEWEST));
        }
        for (var status : Status.values()) {
            var wanted = visible.stream()
                    .filter(each -> each.status().equals(status.code()))
                    .toList();
            assertThat(all(world, caller, Order.NEWEST, status.code(), null))
                    .as("%s, seed %d", status, seed)
                    .isEqualTo(ids(wanted, NEWEST));
        }
        var counts = world.query(client -> world.tickets.lists().count(client, caller, null));
        assertThat(counts.open()).as("seed %d", seed).isEqualTo(open.size());
        assertThat(counts.overdue())
                .as("seed %d", seed)
                .isEqualTo(open.stream().filter(TicketView::overdue).count());
        Status.OPEN.forEach(status -> assertThat(counts.byStatus().get(status.code()))
                .as("%s, seed %d", status, seed)
                .isEqualTo(open.stream()
                        .filter(each -> each.status().equals(status.code()))
                        .count()));
    }

    private static List<TicketView> visible(TicketWorld world, Caller caller, List<UUID> tickets) {
        var visible = new ArrayList<TicketView>();
        for (var ticket : tickets) {
            try {
                visible.add(world.view(caller, ticket));
            } catch (Refusal.NotFound e) {
                // not for them
            }
        }
        return visible;
    }

    /** Of a ticket, what decides which residents see it. */
    private record Reported(UUID id, Origin origin, List<UUID> reporters) {
        static Reported of(TicketWorld world, UUID ticket) {
            var store = new TicketStore(world.cipher);
            return new Reported(
                    ticket,
                    world.state(ticket).origin,
                    world.query(client -> store.reporters(client, world.district, ticket)));
        }
    }

    /** By the words of the domain, for a resident: what is theirs, what their household reported in their time, or about. */
    private static List<UUID> inSight(TicketWorld world, List<Stay> stays, Caller caller, List<Reported> tickets) {
        var persons = new ArrayList<>(List.of(caller));
        if (caller.equals(world.proxy)) {
            persons.add(world.owner);
        } else if (caller.equals(world.tenantProxy)) {
            persons.add(world.tenant);
        }
        return tickets.stream()
                .filter(ticket -> {
                    var origin = ticket.origin();
                    return persons.stream().map(Caller::personId).anyMatch(ticket.reporters()::contains)
                            || stays.stream()
                                    .filter(stay -> persons.contains(stay.resident()))
                                    .anyMatch(stay -> isInTheTimeOf(stay, origin))
                            || (origin.householdId() == null && livesAround(world, stays, caller, origin.placeId()));
                })
                .map(Reported::id)
                .toList();
    }

    private static boolean isInTheTimeOf(Stay stay, Origin origin) {
        return stay.household().equals(origin.householdId())
                && !origin.submittedAt().isBefore(stay.since());
    }

    private static boolean livesAround(TicketWorld world, List<Stay> stays, Caller caller, UUID spot) {
        return spot.equals(world.compound)
                && stays.stream()
                        .anyMatch(stay -> stay.resident().equals(caller)
                                && !stay.household().equals(world.farHousehold));
    }

    /** All pages, one after another. */
    private static List<UUID> all(
            TicketWorld world, Caller caller, Order order, @Nullable String status, @Nullable Boolean overdue) {
        var found = new ArrayList<UUID>();
        @Nullable String cursor = null;
        do {
            var after = cursor == null ? null : Cursor.decode(cursor);
            var filter = new TicketLists.Filter(status, null, overdue, null, order, after, PAGE);
            var page = world.query(client -> world.tickets.lists().list(client, caller, filter));
            page.items().forEach(each -> found.add(each.id()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return found;
    }

    private static List<Caller> callers(TicketWorld world) {
        return List.of(
                world.owner,
                world.family,
                world.neighbour,
                world.stranger,
                world.proxy,
                world.tenant,
                world.tenantProxy,
                world.dispatcher,
                world.worker,
                world.hand,
                world.otherDispatcher,
                world.grid,
                world.hotline,
                world.communitySupervisor,
                world.townSupervisor,
                world.districtSupervisor,
                world.admin);
    }

    private static List<UUID> ids(List<TicketView> tickets, Comparator<TicketView> order) {
        return tickets.stream().sorted(order).map(TicketView::id).toList();
    }

    private static boolean isOpen(TicketView ticket) {
        return Stream.of(Status.values())
                .filter(Status::isOpen)
                .map(Status::code)
                .collect(Collectors.toSet())
                .contains(ticket.status());
    }

    /** As the database compares them. */
    private static String sortable(TicketView ticket) {
        return ticket.id().toString();
    }
}

package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.UUID;
import org.huying.identity.People;
import org.huying.identity.Wards;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;

/** What a caller is to a diner and to a booking. */
final class Sight {
    /** As what somebody sees a booking. */
    enum As {
        /** Runs the canteen. */
        CANTEEN,
        /** The diner, the holder of a mandate, the grid member. */
        DINER,
        /** Made it, and may act for the diner no more; staff as long as they book for others at all. */
        BOOKER
    }

    private final People people;
    private final Wards wards;

    Sight(People people, Wards wards) {
        this.people = people;
        this.wards = wards;
    }

    /** Whether the caller may book, change and cancel for the diner, at any canteen. */
    Future<Boolean> actsFor(SqlClient client, Caller caller, UUID dinerId) {
        if (caller.personId().equals(dinerId)) {
            return Future.succeededFuture(true);
        }
        if (caller.isResident()) {
            return people.mandatorsOf(client, caller.districtId(), caller.personId(), People.MandateScope.BOOKING)
                    .map(mandators -> mandators.contains(dinerId));
        }
        return wards.has(client, caller, dinerId);
    }

    /** Whether what the caller booked for others is still theirs to see. */
    static boolean booksForOthers(Caller caller) {
        return caller.isResident() || caller.is(Role.GRID_MEMBER, Role.CANTEEN_OPERATOR);
    }

    /** As what the caller sees the booking; refuses as if it were not there when they do not. */
    Future<As> of(SqlClient client, Caller caller, Booking booking) {
        if (caller.holds(Role.CANTEEN_OPERATOR, booking.canteenId())) {
            return Future.succeededFuture(As.CANTEEN);
        }
        var diner = people.presentSelf(client, caller.districtId(), booking.dinerId());
        return diner.compose(present -> actsFor(client, caller, present)).map(acts -> {
            if (acts) {
                return As.DINER;
            }
            if (booksForOthers(caller) && booking.bookedById().equals(caller.personId())) {
                return As.BOOKER;
            }
            throw Refusal.notFound();
        });
    }
}

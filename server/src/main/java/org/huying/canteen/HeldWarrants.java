package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.identity.Grants;
import org.huying.identity.People;
import org.huying.kernel.Grant;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;

/**
 * The warrants of a batch as they are now, and stay until its transaction ends: whoever takes one away comes before, or
 * after it. Who books for themself needs none, so a batch of those asks nothing.
 *
 * @param staff    the roles of those who may still work
 * @param mandates those in force
 */
record HeldWarrants(Map<UUID, List<Grant>> staff, Set<People.Mandated> mandates) {
    private static final HeldWarrants NONE = new HeldWarrants(Map.of(), Set.of());

    HeldWarrants {
        staff = Map.copyOf(staff);
        mandates = Set.copyOf(mandates);
    }

    /** Before the meals are locked, as whoever else books or serves holds themself first. */
    static Future<HeldWarrants> hold(
            SqlConnection transaction, UUID districtId, People people, List<BookingRequest> requests) {
        var staff = requests.stream()
                .filter(request -> request.warrant() instanceof Warrant.OfRoles)
                .map(BookingRequest::bookedById)
                .collect(Collectors.toUnmodifiableSet());
        var mandates = requests.stream()
                .filter(request -> request.warrant() instanceof Warrant.OfMandate)
                .map(HeldWarrants::mandated)
                .collect(Collectors.toUnmodifiableSet());
        if (staff.isEmpty() && mandates.isEmpty()) {
            return Future.succeededFuture(NONE);
        }
        var roles =
                staff.isEmpty() ? Future.succeededFuture(NONE.staff()) : Grants.hold(transaction, districtId, staff);
        var inForce = mandates.isEmpty()
                ? Future.succeededFuture(NONE.mandates())
                : people.holdBookingMandates(transaction, districtId, mandates);
        return Future.all(roles, inForce).map(both -> new HeldWarrants(roles.result(), inForce.result()));
    }

    /** With the rights that there are now; refuses those who may not call any more. */
    BookingRequest asOfNow(BookingRequest asked) {
        if (asked.warrant() instanceof Warrant.OfMandate) {
            return asked.with(asked.actsForDiner() && mandates.contains(mandated(asked)), asked.operatedCanteens());
        }
        if (asked.warrant() instanceof Warrant.OfRoles before) {
            var now = staff.get(asked.bookedById());
            if (now == null) {
                throw Refusal.unauthenticated("token_invalid");
            }
            var operated = now.stream()
                    .filter(grant -> grant.role() == Role.CANTEEN_OPERATOR)
                    .map(Grant::scopeId)
                    .collect(Collectors.toUnmodifiableSet());
            return asked.with(asked.actsForDiner() && now.containsAll(before.grants()), operated);
        }
        return asked;
    }

    private static People.Mandated mandated(BookingRequest request) {
        return new People.Mandated(request.bookedById(), request.dinerId());
    }
}

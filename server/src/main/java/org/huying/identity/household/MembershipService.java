package org.huying.identity.household;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.identity.Tidings;
import org.huying.identity.Tidings.Tiding;
import org.huying.identity.Wards;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Versions;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Asking to join a household, approving, leaving. */
final class MembershipService {
    private static final int MAX_PENDING = 20;

    private final Places places;
    private final HouseholdStore store;
    private final HouseholdSight sight;
    private final Wards wards;
    private final Tidings tidings;

    MembershipService(Places places, HouseholdStore store, HouseholdSight sight, Wards wards, Tidings tidings) {
        this.places = places;
        this.store = store;
        this.sight = sight;
        this.wards = wards;
        this.tidings = tidings;
    }

    /**
     * What a change is about: the household, a membership of it, and what the caller is to it.
     *
     * @param agrees whether the caller is or stands for the resident whom somebody else entered
     */
    private record Case(HouseholdView household, Member member, HouseholdSight.Standing standing, boolean agrees) {}

    /**
     * A resident asks for themself. A grid member takes somebody in whom they look after; whom they do not, they enter,
     * and it waits until that side agrees.
     */
    Future<Member> join(
            SqlConnection transaction,
            Caller caller,
            UUID householdId,
            String role,
            @Nullable UUID residentId,
            Instant now) {
        return household(transaction, caller, householdId)
                .compose(household -> caller.isResident()
                        ? ask(transaction, caller, household, role, residentId, now)
                        : takeIn(transaction, caller, household, role, residentId, now));
    }

    private Future<Member> ask(
            SqlConnection transaction,
            Caller caller,
            HouseholdView household,
            String role,
            @Nullable UUID residentId,
            Instant now) {
        if (residentId != null && !residentId.equals(caller.personId())) {
            return Future.failedFuture(Refusal.forbidden());
        }
        return enter(transaction, caller, household, caller.personId(), role, null, null, now)
                .compose(member -> requireRoom(transaction, caller, member, false))
                .compose(member -> tellMembers(transaction, caller, household, member, "household_requested", now));
    }

    private Future<Member> takeIn(
            SqlConnection transaction,
            Caller caller,
            HouseholdView household,
            String role,
            @Nullable UUID residentId,
            Instant now) {
        return sight.required(transaction, caller, household).compose(standing -> {
            if (!standing.isGridMember()) {
                throw Refusal.forbidden();
            }
            if (residentId == null) {
                throw Faults.of("/residentId", "resident_missing");
            }
            if (residentId.equals(caller.personId())) {
                throw Refusal.forbidden();
            }
            return wards.has(transaction, caller, residentId)
                    .compose(theirs -> enter(
                            transaction,
                            caller,
                            household,
                            residentId,
                            role,
                            caller.personId(),
                            theirs ? caller.personId() : null,
                            now))
                    .compose(member -> member.awaitsConsent()
                            ? requireRoom(transaction, caller, member, true)
                                    .compose(entered -> tellOfEntry(transaction, caller, household, entered, now))
                            : tellOfJoining(transaction, caller, household, member, now));
        });
    }

    private Future<Member> requireRoom(SqlConnection transaction, Caller caller, Member member, boolean entered) {
        return store.pending(transaction, caller.districtId(), member.residentId(), entered)
                .map(pending -> {
                    if (pending > MAX_PENDING) {
                        throw Refusal.conflict("membership_requests_full");
                    }
                    return member;
                });
    }

    private Future<Member> enter(
            SqlConnection transaction,
            Caller caller,
            HouseholdView household,
            UUID residentId,
            String role,
            @Nullable UUID enteredById,
            @Nullable UUID agreedById,
            Instant now) {
        var districtId = caller.districtId();
        var id = Ids.next();
        return store.lockResident(transaction, districtId, residentId)
                .compose(known -> known
                        ? store.join(
                                transaction,
                                districtId,
                                id,
                                household.id(),
                                residentId,
                                role,
                                now,
                                enteredById,
                                agreedById)
                        : Future.failedFuture(Faults.of("/residentId", "resident_unknown")))
                .compose(isNew -> isNew
                        ? store.member(transaction, districtId, household.id(), id)
                        : store.membership(transaction, districtId, household.id(), residentId)
                                .compose(standing -> Future.failedFuture(Refusal.conflict(
                                        "already_member", Map.of("membershipId", standing.toString())))))
                .map(found -> found.orElseThrow());
    }

    /** By the place what a resident asked for, never by that one; by the resident's side what somebody entered for them. */
    Future<Member> approve(
            SqlConnection transaction,
            Caller caller,
            UUID householdId,
            UUID memberId,
            @Nullable Integer seenVersion,
            Instant now) {
        return found(transaction, caller, householdId, memberId).compose(it -> {
            var own = it.member().residentId().equals(caller.personId());
            if (it.member().awaitsConsent()
                    ? !it.agrees()
                    : own || !it.standing().approves()) {
                throw Refusal.forbidden();
            }
            return requireSeen(transaction, caller.districtId(), it.member(), seenVersion)
                    .compose(seen -> store.approve(
                            transaction, caller.districtId(), householdId, memberId, now, caller.personId()))
                    .compose(approved -> approved
                            ? store.member(transaction, caller.districtId(), householdId, memberId)
                            : Future.failedFuture(Refusal.conflict("membership_approved")))
                    .map(member -> member.orElseThrow(Refusal::notFound))
                    .compose(member -> tellOfJoining(transaction, caller, it.household(), member, now));
        });
    }

    /**
     * Nobody is taken in under a name that the approver has not seen: without a version, it is the one under which the
     * request was made. The resident keeps the name until the transaction ends.
     */
    private Future<Void> requireSeen(
            SqlConnection transaction, UUID districtId, Member request, @Nullable Integer seenVersion) {
        return store.lockResident(transaction, districtId, request.residentId())
                .compose(locked -> store.asked(transaction, districtId, request.householdId(), request.id()))
                .map(asked -> asked.orElseThrow(Refusal::notFound))
                .compose(asked -> store.member(transaction, districtId, request.householdId(), request.id())
                        .map(found -> {
                            var member = found.orElseThrow(Refusal::notFound);
                            if (member.status().equals("pending")) {
                                var seen = seenVersion == null ? asked : seenVersion;
                                Versions.require(seen, member.version(), "membership_changed");
                            }
                            return null;
                        }));
    }

    /** The member leaves or declines; those who approve or agree refuse, those who approve remove, and the member is told. */
    Future<Void> remove(SqlConnection transaction, Caller caller, UUID householdId, UUID memberId, Instant now) {
        return found(transaction, caller, householdId, memberId).compose(it -> {
            var leaves = it.member().residentId().equals(caller.personId());
            if (!leaves && !it.agrees() && !it.standing().approves()) {
                throw Refusal.forbidden();
            }
            return store.remove(transaction, caller.districtId(), householdId, memberId)
                    .map(removed -> removed.orElseThrow(Refusal::notFound))
                    .compose(removed -> leaves
                            ? Future.succeededFuture()
                            : tidings.tell(
                                    transaction,
                                    caller.districtId(),
                                    List.of(tiding(
                                            removed.residentId(),
                                            removed.wasApproved() ? "household_removed" : "household_refused",
                                            it.household())),
                                    now));
        });
    }

    Future<Page<MembershipRequest>> requests(SqlClient client, Caller caller, @Nullable Cursor cursor, int limit) {
        return store.requests(client, caller, cursor == null ? null : cursor.uuid(0), limit + 1)
                .map(found -> Page.of(found, limit, each -> List.of(each.id().toString())));
    }

    /** Whoever asked or was entered sees that, so does who may agree for them, and else nobody but who sees the household. */
    private Future<Case> found(SqlConnection transaction, Caller caller, UUID householdId, UUID memberId) {
        var household = household(transaction, caller, householdId);
        return household
                .compose(known -> store.member(transaction, caller.districtId(), householdId, memberId))
                .map(member -> member.orElseThrow(Refusal::notFound))
                .compose(member -> Future.all(
                                sight.of(transaction, caller, household.result()), agrees(transaction, caller, member))
                        .map(done -> {
                            HouseholdSight.Standing standing = done.resultAt(0);
                            boolean agrees = done.resultAt(1);
                            if (!standing.sees()
                                    && !agrees
                                    && !member.residentId().equals(caller.personId())) {
                                throw Refusal.notFound();
                            }
                            return new Case(household.result(), member, standing, agrees);
                        }));
    }

    private Future<Boolean> agrees(SqlConnection transaction, Caller caller, Member member) {
        if (!member.awaitsConsent()) {
            return Future.succeededFuture(false);
        }
        return caller.isResident()
                ? Future.succeededFuture(member.residentId().equals(caller.personId()))
                : store.agrees(transaction, caller, member.id());
    }

    private Future<HouseholdView> household(SqlConnection transaction, Caller caller, UUID householdId) {
        return store.find(transaction, caller.districtId(), householdId)
                .map(found -> found.orElseThrow(Refusal::notFound));
    }

    /** Who entered it learns nothing of the resident. */
    private Future<Member> tellOfEntry(
            SqlConnection transaction, Caller caller, HouseholdView household, Member member, Instant now) {
        var offered = tiding(member.residentId(), "household_offered", household);
        return tidings.tell(transaction, caller.districtId(), List.of(offered), now)
                .map(member.ofHousehold());
    }

    private Future<Member> tellOfJoining(
            SqlConnection transaction, Caller caller, HouseholdView household, Member member, Instant now) {
        var approved = tiding(member.residentId(), "household_approved", household);
        return tidings.tell(transaction, caller.districtId(), List.of(approved), now)
                .compose(told -> tellMembers(transaction, caller, household, member, "household_joined", now));
    }

    /** The others who are approved. */
    private Future<Member> tellMembers(
            SqlConnection transaction,
            Caller caller,
            HouseholdView household,
            Member member,
            String kind,
            Instant now) {
        return places.approvedMembers(transaction, caller.districtId(), household.id())
                .compose(members -> {
                    var others = new ArrayList<>(members);
                    others.remove(member.residentId());
                    return tidings.tell(
                            transaction,
                            caller.districtId(),
                            others.stream()
                                    .map(other -> tiding(other, kind, household))
                                    .toList(),
                            now);
                })
                .map(member);
    }

    /** The address is personal, the compound's name is not. */
    private static Tiding tiding(UUID recipientId, String kind, HouseholdView household) {
        return new Tiding(
                recipientId, kind, household.id(), new JsonObject().put("compound", household.compoundName()));
    }
}

package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.personal.OnePerson;
import org.huying.identity.Tidings;
import org.huying.identity.Wards;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;

/** Who may say that two residents are one person, and what is known of them then. */
public final class Merges {
    private final ResidentStore residents;
    private final MergeStore store;
    private final Wards wards;
    private final Tidings tidings;

    public Merges(FieldCipher cipher, Wards wards, Tidings tidings) {
        this.residents = new ResidentStore(cipher);
        this.store = new MergeStore(cipher);
        this.wards = wards;
        this.tidings = tidings;
    }

    /** One after another in a district; empty where it has been done already. */
    public Future<Boolean> begin(SqlConnection transaction, Caller caller, UUID goneId, UUID staysId) {
        return store.lockMerges(transaction, caller.districtId())
                .compose(locked -> store.mergedInto(transaction, caller.districtId(), goneId))
                .compose(into -> into.isPresent() && into.get().equals(staysId)
                        ? requireSight(transaction, caller, staysId).map(seen -> false)
                        : requireBoth(transaction, caller, goneId, staysId).map(seen -> true));
    }

    /** Locks both, and finds them as they were seen. */
    public Future<Void> require(
            SqlConnection transaction, Caller caller, OnePerson one, int goneVersion, int staysVersion) {
        return store.lockBoth(transaction, one.districtId(), one.goneId(), one.staysId())
                .compose(locked -> requireBoth(transaction, caller, one.goneId(), one.staysId()))
                .compose(both -> {
                    Versions.require(goneVersion, both.gone().version(), "resident_changed");
                    Versions.require(staysVersion, both.stays().version(), "other_resident_changed");
                    return requireFit(transaction, one, both);
                });
    }

    /** Locks both where one has bound the other's number, which is all that the other carries. */
    public Future<Void> requireClaimed(SqlConnection transaction, OnePerson one) {
        return store.lockBoth(transaction, one.districtId(), one.goneId(), one.staysId())
                .compose(locked -> store.isKnownOtherwise(transaction, one.districtId(), one.goneId()))
                .map(known -> {
                    if (known) {
                        throw Refusal.conflict("merge_other_way");
                    }
                    return null;
                });
    }

    /** Merges of a district go one after another. */
    public Future<Void> lock(SqlConnection transaction, UUID districtId) {
        return store.lockMerges(transaction, districtId);
    }

    /** The rows, on record with both. */
    public Future<Void> join(SqlConnection transaction, OnePerson one, String reason) {
        return store.join(transaction, one)
                .compose(done -> residents.note(
                        transaction, one.districtId(), one.byId(), one.goneId(), List.of("merged"), reason, one.now()))
                .compose(done -> residents.note(
                        transaction,
                        one.districtId(),
                        one.byId(),
                        one.staysId(),
                        List.of("merged"),
                        reason,
                        one.now()));
    }

    /** The person, the owners of their homes, and who acts for them. */
    public Future<Void> tell(SqlConnection transaction, OnePerson one) {
        return store.concerned(transaction, one)
                .compose(concerned -> tidings.tell(
                        transaction,
                        one.districtId(),
                        concerned.stream()
                                .filter(person -> !person.equals(one.byId()))
                                .map(person ->
                                        new Tidings.Tiding(person, "resident_merged", one.staysId(), new JsonObject()))
                                .toList(),
                        one.now()));
    }

    /** The entry that a row points to. */
    public Future<Optional<UUID>> mergedInto(SqlClient client, UUID districtId, UUID residentId) {
        return store.mergedInto(client, districtId, residentId);
    }

    private record Both(KnownResident gone, KnownResident stays) {}

    private Future<Both> requireBoth(SqlClient client, Caller caller, UUID goneId, UUID staysId) {
        if (goneId.equals(staysId)) {
            return Future.failedFuture(Faults.of("/intoResidentId", "same_resident"));
        }
        var seen = Future.all(sight(client, caller, goneId), sight(client, caller, staysId));
        return seen.compose(both -> {
                    Optional<KnownResident> gone = both.resultAt(0);
                    Optional<KnownResident> stays = both.resultAt(1);
                    if (gone.isPresent() == stays.isPresent()) {
                        return Future.succeededFuture(false);
                    }
                    // it is whoever looks after the one on record that confirms
                    return gone.isPresent()
                            ? store.isClaimed(client, caller, staysId, goneId)
                            : store.isClaimed(client, caller, goneId, staysId);
                })
                .compose(claimed ->
                        claimed ? claimed(client, caller, goneId, staysId) : both(client, caller, goneId, staysId));
    }

    /** The one on record is the caller's to look after; the other says that they are that one, and has the number. */
    private Future<Both> claimed(SqlClient client, Caller caller, UUID goneId, UUID staysId) {
        if (goneId.equals(caller.personId()) || staysId.equals(caller.personId())) {
            return Future.failedFuture(Refusal.forbidden());
        }
        var gone = residents.find(client, caller.districtId(), goneId, List.of());
        var stays = residents.find(client, caller.districtId(), staysId, List.of());
        return Future.all(gone, stays)
                .compose(all -> forCaller(
                        client,
                        caller,
                        present(gone.result()).orElseThrow(Refusal::notFound),
                        present(stays.result()).orElseThrow(Refusal::notFound)));
    }

    private static Optional<KnownResident> present(Optional<KnownResident> found) {
        return found.filter(each -> !each.erased());
    }

    private Future<Both> both(SqlClient client, Caller caller, UUID goneId, UUID staysId) {
        return requireSight(client, caller, goneId)
                .compose(gone -> sight(client, caller, staysId)
                        .map(found -> found.orElseThrow(() -> Faults.of("/intoResidentId", "resident_unknown")))
                        .compose(stays -> forCaller(client, caller, gone, stays)));
    }

    /** Two logins are two people who say who they are: that is for somebody above to decide. */
    private Future<Both> forCaller(SqlClient client, Caller caller, KnownResident gone, KnownResident stays) {
        if (!gone.hasLogin() || !stays.hasLogin()) {
            return Future.succeededFuture(new Both(gone, stays));
        }
        return Future.all(isUnder(client, caller, gone.id()), isUnder(client, caller, stays.id()))
                .map(under -> {
                    if (under.<Boolean>list().contains(false)) {
                        throw Refusal.forbidden();
                    }
                    return new Both(gone, stays);
                });
    }

    private Future<Boolean> isUnder(SqlClient client, Caller caller, UUID residentId) {
        var places = caller.scopesOf(Role.SUPERVISOR);
        return places.isEmpty()
                ? Future.succeededFuture(false)
                : store.isUnder(client, caller.districtId(), residentId, places, caller.personId());
    }

    private Future<Void> requireFit(SqlClient client, OnePerson one, Both both) {
        if (both.gone().birthDateVerified()
                && both.stays().birthDateVerified()
                && !Objects.equals(both.gone().birthDate(), both.stays().birthDate())) {
            throw Refusal.conflict("birth_dates_differ");
        }
        return store.isKnownOtherwise(client, one.districtId(), one.goneId())
                .compose(known -> {
                    if (known) {
                        throw Refusal.conflict("merge_other_way");
                    }
                    // a login that moves would be let in wherever the other is known
                    return both.gone().hasLogin()
                            ? store.isKnownOtherwise(client, one.districtId(), one.staysId())
                            : Future.succeededFuture(false);
                })
                .map(known -> {
                    if (known) {
                        throw Refusal.conflict("known_elsewhere");
                    }
                    return null;
                });
    }

    private Future<KnownResident> requireSight(SqlClient client, Caller caller, UUID residentId) {
        return sight(client, caller, residentId)
                .compose(seen -> seen.map(Future::succeededFuture)
                        .orElseGet(() -> residents
                                .find(client, caller.districtId(), residentId, List.of())
                                .map(found -> {
                                    if (found.filter(each -> !each.erased()).isPresent()
                                            && (Wards.meetsEverybody(caller)
                                                    || caller.personId().equals(residentId))) {
                                        throw Refusal.forbidden();
                                    }
                                    throw Refusal.notFound();
                                })));
    }

    /** Of a grid member whom they look after, of a supervisor who belongs to their place; nobody themself. */
    private Future<Optional<KnownResident>> sight(SqlClient client, Caller caller, UUID residentId) {
        return isUnder(client, caller, residentId)
                .compose(is -> is ? Future.succeededFuture(true) : wards.has(client, caller, residentId))
                .compose(may -> may
                        ? residents
                                .find(client, caller.districtId(), residentId, caller.scopesOf(Role.GRID_MEMBER))
                                .map(found -> found.filter(each -> !each.erased()))
                        : Future.succeededFuture(Optional.empty()));
    }
}

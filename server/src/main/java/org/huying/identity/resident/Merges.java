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
import org.huying.identity.claim.Claims;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Versions;

/** Who may say that two residents are one person, and what is known of them then. */
public final class Merges {
    private final ResidentStore residents;
    private final MergeStore store;
    private final Claims claims;
    private final Tidings tidings;

    public Merges(FieldCipher cipher, Claims claims, Tidings tidings) {
        this.residents = new ResidentStore(cipher);
        this.store = new MergeStore(cipher);
        this.claims = claims;
        this.tidings = tidings;
    }

    /** One after another in a district; empty where it has been done already. */
    public Future<Boolean> begin(SqlConnection transaction, Caller caller, UUID goneId, UUID staysId) {
        return store.lockMerges(transaction, caller.districtId())
                .compose(locked -> store.mergedInto(transaction, caller.districtId(), goneId))
                .compose(into -> into.isPresent() && into.get().equals(staysId)
                        ? look(transaction, caller, staysId)
                                .map(looked -> requireSeen(caller, looked))
                                .map(seen -> false)
                        : requireBoth(transaction, caller, goneId, staysId).map(seen -> true));
    }

    /**
     * What whoever merges two residents has seen of them.
     *
     * @param isUnlike whether they have seen that nothing about them is the same
     */
    public record Sighting(int goneVersion, int staysVersion, boolean isUnlike) {}

    /** Locks both, and what one claims to be of the other, and finds them as they were seen. */
    public Future<Void> require(SqlConnection transaction, Caller caller, OnePerson one, Sighting seen) {
        return store.lockBoth(transaction, one.districtId(), one.goneId(), one.staysId())
                .compose(locked -> claims.lockBetween(transaction, one))
                .compose(locked -> requireBoth(transaction, caller, one.goneId(), one.staysId()))
                .compose(both -> {
                    Versions.require(seen.goneVersion(), both.gone().version(), "resident_changed");
                    Versions.require(seen.staysVersion(), both.stays().version(), "other_resident_changed");
                    requireLike(both, seen);
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

    /**
     * Somebody of the district.
     *
     * @param isSeen  whether the caller looks after them, or decides on them
     * @param isUnder whether they decide on them as a supervisor
     */
    private record Seen(KnownResident resident, boolean isSeen, boolean isUnder) {}

    private Future<Both> requireBoth(SqlClient client, Caller caller, UUID goneId, UUID staysId) {
        if (goneId.equals(staysId)) {
            return Future.failedFuture(Faults.of("/intoResidentId", "same_resident"));
        }
        var gone = look(client, caller, goneId);
        var stays = look(client, caller, staysId);
        return Future.all(gone, stays)
                .compose(looked -> isClaimed(client, caller, gone.result(), stays.result()))
                .map(claimed -> {
                    if (!claimed) {
                        return decided(requireSeen(caller, gone.result()), requireOther(stays.result()));
                    }
                    if (goneId.equals(caller.personId()) || staysId.equals(caller.personId())) {
                        throw Refusal.forbidden();
                    }
                    return decided(gone.result().orElseThrow(), stays.result().orElseThrow());
                });
    }

    private static Seen requireOther(Optional<Seen> looked) {
        return looked.filter(Seen::isSeen).orElseThrow(() -> Faults.of("/intoResidentId", "resident_unknown"));
    }

    /** It is whoever is in charge of the one on record that confirms; the other says that they are that one. */
    private Future<Boolean> isClaimed(SqlClient client, Caller caller, Optional<Seen> gone, Optional<Seen> stays) {
        if (gone.isEmpty()
                || stays.isEmpty()
                || gone.get().isSeen() == stays.get().isSeen()) {
            return Future.succeededFuture(false);
        }
        var goneId = gone.get().resident().id();
        var staysId = stays.get().resident().id();
        if (gone.get().isSeen()) {
            return claims.isClaimed(client, caller, staysId, goneId);
        }
        return claims.isClaimed(client, caller, goneId, staysId);
    }

    /** Two logins are two people who say who they are: that is for somebody above both to decide. */
    private static Both decided(Seen gone, Seen stays) {
        if (gone.resident().hasLogin() && stays.resident().hasLogin() && !(gone.isUnder() && stays.isUnder())) {
            throw Refusal.forbidden();
        }
        return new Both(gone.resident(), stays.resident());
    }

    /** What two documents say apart is no one person; and a slip of the hand names somebody who has nothing of the other. */
    private static void requireLike(Both both, Sighting seen) {
        var gone = both.gone();
        var stays = both.stays();
        if (gone.birthDateVerified()
                && stays.birthDateVerified()
                && !Objects.equals(gone.birthDate(), stays.birthDate())) {
            throw Refusal.conflict("birth_dates_differ");
        }
        if (!seen.isUnlike() && !gone.isLike(stays)) {
            throw Refusal.conflict("residents_unlike");
        }
    }

    private Future<Void> requireFit(SqlClient client, OnePerson one, Both both) {
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

    private static Seen requireSeen(Caller caller, Optional<Seen> looked) {
        var there = looked.orElseThrow(Refusal::notFound);
        if (there.isSeen()) {
            return there;
        }
        throw Wards.meetsEverybody(caller)
                        || caller.personId().equals(there.resident().id())
                ? Refusal.forbidden()
                : Refusal.notFound();
    }

    /** Nobody looks after themself, nor decides on themself. */
    private Future<Optional<Seen>> look(SqlClient client, Caller caller, UUID residentId) {
        return store.standing(client, caller, residentId)
                .compose(standing -> standing.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : residents
                                .find(client, caller.districtId(), residentId, List.of())
                                .map(found -> found.map(resident -> new Seen(
                                        resident,
                                        standing.get().isWard()
                                                || standing.get().isUnder(),
                                        standing.get().isUnder()))));
    }
}

package org.huying.identity.claim;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.personal.OnePerson;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.identity.Tidings;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Versions;
import org.jspecify.annotations.Nullable;

/** Residents who say that they are somebody on record, because the number that they have bound is on it. */
public final class Claims {
    /** So long whoever may confirm it has time for it. */
    private static final Duration ANSWERED_WITHIN = Duration.ofDays(30);

    private final ClaimStore store;
    private final Tidings tidings;

    public Claims(FieldCipher cipher, Tidings tidings) {
        this.store = new ClaimStore(cipher);
        this.tidings = tidings;
    }

    /** Whom the resident may say to be; ten at most. */
    public static Future<List<ClaimOffer>> offers(
            SqlClient client, FieldCipher cipher, UUID districtId, UUID claimantId) {
        return new ClaimStore(cipher).offers(client, districtId, claimantId);
    }

    /** Whoever is not offered is not there. */
    public Future<ClaimOffer> require(SqlClient client, Caller caller, UUID residentId, int version) {
        return store.offer(client, caller.districtId(), caller.personId(), residentId)
                .map(found -> {
                    var offer = found.orElseThrow(Refusal::notFound);
                    Versions.require(version, offer.version(), "resident_changed");
                    return offer;
                });
    }

    /**
     * Waits for whoever may confirm it; those whom it concerns are told, once. Refuses what was declined a short while ago.
     *
     * @return the claim that waits, this one or the one of before
     */
    public Future<UUID> wait(SqlConnection transaction, Caller caller, UUID residentId, Instant now) {
        return store.ofPair(transaction, caller.districtId(), caller.personId(), residentId)
                .compose(found -> {
                    if (found.isPresent() && !found.get().status().leadsTo(ClaimStatus.PENDING)) {
                        return Future.succeededFuture(found.get().id());
                    }
                    found.ifPresent(before -> requireRested(before, now));
                    var id = Ids.next();
                    return store.claim(transaction, caller.districtId(), caller.personId(), residentId, id, now)
                            .compose(made -> tell(transaction, caller, residentId, now))
                            .map(id);
                });
    }

    private static void requireRested(KnownClaim before, Instant now) {
        var endedAt = before.endedAt();
        if (endedAt != null && now.isBefore(before.status().againAt(endedAt))) {
            throw Refusal.conflict(
                    "claim_declined",
                    Map.of("claimAgainAt", before.status().againAt(endedAt).toString()));
        }
    }

    /** Those whom it concerns learn that somebody says to be the one on record. */
    public Future<Void> tell(SqlConnection transaction, Caller caller, UUID residentId, Instant now) {
        return store.concerned(transaction, caller.districtId(), residentId)
                .compose(concerned -> tidings.tell(
                        transaction,
                        caller.districtId(),
                        concerned.stream()
                                .filter(person -> !person.equals(caller.personId()))
                                .map(person ->
                                        new Tidings.Tiding(person, "resident_claimed", residentId, new JsonObject()))
                                .toList(),
                        now));
    }

    /** Until the transaction ends nobody settles what one of the two says to be of the other. */
    public Future<Void> lockBetween(SqlConnection transaction, OnePerson one) {
        return store.lockBetween(transaction, one.districtId(), one.goneId(), one.staysId());
    }

    /** Whether somebody claims to be the one on record, whose number is not the caller's word. */
    public Future<Boolean> isClaimed(SqlClient client, Caller caller, UUID claimantId, UUID recordId) {
        return store.isClaimed(client, caller, claimantId, recordId);
    }

    /** By whoever may confirm it; the claimant is told, and reads why. */
    public Future<OwnClaim> decline(
            SqlConnection transaction, Caller caller, UUID claimId, String reason, Instant now) {
        return known(transaction, caller, claimId)
                .compose(claim -> {
                    if (isOwn(claim, caller) || claim.isHeld()) {
                        throw Refusal.forbidden();
                    }
                    return end(transaction, caller, claim, ClaimStatus.DECLINED, reason, now);
                })
                .compose(claim -> tellEnd(transaction, caller.districtId(), "claim_declined", List.of(claim), now))
                .compose(told -> store.one(transaction, caller.districtId(), claimId));
    }

    /** By the claimant. */
    public Future<OwnClaim> withdraw(SqlConnection transaction, Caller caller, UUID claimId, Instant now) {
        return known(transaction, caller, claimId)
                .compose(claim -> {
                    if (!isOwn(claim, caller) || !caller.isResident()) {
                        throw Refusal.forbidden();
                    }
                    return end(transaction, caller, claim, ClaimStatus.WITHDRAWN, null, now);
                })
                .compose(claim -> store.one(transaction, caller.districtId(), claimId));
    }

    /** For the claimant, and for whoever is in charge of the one on record. */
    private Future<KnownClaim> known(SqlConnection transaction, Caller caller, UUID claimId) {
        return store.known(transaction, caller, claimId)
                .map(found -> found.filter(claim -> isOwn(claim, caller) || claim.isSeen())
                        .orElseThrow(Refusal::notFound));
    }

    private static boolean isOwn(KnownClaim claim, Caller caller) {
        return claim.claimantId().equals(caller.personId());
    }

    private Future<ClaimStore.Ended> end(
            SqlConnection transaction,
            Caller caller,
            KnownClaim claim,
            ClaimStatus status,
            @Nullable String reason,
            Instant now) {
        if (!claim.status().leadsTo(status)) {
            throw Refusal.conflict(
                    "claim_over", Map.of("claimStatus", claim.status().code()));
        }
        return store.end(transaction, caller, claim.id(), status, reason, now)
                .map(new ClaimStore.Ended(claim.id(), claim.claimantId()));
    }

    /** Whoever else said to be the one that somebody has now been found to be. */
    public Future<Void> endOvertaken(SqlConnection transaction, OnePerson one) {
        return store.endOvertaken(transaction, one.districtId(), one.staysId(), one.byId(), one.now())
                .compose(ended -> tellEnd(transaction, one.districtId(), "claim_declined", ended, one.now()));
    }

    /** Ends what nobody has answered; the claimants are told. How many there were. */
    public Future<Integer> expire(SqlConnection transaction, UUID districtId, Instant now, int limit) {
        return store.expire(transaction, districtId, now.minus(ANSWERED_WITHIN), now, limit)
                .compose(ended -> tellEnd(transaction, districtId, "claim_expired", ended, now)
                        .map(ended.size()));
    }

    /** Forgets those that ended before an instant. How many there were. */
    public Future<Integer> forget(SqlConnection transaction, UUID districtId, Instant endedBefore, int limit) {
        return store.forget(transaction, districtId, endedBefore, limit);
    }

    private Future<Void> tellEnd(
            SqlConnection transaction, UUID districtId, String kind, Collection<ClaimStore.Ended> ended, Instant now) {
        return tidings.tell(
                transaction,
                districtId,
                ended.stream()
                        .map(each -> new Tidings.Tiding(each.claimantId(), kind, each.id(), new JsonObject()))
                        .toList(),
                now);
    }

    /** Those that the caller may confirm or decline. */
    public Future<Page<ClaimView>> waiting(SqlClient client, Caller caller, @Nullable Cursor after, int limit) {
        return store.waiting(client, caller, after, limit + 1)
                .map(found -> Page.of(
                        found,
                        limit,
                        each -> List.of(each.createdAt().toString(), each.id().toString())));
    }

    /** The caller's own, also those that are over. */
    public Future<Page<OwnClaim>> own(SqlClient client, Caller caller, @Nullable Cursor after, int limit) {
        return store.own(client, caller, after, limit + 1)
                .map(found -> Page.of(
                        found,
                        limit,
                        each -> List.of(each.createdAt().toString(), each.id().toString())));
    }
}

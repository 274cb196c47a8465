package org.huying.account.merging;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.huying.account.personal.PersonalParts;
import org.huying.db.job.Job;
import org.huying.db.job.Jobs;
import org.huying.db.personal.OnePerson;
import org.huying.identity.claim.Claims;
import org.huying.identity.resident.Merges;
import org.huying.kernel.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Merges residents: all in one transaction, and once more when nothing of before can be under way any longer. The locks
 * come in one order: the merges of the district, the meals, the people, their claims.
 */
final class MergeService {
    /** The kind of job that fetches what came in for the entry that went while it was going. */
    static final String AGAIN = "merge_again";

    /** No writing transaction lives longer than 30 s, and within a second no token of theirs is good any more. */
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    private static final String BY_NUMBER = "本人绑定了登记的手机号";

    private final PersonalParts parts;

    private final Merges merges;
    private final Claims claims;
    private final Clock clock;

    MergeService(PersonalParts parts, Merges merges, Claims claims, Clock clock) {
        this.parts = parts;
        this.merges = merges;
        this.claims = claims;
        this.clock = clock;
    }

    /** What whoever merges has seen, and why they do. */
    record Asked(UUID goneId, UUID staysId, Merges.Sighting seen, String reason) {}

    Future<Void> merge(SqlConnection transaction, Caller caller, Asked asked) {
        var one =
                new OnePerson(caller.districtId(), asked.goneId(), asked.staysId(), caller.personId(), clock.instant());
        return merges.begin(transaction, caller, asked.goneId(), asked.staysId())
                .compose(toBeDone -> toBeDone ? merge(transaction, caller, one, asked) : Future.succeededFuture());
    }

    private Future<Void> merge(SqlConnection transaction, Caller caller, OnePerson one, Asked asked) {
        return parts.hold(transaction, one)
                .compose(held -> merges.require(transaction, caller, one, asked.seen()))
                .compose(fit -> unite(transaction, one, asked.reason()));
    }

    /**
     * What became of a claim.
     *
     * @param waitingId the claim that waits; none where they are one
     */
    record Claimed(@Nullable UUID waitingId) {}

    /**
     * By a resident who has bound the number of somebody on record. Where that one carries no more than the number and the
     * same name, they are one at once; else it waits for whoever is in charge of the one on record.
     */
    Future<Claimed> claim(SqlConnection transaction, Caller caller, UUID residentId, int version) {
        var one = new OnePerson(caller.districtId(), residentId, caller.personId(), caller.personId(), clock.instant());
        return merges.lock(transaction, caller.districtId())
                .compose(locked -> claims.require(transaction, caller, residentId, version))
                .compose(offer -> offer.numberSuffices()
                        ? claimAtOnce(transaction, caller, one, version)
                        : merges.requireClaimed(transaction, one)
                                .compose(locked -> claims.require(transaction, caller, residentId, version))
                                .compose(same -> leave(transaction, caller, one)));
    }

    /** Nobody looks at meals for what only waits; when they are held, the offer may be another. */
    private Future<Claimed> claimAtOnce(SqlConnection transaction, Caller caller, OnePerson one, int version) {
        return parts.hold(transaction, one)
                .compose(held -> merges.requireClaimed(transaction, one))
                .compose(locked -> claims.require(transaction, caller, one.goneId(), version))
                .compose(offer -> offer.numberSuffices()
                        ? claims.tell(transaction, caller, one.goneId(), one.now())
                                .compose(told -> unite(transaction, one, BY_NUMBER))
                                .map(new Claimed(null))
                        : leave(transaction, caller, one));
    }

    private Future<Claimed> leave(SqlConnection transaction, Caller caller, OnePerson one) {
        return claims.wait(transaction, caller, one.goneId(), one.now()).map(Claimed::new);
    }

    private Future<Void> unite(SqlConnection transaction, OnePerson one, String reason) {
        var again = Jobs.NewJob.of(AGAIN, one.goneId(), one.now().plus(AGAIN_AFTER));
        return merges.join(transaction, one, reason)
                .compose(done -> parts.follow(transaction, one))
                .compose(done -> claims.endOvertaken(transaction, one))
                .compose(done -> merges.tell(transaction, one))
                .compose(done -> Jobs.leave(transaction, one.districtId(), again));
    }

    /** What somebody did in the very moment. */
    Future<Void> mergeAgain(SqlConnection transaction, Job job) {
        return merges.mergedInto(transaction, job.districtId(), job.subjectId())
                .compose(into -> into.isEmpty()
                        ? Future.succeededFuture()
                        : again(
                                transaction,
                                new OnePerson(
                                        job.districtId(), job.subjectId(), into.get(), into.get(), clock.instant())));
    }

    private Future<Void> again(SqlConnection transaction, OnePerson one) {
        return parts.hold(transaction, one).compose(held -> parts.follow(transaction, one));
    }
}

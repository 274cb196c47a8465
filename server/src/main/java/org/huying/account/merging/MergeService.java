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
import org.huying.identity.resident.Claims;
import org.huying.identity.resident.Merges;
import org.huying.kernel.Caller;

/**
 * Merges residents: all in one transaction, and once more when nothing of before can be under way any longer. The locks
 * come in one order: the merges of the district, the meals, the people.
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
    record Asked(UUID goneId, int goneVersion, UUID staysId, int staysVersion, String reason) {}

    Future<Void> merge(SqlConnection transaction, Caller caller, Asked asked) {
        var one =
                new OnePerson(caller.districtId(), asked.goneId(), asked.staysId(), caller.personId(), clock.instant());
        return merges.begin(transaction, caller, asked.goneId(), asked.staysId())
                .compose(toBeDone -> toBeDone ? merge(transaction, caller, one, asked) : Future.succeededFuture());
    }

    private Future<Void> merge(SqlConnection transaction, Caller caller, OnePerson one, Asked asked) {
        return parts.hold(transaction, one)
                .compose(held -> merges.require(transaction, caller, one, asked.goneVersion(), asked.staysVersion()))
                .compose(fit -> unite(transaction, one, asked.reason()));
    }

    /**
     * By a resident who has bound the number of somebody on record. Where that one carries no more than the number and the
     * same name, they are one at once; else it waits for the grid member. Whether they are.
     */
    Future<Boolean> claim(SqlConnection transaction, Caller caller, UUID residentId, int version) {
        var now = clock.instant();
        var one = new OnePerson(caller.districtId(), residentId, caller.personId(), caller.personId(), now);
        return merges.lock(transaction, caller.districtId())
                .compose(locked -> claims.require(transaction, caller, residentId, version))
                .compose(seen -> merges.requireClaimed(transaction, one))
                .compose(locked -> claims.require(transaction, caller, residentId, version))
                .compose(offer -> offer.numberSuffices()
                        ? claims.tell(transaction, caller, residentId, now)
                                .compose(told -> unite(transaction, one, BY_NUMBER))
                                .map(true)
                        : claims.wait(transaction, caller, residentId, now).map(false));
    }

    private Future<Void> unite(SqlConnection transaction, OnePerson one, String reason) {
        var again = Jobs.NewJob.of(AGAIN, one.goneId(), one.now().plus(AGAIN_AFTER));
        return merges.join(transaction, one, reason)
                .compose(done -> parts.follow(transaction, one))
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

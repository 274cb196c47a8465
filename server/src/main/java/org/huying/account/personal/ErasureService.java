package org.huying.account.personal;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.job.Job;
import org.huying.db.job.Jobs;
import org.huying.db.personal.PersonalData.Person;
import org.huying.db.personal.PersonalData.Unfinished;
import org.huying.identity.resident.Profiles;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** Erases residents: all in one transaction, and once more when nothing of before can be under way any longer. */
final class ErasureService {
    /** The kind of job that erases what came in while the resident was being erased. */
    static final String AGAIN = "erase_again";

    /** No writing transaction lives longer than 30 s, and within a second no token of theirs is good any more. */
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    private final PersonalParts parts;
    private final Profiles profiles;
    private final Clock clock;

    ErasureService(PersonalParts parts, Profiles profiles, Clock clock) {
        this.parts = parts;
        this.profiles = profiles;
        this.clock = clock;
    }

    /** Everywhere: the login is one for all districts. */
    Future<Void> eraseOwn(SqlConnection transaction, Caller caller) {
        return ErasureStore.hold(transaction, caller.personId())
                .compose(isOneself -> isOneself
                        ? ErasureStore.everywhere(transaction, caller.personId())
                        : Future.failedFuture(Refusal.conflict("resident_changed")))
                .compose(everywhere -> erase(transaction, everywhere, caller.personId(), null));
    }

    /** By an administrator or a grid member. Somebody known in other districts, too, is theirs alone to erase. */
    Future<Void> eraseOther(SqlConnection transaction, Caller caller, UUID residentId, String reason) {
        return profiles.isToBeErased(transaction, caller, residentId)
                .compose(toBeErased -> toBeErased
                        ? ErasureStore.everywhere(transaction, residentId).compose(everywhere -> {
                            if (everywhere.stream()
                                    .anyMatch(each -> !each.districtId().equals(caller.districtId()))) {
                                throw Refusal.conflict("known_elsewhere");
                            }
                            return erase(
                                    transaction,
                                    everywhere.isEmpty()
                                            ? List.of(new Person(caller.districtId(), residentId))
                                            : everywhere,
                                    caller.personId(),
                                    reason);
                        })
                        : Future.succeededFuture());
    }

    /** What somebody did in the very moment. */
    Future<Void> eraseAgain(SqlConnection transaction, Job job) {
        return parts.erase(transaction, new Person(job.districtId(), job.subjectId()), clock.instant());
    }

    private Future<Void> erase(
            SqlConnection transaction, List<Person> everywhere, UUID actorId, @Nullable String reason) {
        return requireNothingUnfinished(transaction, everywhere).compose(finished -> {
            Future<Void> erased = Future.succeededFuture();
            for (var person : everywhere) {
                erased = erased.compose(before -> erase(transaction, person, actorId, reason));
            }
            return erased;
        });
    }

    private Future<Void> erase(SqlConnection transaction, Person person, UUID actorId, @Nullable String reason) {
        var now = clock.instant();
        return Jobs.leave(transaction, person.districtId(), Jobs.NewJob.of(AGAIN, person.id(), now.plus(AGAIN_AFTER)))
                .compose(left -> profiles.noteErased(transaction, person.districtId(), actorId, person.id(), reason))
                .compose(noted -> parts.erase(transaction, person, now));
    }

    private Future<Void> requireNothingUnfinished(SqlConnection transaction, List<Person> everywhere) {
        var unfinished = new ArrayList<Unfinished>();
        Future<Void> asked = Future.succeededFuture();
        for (var person : everywhere) {
            asked = asked.compose(before -> parts.unfinished(transaction, person))
                    .onSuccess(unfinished::addAll)
                    .mapEmpty();
        }
        return asked.map(done -> {
            if (!unfinished.isEmpty()) {
                throw Refusal.conflict("something_open", Map.of("unfinished", views(unfinished)));
            }
            return null;
        });
    }

    private static List<JsonObject> views(List<Unfinished> unfinished) {
        return unfinished.stream()
                .map(each -> new JsonObject()
                        .put("kind", each.kind())
                        .put("id", each.id().toString()))
                .toList();
    }
}

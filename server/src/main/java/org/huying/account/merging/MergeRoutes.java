package org.huying.account.merging;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.huying.account.personal.PersonalParts;
import org.huying.db.job.JobHandler;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.resident.Merges;

/** Saying that two residents are one person, over HTTP. */
public final class MergeRoutes implements Operations.Binder {
    private final MergeService merging;

    public MergeRoutes(PersonalParts parts, Merges merges, Clock clock) {
        merging = new MergeService(parts, merges, clock);
    }

    /** What this room does later. */
    public static Map<String, JobHandler> jobs(PersonalParts parts, Merges merges, Clock clock) {
        return Map.of(MergeService.AGAIN, new MergeService(parts, merges, clock)::mergeAgain);
    }

    @Override
    public void bind(Operations operations) {
        operations.command("mergeResident", Access.signedIn(), this::merge);
    }

    private Future<Answer> merge(Call call, SqlConnection transaction) {
        var body = call.body();
        var into = UUID.fromString(body.getString("intoResidentId"));
        var asked = new MergeService.Asked(
                call.id("residentId"),
                body.getInteger("version"),
                into,
                body.getInteger("intoResidentVersion"),
                body.getString("reason"));
        return merging.merge(transaction, call.caller(), asked)
                .map(Answer.ok(Map.of("residentId", into.toString())));
    }
}

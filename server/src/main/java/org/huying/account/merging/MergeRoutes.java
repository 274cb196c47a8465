package org.huying.account.merging;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.huying.account.personal.PersonalParts;
import org.huying.db.Database;
import org.huying.db.job.JobHandler;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.claim.Claims;
import org.huying.identity.resident.Merges;
import org.huying.kernel.Role;

/** Saying that two residents are one person, by others or by oneself, over HTTP. */
public final class MergeRoutes implements Operations.Binder {
    private final Database database;
    private final MergeService merging;
    private final Claims claims;
    private final Clock clock;

    public MergeRoutes(Database database, PersonalParts parts, Merges merges, Claims claims, Clock clock) {
        this.database = database;
        this.merging = new MergeService(parts, merges, claims, clock);
        this.claims = claims;
        this.clock = clock;
    }

    /** What this room does later. */
    public static Map<String, JobHandler> jobs(PersonalParts parts, Merges merges, Claims claims, Clock clock) {
        return Map.of(MergeService.AGAIN, new MergeService(parts, merges, claims, clock)::mergeAgain);
    }

    @Override
    public void bind(Operations operations) {
        operations.command("mergeResident", Access.signedIn(), this::merge);
        operations.command("claimResident", Access.anyOf(Role.RESIDENT), this::claim);
        operations.query("listMyClaims", Access.anyOf(Role.RESIDENT), this::own);
        operations.query("listClaims", Access.anyOf(Role.GRID_MEMBER, Role.SUPERVISOR), this::list);
        operations.command("declineClaim", Access.signedIn(), this::decline);
        operations.command("withdrawClaim", Access.signedIn(), this::withdraw);
    }

    private Future<Answer> claim(Call call, SqlConnection transaction) {
        var residentId = UUID.fromString(call.body().getString("residentId"));
        return merging.claim(transaction, call.caller(), residentId, call.body().getInteger("version"))
                .map(claimed -> {
                    var waiting = claimed.waitingId();
                    return Answer.ok(
                            waiting == null
                                    ? Map.of("status", "merged")
                                    : Map.of("status", "pending", "claimId", waiting.toString()));
                });
    }

    private Future<Answer> own(Call call) {
        return database.read(client -> claims.own(client, call.caller(), call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> decline(Call call, SqlConnection transaction) {
        var reason = call.body().getString("reason");
        return claims.decline(transaction, call.caller(), call.id("claimId"), reason, clock.instant())
                .map(Answer::ok);
    }

    private Future<Answer> withdraw(Call call, SqlConnection transaction) {
        return claims.withdraw(transaction, call.caller(), call.id("claimId"), clock.instant())
                .map(Answer::ok);
    }

    private Future<Answer> list(Call call) {
        return database.read(client -> claims.waiting(client, call.caller(), call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> merge(Call call, SqlConnection transaction) {
        var body = call.body();
        var into = UUID.fromString(body.getString("intoResidentId"));
        var seen = new Merges.Sighting(
                body.getInteger("version"), body.getInteger("intoResidentVersion"), body.getBoolean("unlike", false));
        var asked = new MergeService.Asked(call.id("residentId"), into, seen, body.getString("reason"));
        return merging.merge(transaction, call.caller(), asked).map(Answer.ok(Map.of("residentId", into.toString())));
    }
}

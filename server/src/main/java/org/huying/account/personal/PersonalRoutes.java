package org.huying.account.personal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.huying.db.Database;
import org.huying.db.job.JobHandler;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.resident.Profiles;
import org.huying.kernel.Limit;
import org.huying.kernel.Role;
import org.huying.redis.Limiter;

/** One's own data over HTTP. */
public final class PersonalRoutes implements Operations.Binder {
    private static final Limit EXPORTS = new Limit(10, Duration.ofHours(1));

    private final ExportService exports;
    private final ErasureService erasures;
    private final Limiter limiter;

    public PersonalRoutes(
            Vertx vertx, Database database, PersonalParts parts, Profiles profiles, Clock clock, Limiter limiter) {
        this.exports = new ExportService(vertx, database, parts, clock);
        this.erasures = new ErasureService(parts, profiles, clock);
        this.limiter = limiter;
    }

    /** What this room does later. */
    public static Map<String, JobHandler> jobs(PersonalParts parts, Profiles profiles, Clock clock) {
        return Map.of(ErasureService.AGAIN, new ErasureService(parts, profiles, clock)::eraseAgain);
    }

    @Override
    public void bind(Operations operations) {
        // its own transaction, and no tag: nobody is to keep it
        operations.unmanaged("exportMe", Access.signedIn(), this::export);
        operations.command("eraseMe", Access.anyOf(Role.RESIDENT), this::eraseMe);
        operations.command("eraseResident", Access.signedIn(), this::eraseResident);
    }

    private Future<Answer> export(Call call) {
        return limiter.take("export:" + call.caller().personId(), EXPORTS)
                .compose(taken -> exports.export(call.caller()))
                .map(file -> Answer.file("application/zip", file, "huying-data.zip", "呼应-我的数据.zip"));
    }

    private Future<Answer> eraseMe(Call call, SqlConnection transaction) {
        return erasures.eraseOwn(transaction, call.caller()).map(done -> Answer.noContent());
    }

    private Future<Answer> eraseResident(Call call, SqlConnection transaction) {
        return erasures.eraseOther(
                        transaction,
                        call.caller(),
                        call.id("residentId"),
                        call.body().getString("reason"))
                .map(done -> Answer.noContent());
    }
}

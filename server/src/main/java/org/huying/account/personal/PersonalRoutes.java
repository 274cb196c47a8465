package org.huying.account.personal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.Map;
import org.huying.db.Database;
import org.huying.db.job.JobHandler;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.resident.Profiles;
import org.huying.kernel.Role;

/** One's own data over HTTP. */
public final class PersonalRoutes implements Operations.Binder {
    private final ExportService exports;
    private final ErasureService erasures;

    public PersonalRoutes(Vertx vertx, Database database, PersonalParts parts, Profiles profiles, Clock clock) {
        this.exports = new ExportService(vertx, database, parts, clock);
        this.erasures = new ErasureService(parts, profiles, clock);
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
        return exports.export(call.caller(), call.hold())
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

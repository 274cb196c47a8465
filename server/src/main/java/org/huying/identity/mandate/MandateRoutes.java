package org.huying.identity.mandate;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/** Mandates over HTTP. */
final class MandateRoutes implements Operations.Binder {
    /** For each person, so that nobody tries codes out. */
    private final Database database;

    private final Clock clock;
    private final MandateService mandates;

    MandateRoutes(Database database, MandateService mandates, Clock clock) {
        this.database = database;
        this.mandates = mandates;
        this.clock = clock;
    }

    @Override
    public void bind(Operations operations) {
        operations.command("offerMandate", Access.anyOf(Role.RESIDENT, Role.GRID_MEMBER), this::offer);
        operations.command("acceptMandate", Access.signedIn(), this::accept);
        operations.query("listMandates", Access.signedIn(), this::list);
        operations.command("revokeMandate", Access.signedIn(), this::revoke);
    }

    private Future<Answer> offer(Call call, SqlConnection transaction) {
        return mandates.offer(transaction, call.caller(), offer(call.body()), clock.instant())
                .map(Answer::created);
    }

    private Future<Answer> accept(Call call, SqlConnection transaction) {
        var code = InviteCode.typed(call.body().getString("inviteCode"));
        return mandates.accept(transaction, call.caller(), code, clock.instant())
                .map(Answer::ok);
    }

    private Future<Answer> list(Call call) {
        return database.read(client -> mandates.list(
                        client, call.caller(), call.optionalId("residentId"), call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> revoke(Call call, SqlConnection transaction) {
        return mandates.revoke(transaction, call.caller(), call.id("mandateId"), clock.instant())
                .map(done -> Answer.noContent());
    }

    private static Offer offer(JsonObject body) {
        JsonArray scope = body.getJsonArray("scope");
        var until = body.getString("until");
        return new Offer(
                uuid(body, "grantorId"),
                scope.contains("booking"),
                scope.contains("ticket"),
                until == null ? null : OffsetDateTime.parse(until).toInstant(),
                body.getString("consentNote"),
                uuid(body, "consentPhotoId"));
    }

    private static @Nullable UUID uuid(JsonObject body, String name) {
        var text = body.getString(name);
        return text == null ? null : UUID.fromString(text);
    }
}

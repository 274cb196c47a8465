package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Role;
import org.huying.place.Places;

/** Imports over HTTP. */
public final class RosterRoutes implements Operations.Binder {
    private final Database database;
    private final RosterService imports;

    public RosterRoutes(Vertx vertx, Database database, FieldCipher cipher, Places places, Clock clock) {
        this.database = database;
        this.imports = new RosterService(vertx, cipher, places, clock);
    }

    @Override
    public void bind(Operations operations) {
        var admin = Access.anyOf(Role.ADMIN);
        operations.prepared("startImport", admin, this::start);
        operations.query("getImport", Access.signedIn(), this::get);
        operations.query("listImportRows", Access.signedIn(), this::rows);
        operations.command("decideImportRow", Access.signedIn(), this::decide);
        operations.command("undoImport", Access.signedIn(), this::undo);
    }

    private Future<Operations.Command> start(Call call) {
        var order = new RosterService.Order(
                Boolean.TRUE.equals(call.flag("dryRun")),
                Boolean.TRUE.equals(call.flag("skipBad")),
                call.text("digest"));
        return imports.read(call.caller(), Kind.of(call.requiredText("kind")), call.part("file"), call.hold())
                .map(handed -> (same, transaction) ->
                        imports.start(transaction, same.caller(), handed, order).map(Answer::created));
    }

    private Future<Answer> get(Call call) {
        return database.read(client -> imports.get(client, call.caller(), call.id("importId")))
                .map(Answer::ok);
    }

    private Future<Answer> decide(Call call, SqlConnection transaction) {
        var body = call.body();
        var resident = body.getString("residentId");
        var decision = new Decision(
                Decision.Choice.valueOf(body.getString("choice").toUpperCase(Locale.ROOT)),
                resident == null ? null : UUID.fromString(resident));
        return imports.decide(transaction, call.caller(), call.id("importId"), call.requiredNumber("row"), decision)
                .map(Answer::ok);
    }

    private Future<Answer> undo(Call call, SqlConnection transaction) {
        return imports.undo(transaction, call.caller(), call.id("importId")).map(Answer::ok);
    }

    private Future<Answer> rows(Call call) {
        return database.read(client -> imports.rows(
                        client,
                        call.caller(),
                        call.id("importId"),
                        call.text("outcome"),
                        call.cursor(),
                        call.limit(),
                        call::inWords))
                .map(Answer::ok);
    }
}

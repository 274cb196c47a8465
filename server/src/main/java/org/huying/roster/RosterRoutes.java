package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Role;

/** Imports over HTTP. */
public final class RosterRoutes implements Operations.Binder {
    private final Database database;
    private final RosterService imports;

    public RosterRoutes(Vertx vertx, Database database, FieldCipher cipher, Clock clock) {
        this.database = database;
        this.imports = new RosterService(vertx, new RosterStore(cipher), clock);
    }

    @Override
    public void bind(Operations operations) {
        var admin = Access.anyOf(Role.ADMIN);
        operations.prepared("startImport", admin, this::start);
        operations.query("getImport", Access.signedIn(), this::get);
        operations.query("listImportRows", Access.signedIn(), this::rows);
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

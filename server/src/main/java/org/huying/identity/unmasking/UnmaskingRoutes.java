package org.huying.identity.unmasking;

import io.vertx.core.Future;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.People;
import org.huying.kernel.Role;

/** The record of those who looked, over HTTP. */
public final class UnmaskingRoutes implements Operations.Binder {
    private final Database database;
    private final UnmaskingService service;

    public UnmaskingRoutes(Database database, FieldCipher cipher, People people) {
        this.database = database;
        this.service = new UnmaskingService(new UnmaskingStore(cipher), people);
    }

    @Override
    public void bind(Operations operations) {
        operations.query("listUnmaskings", Access.anyOf(Role.ADMIN, Role.SUPERVISOR), this::list);
        operations.query("listMyUnmaskings", Access.signedIn(), this::listMine);
    }

    private Future<Answer> list(Call call) {
        var residentId = call.optionalId("residentId");
        var staffId = call.optionalId("staffId");
        return database.read(
                        client -> service.list(client, call.caller(), residentId, staffId, call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> listMine(Call call) {
        return database.read(client -> service.listMine(client, call.caller(), call.cursor(), call.limit()))
                .map(Answer::ok);
    }
}

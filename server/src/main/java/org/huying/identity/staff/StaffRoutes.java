package org.huying.identity.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.identity.AccountAudit;
import org.huying.identity.CanteenNames;
import org.huying.identity.People;
import org.huying.identity.SharedIdentity;
import org.huying.identity.session.Sessions;
import org.huying.kernel.Role;
import org.huying.place.Places;

/** Staff accounts over HTTP. */
public final class StaffRoutes implements Operations.Binder {
    private final Database database;
    private final StaffReader reader;
    private final StaffService staff;

    public StaffRoutes(
            SharedIdentity shared, Database database, FieldCipher cipher, Places places, CanteenNames canteens) {
        var store = new StaffStore(cipher);
        var scopes = new Scopes(places, canteens);
        var audit = new AccountAudit(cipher);
        this.database = database;
        this.reader = new StaffReader(store, scopes, new People(cipher), audit);
        this.staff = new StaffService(
                store, reader, scopes, audit, new Sessions(shared.revoked(), shared.clock()), shared.clock());
    }

    @Override
    public void bind(Operations operations) {
        var upper = Access.anyOf(Above.upperRoles());
        operations.query("listStaff", upper, this::list);
        operations.query("searchStaff", upper, this::search);
        operations.query("getStaff", Access.signedIn(), this::get);
        operations.command("createStaff", upper, this::create);
        operations.command("changeStaff", Access.signedIn(), this::change);
        operations.command("suspendStaff", Access.signedIn(), this::suspend);
        operations.command("resumeStaff", Access.signedIn(), this::resume);
        operations.command("resetStaffPassword", Access.signedIn(), this::resetPassword);
    }

    private Future<Answer> list(Call call) {
        var filter = new StaffFilter(call.text("role"), call.optionalId("scopeId"), call.text("query"), null);
        return list(call, filter);
    }

    private Future<Answer> search(Call call) {
        return list(call, StaffFilter.ofName(call.body().getString("name")));
    }

    private Future<Answer> list(Call call, StaffFilter filter) {
        return database.read(client -> reader.list(client, call.caller(), filter, call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> get(Call call) {
        return database.read(client -> reader.get(client, call.caller(), call.id("staffId")))
                .map(Answer::ok);
    }

    private Future<Answer> create(Call call, SqlConnection transaction) {
        var body = call.body();
        var asked = new StaffService.NewAccount(
                body.getString("username"), body.getString("name").strip(), grants(body.getJsonArray("grants")));
        return staff.create(transaction, call.caller(), asked).map(issued -> secret(201, issued));
    }

    private Future<Answer> change(Call call, SqlConnection transaction) {
        var name = call.body().getString("name");
        var grants = call.body().getJsonArray("grants");
        var asked = new StaffService.Change(
                call.body().getInteger("version"),
                name == null ? null : name.strip(),
                grants == null ? null : grants(grants));
        return staff.change(transaction, call.caller(), call.id("staffId"), asked)
                .map(Answer::ok);
    }

    private Future<Answer> suspend(Call call, SqlConnection transaction) {
        return staff.suspend(transaction, call.caller(), seen(call), call.body().getString("reason"))
                .map(Answer::ok);
    }

    private Future<Answer> resume(Call call, SqlConnection transaction) {
        return staff.resume(transaction, call.caller(), seen(call)).map(Answer::ok);
    }

    private Future<Answer> resetPassword(Call call, SqlConnection transaction) {
        return staff.resetPassword(transaction, call.caller(), seen(call)).map(issued -> secret(200, issued));
    }

    private static StaffService.Seen seen(Call call) {
        return new StaffService.Seen(call.id("staffId"), call.body().getInteger("version"));
    }

    private static List<AskedGrant> grants(JsonArray asked) {
        return asked.stream()
                .map(each -> (JsonObject) each)
                .map(each ->
                        new AskedGrant(Role.of(each.getString("role")), UUID.fromString(each.getString("scopeId"))))
                .toList();
    }

    /** Codes are for nobody's cache. */
    private static Answer secret(int status, StaffView.Issued issued) {
        return new Answer(status, issued, Map.of("Cache-Control", "no-store"));
    }
}

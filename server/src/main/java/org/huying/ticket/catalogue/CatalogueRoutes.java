package org.huying.ticket.catalogue;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.http.Page;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;

/** The service catalogue over HTTP. */
public final class CatalogueRoutes implements Operations.Binder {
    private final Database database;
    private final Catalogue catalogue;

    public CatalogueRoutes(Database database, Catalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    @Override
    public void bind(Operations operations) {
        operations.query("listServiceItems", Access.signedIn(), this::list);
        operations.query("getServiceItem", Access.signedIn(), this::get);
        operations.command("createServiceItem", Access.anyOf(Role.ADMIN), this::create);
        operations.command("changeServiceItem", Access.signedIn(), this::change);
    }

    private Future<Answer> list(Call call) {
        var after = call.cursor();
        var code = after == null ? null : after.text(0);
        return database.read(client -> catalogue.list(client, call.caller().districtId(), code, call.limit() + 1))
                .map(rows -> Answer.ok(Page.of(rows, call.limit(), item -> List.of(item.code()))));
    }

    private Future<Answer> get(Call call) {
        var districtId = call.caller().districtId();
        var code = call.requiredText("code");
        var version = call.number("version");
        return database.read(client -> version == null
                        ? catalogue.present(client, districtId, code)
                        : catalogue.version(client, districtId, code, version))
                .map(found -> Answer.ok(found.orElseThrow(Refusal::notFound)));
    }

    private Future<Answer> create(Call call, SqlConnection transaction) {
        var body = call.body();
        var item = ServiceItem.first(body);
        Faults.refuse(ItemCheck.faults(item));
        var districtId = call.caller().districtId();
        return catalogue
                .present(transaction, districtId, item.code())
                .compose(found -> found.isPresent()
                        ? Future.failedFuture(Refusal.conflict("service_item_exists"))
                        : catalogue.add(transaction, districtId, item))
                .map(Answer.created(item));
    }

    /** The next version; of two who change the same one, the second is told. The kind decides which figures count it. */
    private Future<Answer> change(Call call, SqlConnection transaction) {
        var districtId = call.caller().districtId();
        return catalogue
                .present(transaction, districtId, call.requiredText("code"))
                .map(found -> found.orElseThrow(Refusal::notFound))
                .compose(present -> {
                    call.caller().require(Role.ADMIN);
                    Versions.require(call.body().getInteger("version"), present.version(), "service_item_changed");
                    var next = ServiceItem.of(call.body(), present.code(), present.version() + 1, present.kind());
                    Faults.refuse(ItemCheck.faults(next));
                    return catalogue.add(transaction, districtId, next).map(Answer.ok(next));
                });
    }
}

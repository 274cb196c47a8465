package org.huying.retention;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;

/** The settings over HTTP. The contract bounds each of them; the next night goes by what they are then. */
public final class RetentionRoutes implements Operations.Binder {
    private final Database database;
    private final RetentionStore store = new RetentionStore();

    /** The settings as the contract shows them. */
    record View(
            int version,
            int closedTicketTextsMonths,
            int photosMonths,
            int bookingDetailsMonths,
            int notificationsDays,
            int sessionsDays) {
        static View of(int version, RetentionSettings settings) {
            return new View(
                    version,
                    settings.closedTicketTextsMonths(),
                    settings.photosMonths(),
                    settings.bookingDetailsMonths(),
                    settings.notificationsDays(),
                    settings.sessionsDays());
        }
    }

    public RetentionRoutes(Database database) {
        this.database = database;
    }

    @Override
    public void bind(Operations operations) {
        operations.query("getRetention", Access.anyOf(Role.ADMIN), this::get);
        operations.command("setRetention", Access.anyOf(Role.ADMIN), this::set);
    }

    private Future<Answer> get(Call call) {
        return database.read(client -> view(client, call.caller().districtId())).map(Answer::ok);
    }

    private Future<Answer> set(Call call, SqlConnection transaction) {
        var settings = RetentionSettings.from(call.body());
        var districtId = call.caller().districtId();
        return store.change(transaction, districtId)
                .compose(before -> {
                    Versions.require(call.body().getInteger("version"), before, "retention_changed");
                    return store.set(transaction, districtId, settings);
                })
                .compose(done -> view(transaction, districtId))
                .map(Answer::ok);
    }

    private Future<View> view(SqlClient client, UUID districtId) {
        return store.settings(client, districtId)
                .compose(settings -> store.version(client, districtId).map(version -> View.of(version, settings)));
    }
}

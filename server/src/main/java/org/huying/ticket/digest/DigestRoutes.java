package org.huying.ticket.digest;

import io.vertx.core.Future;
import java.util.List;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.http.Page;

/** The digests over HTTP, for anybody who wants to keep them. */
public final class DigestRoutes implements Operations.Binder {
    private final Database database;
    private final DigestStore store = new DigestStore();

    public DigestRoutes(Database database) {
        this.database = database;
    }

    @Override
    public void bind(Operations operations) {
        operations.query("listLogDigests", Access.anyone(), this::list);
    }

    private Future<Answer> list(Call call) {
        return database.read(client -> store.list(
                        client,
                        call.optionalDate("date"),
                        call.optionalId("districtId"),
                        call.cursor(),
                        call.limit() + 1))
                .map(found -> Page.of(
                        found,
                        call.limit(),
                        each -> List.of(
                                each.date().toString(), each.districtId().toString())))
                .map(Answer::ok);
    }
}

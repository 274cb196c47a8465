package org.huying.metrics.publication;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.http.Page;
import org.huying.identity.People;
import org.huying.kernel.Role;
import org.huying.metrics.Frames;
import org.huying.place.Places;

/** Published months over HTTP. What a district has published, all who read its figures may read as a whole. */
public final class PublicationRoutes implements Operations.Binder {
    private final Database database;
    private final PublicationService publications;

    public PublicationRoutes(Database database, Places places, People people, Clock clock) {
        this.database = database;
        this.publications = new PublicationService(clock, places, people);
    }

    @Override
    public void bind(Operations operations) {
        operations.prepared("publishCompletionReport", Access.anyOf(Role.SUPERVISOR), this::publish);
        operations.query("draftCompletionReport", Access.anyOf(Role.SUPERVISOR), this::draft);
        operations.query("listCompletionReports", Access.anyOf(Frames.readers()), this::list);
        operations.query("getCompletionReport", Access.signedIn(), this::get);
        operations.query("checkCompletionReport", Access.signedIn(), this::check);
    }

    private Future<Answer> draft(Call call) {
        return database.inSnapshot(snapshot ->
                        publications.draft(snapshot, call.caller(), call.month("month"), call.optionalInstant("asOf")))
                .map(Answer::ok);
    }

    /** Counted before the transaction that keeps it, which so is short. */
    private Future<Operations.Command> publish(Call call) {
        var body = call.body();
        var month = YearMonth.parse(body.getString("month"));
        var asOf = OffsetDateTime.parse(body.getString("asOf")).toInstant();
        return database.inSnapshot(
                        snapshot -> publications.seen(snapshot, call.caller(), month, asOf, body.getString("digest")))
                .map(computed -> (again, transaction) -> publications
                        .publish(transaction, again.caller(), computed, body.getString("reason"))
                        .map(Answer::created));
    }

    private Future<Answer> list(Call call) {
        var month = call.text("month");
        return database.read(client -> publications.list(
                        client,
                        call.caller(),
                        month == null ? null : YearMonth.parse(month),
                        call.cursor(),
                        call.limit() + 1))
                .map(rows -> Answer.ok(Page.of(
                        rows,
                        call.limit(),
                        row -> List.of(row.publishedAt().toString(), row.id().toString()))));
    }

    private Future<Answer> get(Call call) {
        return database.read(client -> publications.get(client, call.caller(), call.id("reportId")))
                .map(Answer::ok);
    }

    private Future<Answer> check(Call call) {
        return database.inSnapshot(snapshot -> publications.check(snapshot, call.caller(), call.id("reportId")))
                .map(Answer::ok);
    }
}

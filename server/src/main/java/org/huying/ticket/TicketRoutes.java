package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/** Tickets over HTTP. */
public final class TicketRoutes implements Operations.Binder {
    private final Database database;
    private final Tickets tickets;

    public TicketRoutes(Database database, Tickets tickets) {
        this.database = database;
        this.tickets = tickets;
    }

    @Override
    public void bind(Operations operations) {
        operations.command(
                "submitTicket", Access.anyOf(Role.RESIDENT, Role.GRID_MEMBER, Role.HOTLINE_AGENT), this::submit);
        operations.query(
                "findSimilarTickets",
                Access.anyOf(Role.RESIDENT, Role.GRID_MEMBER, Role.HOTLINE_AGENT),
                this::findSimilar);
        operations.query("listTickets", Access.signedIn(), this::list);
        operations.query("countTickets", Access.signedIn(), this::count);
        operations.query("getTicket", Access.signedIn(), this::get);
        operations.query("listTicketEvents", Access.signedIn(), this::events);
        for (var action : Action.values()) {
            if (action.isOperation()) {
                operations.command(
                        action.operationId(), Access.signedIn(), (call, transaction) -> act(action, call, transaction));
            }
        }
    }

    private Future<Answer> submit(Call call, SqlConnection transaction) {
        var submission = submission(call.body());
        return tickets.submitOnce(transaction, call.caller(), submission)
                .compose(done -> tickets.reader().get(transaction, call.caller(), done.id()))
                .map(Answer::created);
    }

    private Future<Answer> findSimilar(Call call) {
        var body = call.body();
        var query = new Similar.Query(
                body.getString("serviceItemCode"),
                id(body, "householdId"),
                id(body, "placeId"),
                body.getString("text"));
        return database.read(client -> tickets.similar().find(client, call.caller(), query))
                .map(found -> Answer.ok(Map.of("items", found)));
    }

    private Future<Answer> list(Call call) {
        var filter = new TicketLists.Filter(
                call.text("status"),
                call.text("scope"),
                call.flag("overdue"),
                call.optionalId("assigneeId"),
                "due".equals(call.text("order")) ? TicketLists.Order.DUE : TicketLists.Order.NEWEST,
                call.cursor(),
                call.limit());
        return database.read(client -> tickets.lists().list(client, call.caller(), filter))
                .map(Answer::ok);
    }

    private Future<Answer> count(Call call) {
        return database.read(client -> tickets.lists().count(client, call.caller(), call.text("scope")))
                .map(Answer::ok);
    }

    private Future<Answer> get(Call call) {
        return database.read(client -> tickets.reader().get(client, call.caller(), call.id("ticketId")))
                .map(Answer::ok);
    }

    private Future<Answer> events(Call call) {
        var after = call.cursor();
        var afterSeq = after == null ? 0 : after.integer(0);
        return database.read(client ->
                        tickets.reader().events(client, call.caller(), call.id("ticketId"), afterSeq, call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> act(Action action, Call call, SqlConnection transaction) {
        var ticketId = call.id("ticketId");
        var input = new ActionInput(call.body().getMap());
        return tickets.act(transaction, call.caller(), ticketId, action, input)
                .compose(done -> tickets.reader().get(transaction, call.caller(), ticketId))
                .map(Answer::ok);
    }

    private static Submission submission(JsonObject body) {
        return new Submission(
                body.getString("serviceItemCode"),
                id(body, "householdId"),
                id(body, "placeId"),
                body.getString("spot"),
                body.getString("description"),
                body.getJsonArray("photoIds", new JsonArray()).stream()
                        .map(Object::toString)
                        .toList(),
                body.getJsonObject("attributes", new JsonObject()).stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().toString())),
                location(body.getJsonObject("location")),
                body.getBoolean("anonymous", false),
                id(body, "onBehalfOfId"),
                body.getString("channel"));
    }

    private static Submission.@Nullable Location location(@Nullable JsonObject json) {
        return json == null ? null : new Submission.Location(json.getDouble("lat"), json.getDouble("lng"));
    }

    private static @Nullable UUID id(JsonObject body, String name) {
        var text = body.getString(name);
        return text == null ? null : UUID.fromString(text);
    }
}

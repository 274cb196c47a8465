package org.huying.ticket.matrix;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.huying.testing.Reply;
import org.huying.ticket.matrix.ActionTable.Cell;
import org.huying.ticket.matrix.ActionTable.Situation;
import org.huying.ticket.matrix.MatrixTickets.Pair;
import org.jspecify.annotations.Nullable;

/** Goes through the cells of situations at one moment and remembers what differs. */
final class ActionWalk {
    /**
     * Tickets made as a situation says.
     *
     * @param refusing meets all that is refused
     * @param lasting  meets all that succeeds and leaves it as it is
     * @param own      for each other request that is to succeed
     */
    record Made(Situation situation, Pair refusing, Pair lasting, Map<Cell, Pair> own) {
        Pair meeting(Cell cell, boolean isAllowed) {
            return own.getOrDefault(cell, isAllowed ? lasting : refusing);
        }
    }

    private static final long SEED = 20_260_501;

    private final ActionTable table;
    private final MatrixCast cast;
    private final MatrixTickets tickets;
    private final AtOnce threads;
    private final List<String> wrong = new ArrayList<>();
    private int walked;

    ActionWalk(ActionTable table, MatrixCast cast, MatrixTickets tickets, AtOnce threads) {
        this.table = table;
        this.cast = cast;
        this.tickets = tickets;
        this.threads = threads;
    }

    List<String> wrong() {
        return wrong;
    }

    int walked() {
        return walked;
    }

    void through(List<Made> group) {
        var known = seen(group);
        var checks = new ArrayList<Callable<List<String>>>();
        for (var made : group) {
            var tried = made.situation().triedOf(table.actions());
            var asked = new HashSet<String>();
            for (var cell : table.cells(made.situation())) {
                if (asked.add(cell.actor())) {
                    checks.add(() -> read(made, cell));
                }
                if (tried.contains(cell.action())) {
                    checks.add(() -> act(made, cell));
                }
            }
        }
        // those on one ticket would wait for each other
        Collections.shuffle(checks, new Random(SEED));
        threads.all(checks).forEach(wrong::addAll);
        walked += checks.size();
        var after = seen(group);
        for (var made : group) {
            var before = known.get(made.situation());
            if (!Objects.equals(before, after.get(made.situation()))) {
                wrong.add("a refusal changed the ticket of kind %s, %s; it has now %s%n"
                        .formatted(made.situation().kind(), made.situation().name(), log(made)));
            }
        }
    }

    private Map<Situation, String> seen(List<Made> group) {
        var seen = new HashMap<Situation, String>();
        for (var made : group) {
            var path = "/v1/tickets/" + made.refusing().ticket();
            var reader = cast.caller("supervisor of the district");
            seen.put(
                    made.situation(),
                    reader.get(path).text()
                            + reader.get(path + "/events?limit=100").text());
        }
        return seen;
    }

    private List<String> log(Made made) {
        var events = "/v1/tickets/" + made.refusing().ticket() + "/events?limit=100";
        return cast.caller("supervisor of the district").get(events).items().stream()
                .map(event -> event.getString("type"))
                .toList();
    }

    /** What they are told that they may do. */
    private List<String> read(Made made, Cell cell) {
        var reply =
                cast.caller(cell.actor()).get("/v1/tickets/" + made.refusing().ticket());
        return switch (cell.sight()) {
            case 200 -> differences(cell, "GET", 200, reply, allowed(cell));
            default -> differences(cell, "GET", cell.sight(), reply, null);
        };
    }

    private List<String> act(Made made, Cell cell) {
        var action = cell.action();
        var pair = made.meeting(cell, table.allows(cell));
        var body = action.equals("merge")
                ? MatrixTickets.into(pair.mergeTarget())
                : tickets.body(action, cell.situation().kind());
        var reply = tickets.tryTo(cast.caller(cell.actor()), pair.ticket(), action, body);
        if (cell.sight() != 200) {
            return differences(cell, action, cell.sight(), reply, null);
        }
        if (table.allows(cell)) {
            return differences(
                    cell,
                    action,
                    200,
                    reply,
                    table.after(action, cell.situation().state()));
        }
        return table.allowsEver(action, cell.letters())
                ? differences(cell, action, 409, reply, allowed(cell))
                : differences(cell, action, 403, reply, null);
    }

    /** The state, and all that they may do. */
    private String allowed(Cell cell) {
        var allowed = table.actions().stream()
                .filter(action -> table.allows(action, cell.situation(), cell.letters()))
                .sorted()
                .toList();
        return cell.situation().state() + " " + allowed;
    }

    /** Nothing, or one line that says which cell is not as the table has it. */
    private static List<String> differences(
            Cell cell, String request, int status, Reply reply, @Nullable String detail) {
        var got = reply.status() + (detail == null || reply.status() != status ? "" : " " + detail(request, reply));
        var expected = status + (detail == null || reply.status() != status ? "" : " " + detail);
        return got.equals(expected)
                ? List.of()
                : List.of("%s on a ticket of kind %s, %s, by the %s %s: expected %s, got %s%n"
                        .formatted(
                                request,
                                cell.situation().kind(),
                                cell.situation().name(),
                                cell.actor(),
                                cell.letters(),
                                expected,
                                got));
    }

    private static String detail(String request, Reply reply) {
        if (reply.status() == 200 && !request.equals("GET")) {
            return reply.json().getString("status");
        }
        var allowed = Objects.requireNonNullElse(reply.json().getJsonArray("allowedActions"), new JsonArray());
        var state = reply.status() == 200 ? "status" : "ticketStatus";
        return "%s %s"
                .formatted(
                        reply.json().getString(state),
                        allowed.stream().map(String::valueOf).sorted().toList());
    }
}

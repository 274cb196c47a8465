package org.huying.ticket.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 3 and 6: who sees what of a ticket, of its events and of its reporter, over HTTP. */
class VisibilityMatrixTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    /**
     * {@code d} the description, {@code N} or {@code n} the reporter's name in full or masked, {@code P} their phone,
     * {@code q} what they told when asked, {@code i} internal comments, {@code s} names of staff in the events, {@code a}
     * that of the assignee, {@code -} nothing: 404. Staff of the place may follow up, so they reach the reporter to the end.
     * The column {@code photos} waits for photos and is not looked at yet.
     */
    private static final String SIGHT = """
            actor                             | household     | household, closed | moved on    | spot          | spot, closed  | anonymous   | photos
            reporter                          | d N P q s a   | d N P q s a       | d N P q s   | d N P q s a   | d N P q s a   | d N P q s a | ?
            household member                  | d N P q s a   | d N P q s a       | d N P q s   | d s a         | d s a         | d s a       | ?
            mandate holder                    | d N P q s a   | d N P q s a       | d N P q s   | d N P q s a   | d N P q s a   | d N P q s a | ?
            reporter of one merged into it    | d q s a       | d q s a           | d q s       | d q s a       | d q s a       | d q s a     | ?
            former household member           | -             | -                 | -           | -             | -             | -           | ?
            pending household member          | -             | -                 | -           | -             | -             | -           | ?
            who held a mandate                | -             | -                 | -           | -             | -             | -           | ?
            neighbour                         | -             | -                 | -           | d s a         | d s a         | d s a       | ?
            follower                          | -             | -                 | -           | d s a         | d s a         | d s a       | ?
            resident elsewhere                | -             | -                 | -           | -             | -             | -           | ?
            dispatcher of the firm            | d N P q i s a | d n q i s a       | d q i s     | d N P q i s a | d n q i s a   | d q i s a   | ?
            dispatcher of another firm        | -             | -                 | -           | -             | -             | -           | ?
            worker of the firm                | d N P q i s a | d n q i s a       | d q i s     | d N P q i s a | d n q i s a   | d q i s a   | ?
            second worker of the firm         | d q i s a     | d q i s a         | d q i s     | d q i s a     | d q i s a     | d q i s a   | ?
            worker of another firm            | -             | -                 | -           | -             | -             | -           | ?
            worker of the firm's cooperative  | -             | -                 | -           | -             | -             | -           | ?
            grid member of the place          | d N P q i s a | d N P q i s a     | d N P q i s | d N P q i s a | d N P q i s a | d q i s a   | ?
            grid member elsewhere             | -             | -                 | -           | -             | -             | -           | ?
            hotline agent                     | d N P q i s a | d N P q i s a     | d N P q i s | d N P q i s a | d N P q i s a | d q i s a   | ?
            supervisor of the community       | d N P q i s a | d N P q i s a     | d N P q i s | d N P q i s a | d N P q i s a | d q i s a   | ?
            supervisor of another community   | -             | -                 | -           | -             | -             | -           | ?
            supervisor of the town            | d N P q i s a | d N P q i s a     | d N P q i s | d N P q i s a | d N P q i s a | d q i s a   | ?
            supervisor of the district        | d N P q i s a | d N P q i s a     | d N P q i s | d N P q i s a | d N P q i s a | d q i s a   | ?
            grid member of the district       | d N P q i s a | d N P q i s a     | d N P q i s | d N P q i s a | d N P q i s a | d q i s a   | ?
            administrator                     | d q i s a     | d q i s a         | d q i s     | d q i s a     | d q i s a     | d q i s a   | ?
            canteen operator                  | -             | -                 | -           | -             | -             | -           | ?
            resident of the second district   | -             | -                 | -           | -             | -             | -           | ?
            supervisor of the second district | -             | -                 | -           | -             | -             | -           | ?
            dispatcher of the second district | -             | -                 | -           | -             | -             | -           | ?
            """;

    private static final String NAME = "韩冬梅";
    private static final String PHONE = "10020260025";
    private static final String INTERNAL = "此户难沟通";
    private static final String TOLD = "三单元门口那盏";

    private final List<String> wrong = new ArrayList<>();

    @Test
    void everybodySeesWhatTheTableSaysAndNothingElse() {
        // given
        var cast = new MatrixCast(APP);
        var tickets = new MatrixTickets(APP, cast);
        var stage = new Stage(cast, tickets, new ArrayList<>());
        var made = make(stage);
        cast.moveOut(DemoStructure.resident(MatrixCast.MERGED_REPORTER));
        var lines = ActionTable.cells(SIGHT);
        var head = lines.get(0);

        // when
        for (var line : lines.subList(1, lines.size())) {
            var caller = cast.caller(line.get(0));
            made.forEach((kind, ticket) -> {
                var expected = line.get(head.indexOf(kind));
                var got = sight(caller, ticket);
                if (!expected.equals(got)) {
                    wrong.add("%s of the %s: expected %s, got %s%n".formatted(kind, line.get(0), expected, got));
                }
            });
            list(line.get(0), caller, stage.all());
        }

        // then
        assertThat(wrong).isEmpty();
    }

    private Map<String, UUID> make(Stage stage) {
        var made = new LinkedHashMap<String, UUID>();
        made.put("household", stage.workedOn("household", false));
        made.put("household, closed", stage.closed(stage.workedOn("household", false)));
        made.put("moved on", stage.escalated(stage.workedOn("household", false)));
        made.put("spot", stage.workedOn("spot", false));
        made.put("spot, closed", stage.closed(stage.workedOn("spot", false)));
        made.put("anonymous", stage.workedOn("spot", true));
        return made;
    }

    private static String sight(Api caller, UUID ticket) {
        var path = "/v1/tickets/" + ticket;
        var reply = caller.get(path);
        var events = caller.get(path + "/events?limit=100");
        if (reply.status() != 200 || events.status() != 200) {
            return reply.status() == 404 && events.status() == 404 ? "-" : reply.status() + " and " + events.status();
        }
        var all = reply.text() + events.text();
        var masked = Objects.requireNonNullElse(reply.json().getJsonObject("reporter"), new JsonObject())
                .getString("name", "");
        return Stream.of(
                        all.contains(MatrixTickets.DESCRIPTION) ? "d" : "",
                        all.contains(NAME) ? "N" : masked != null && masked.startsWith("韩") ? "n" : "",
                        all.contains(PHONE) ? "P" : "",
                        all.contains(TOLD) ? "q" : "",
                        all.contains(INTERNAL) ? "i" : "",
                        Stream.of("马师傅", "郭爱民", "方师傅").anyMatch(events.text()::contains) ? "s" : "",
                        reply.json().getJsonObject("assignee") != null ? "a" : "")
                .filter(letter -> !letter.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Lists have exactly what can be read one by one, and no reporter in full. */
    private void list(String actor, Api caller, List<UUID> tickets) {
        var readable = tickets.stream()
                .filter(ticket -> caller.get("/v1/tickets/" + ticket).status() == 200)
                .map(UUID::toString)
                .toList();
        var listed = new ArrayList<String>();
        var text = new StringBuilder();
        var after = "";
        do {
            var page = caller.get("/v1/tickets?limit=4" + after);
            page.items().forEach(item -> listed.add(item.getString("id")));
            text.append(page.text());
            var next = page.json().getString("nextCursor");
            after = next == null ? "" : "&cursor=" + next;
        } while (!after.isEmpty());
        if (!new TreeSet<>(listed).equals(new TreeSet<>(readable)) || listed.size() != readable.size()) {
            wrong.add("the %s may read %s, but finds %s in the list%n".formatted(actor, readable, listed));
        }
        if (text.indexOf(PHONE) >= 0 || text.indexOf(NAME) >= 0) {
            wrong.add("the list shows the reporter to the %s%n".formatted(actor));
        }
    }

    /** Tickets with something in them for everybody. */
    private record Stage(MatrixCast cast, MatrixTickets tickets, List<UUID> all) {
        UUID workedOn(String kind, boolean anonymous) {
            var item = tickets.nextItem();
            var own = tickets.report("reporter", item, kind, new JsonObject().put("anonymous", anonymous));
            var other = tickets.report("reporter of one merged into it", item, kind, new JsonObject());
            all.addAll(List.of(own, other));
            act("dispatcher of the firm", other, "merge", MatrixTickets.into(own));
            if (kind.equals("spot")) {
                act("follower", own, "follow", new JsonObject());
            }
            act("dispatcher of the firm", own, "accept", new JsonObject());
            for (var worker : List.of("second-worker-1", "worker-1")) {
                var assignee = DemoStructure.staff(worker).toString();
                act("dispatcher of the firm", own, "assign", new JsonObject().put("assigneeId", assignee));
            }
            act("worker of the firm", own, "start", new JsonObject());
            act(
                    "worker of the firm",
                    own,
                    "comment",
                    new JsonObject().put("text", INTERNAL).put("internal", true));
            act("worker of the firm", own, "request-info", tickets.body("request-info", kind));
            act("reporter", own, "provide-info", new JsonObject().put("message", TOLD));
            return own;
        }

        UUID closed(UUID ticket) {
            act("worker of the firm", ticket, "resolve", tickets.body("resolve", "household"));
            act("reporter", ticket, "confirm", new JsonObject());
            return ticket;
        }

        UUID escalated(UUID ticket) {
            act("dispatcher of the firm", ticket, "escalate", tickets.body("escalate", "household"));
            return ticket;
        }

        private void act(String actor, UUID ticket, String action, JsonObject body) {
            tickets.act(actor, ticket, action, body);
        }
    }
}

package org.huying.ticket.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.huying.ticket.matrix.VisibilityStage.Staged;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 3 and 6: who sees what of a ticket, of its events, its photos and its reporters, over HTTP. */
@Tag("long")
class VisibilityMatrixTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    /**
     * {@code d} the description, {@code N} or {@code n} the reporter's name in full or masked, {@code P} or {@code p}
     * their phone likewise, {@code u} both in full on asking to have them unmasked, {@code m} the name of who reported the same and then commented, {@code q} what the reporter told when asked,
     * {@code i} internal comments, {@code s} names of staff in the events, {@code a} that of the assignee, {@code 1 2 3}
     * the photos of the report, of the answer to the question and of the closing, {@code -} nothing: 404. {@code similar}
     * offers the open ones to those of its roles who see them. Staff read no resident's name in full unasked. Those of the
     * place may follow up, so they reach the reporter as long as the reporter may judge; supervisors always.
     */
    private static final String SIGHT = """
            actor                             | household           | closed                | long closed         | cancelled         | merged          | moved on          | spot                | spot, closed          | anonymous       | similar
            reporter                          | d N P m q s a 1 2   | d N P m q s a 1 2 3   | d N P m q s a 1 2 3 | d N P m q s a 1 2 | d N P m q s 1 2 | d N P m q s 1 2   | d N P q s a 1 2     | d N P q s a 1 2 3     | d N P q s a 1 2 | offered
            household member                  | d N P m q s a 1 2   | d N P m q s a 1 2 3   | d N P m q s a 1 2 3 | d N P m q s a 1 2 | d N P m q s 1 2 | d N P m q s 1 2   | d s a 1             | d s a 1 3             | d s a 1         | offered
            mandate holder                    | d N P m q s a 1 2   | d N P m q s a 1 2 3   | d N P m q s a 1 2 3 | d N P m q s a 1 2 | d N P m q s 1 2 | d N P m q s 1 2   | d N P q s a 1 2     | d N P q s a 1 2 3     | d N P q s a 1 2 | offered
            reporter of one merged into it    | d m q s a 1 2       | d m q s a 1 2 3       | d m q s a 1 2 3     | d m q s a 1 2     | d m q s 1 2     | d m q s 1 2       | d m q s a 1 2       | d m q s a 1 2 3       | d m q s a 1 2   | offered
            former household member           | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | offered
            pending household member          | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | offered
            who held a mandate                | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | offered
            neighbour                         | -                   | -                     | -                   | -                 | -               | -                 | d s a 1             | d s a 1 3             | d s a 1         | offered
            who joins the household later     | -                   | -                     | -                   | -                 | -               | -                 | d s a 1             | d s a 1 3             | d s a 1         | offered
            follower                          | -                   | -                     | -                   | -                 | -               | -                 | d s a 1             | d s a 1 3             | d s a 1         | offered
            resident elsewhere                | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | offered
            dispatcher of the firm            | d n p u q i s a 1 2 | d n q i s a 1 2 3     | d n q i s a 1 2 3   | d n q i s a 1 2   | d n q i s 1 2   | d q i s 1 2       | d n p u q i s a 1 2 | d n q i s a 1 2 3     | d q i s a 1 2   | 403
            dispatcher of another firm        | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | 403
            worker of the firm                | d n p u q i s a 1 2 | d n q i s a 1 2 3     | d n q i s a 1 2 3   | d n q i s a 1 2   | d q i s 1 2     | d q i s 1 2       | d n p u q i s a 1 2 | d n q i s a 1 2 3     | d q i s a 1 2   | 403
            second worker of the firm         | d q i s a 1 2       | d q i s a 1 2 3       | d q i s a 1 2 3     | d q i s a 1 2     | d q i s 1 2     | d q i s 1 2       | d q i s a 1 2       | d q i s a 1 2 3       | d q i s a 1 2   | 403
            worker of another firm            | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | 403
            worker of the firm's cooperative  | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | 403
            grid member of the place          | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d n q i s a 1 2 3   | d n q i s a 1 2   | d n q i s 1 2   | d n p u q i s 1 2 | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d q i s a 1 2   | offered
            grid member elsewhere             | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | offered
            hotline agent                     | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d n q i s a 1 2 3   | d n q i s a 1 2   | d n q i s 1 2   | d n p u q i s 1 2 | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d q i s a 1 2   | offered
            supervisor of the community       | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d n u q i s a 1 2 3 | d n u q i s a 1 2 | d n u q i s 1 2 | d n p u q i s 1 2 | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d u q i s a 1 2 | 403
            supervisor of another community   | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | 403
            supervisor of the town            | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d n u q i s a 1 2 3 | d n u q i s a 1 2 | d n u q i s 1 2 | d n p u q i s 1 2 | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d u q i s a 1 2 | 403
            supervisor of the district        | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d n u q i s a 1 2 3 | d n u q i s a 1 2 | d n u q i s 1 2 | d n p u q i s 1 2 | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d u q i s a 1 2 | 403
            grid member of the district       | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d n q i s a 1 2 3   | d n q i s a 1 2   | d n q i s 1 2   | d n p u q i s 1 2 | d n p u q i s a 1 2 | d n p u q i s a 1 2 3 | d q i s a 1 2   | offered
            administrator                     | d q i s a 1 2       | d q i s a 1 2 3       | d q i s a 1 2 3     | d q i s a 1 2     | d q i s 1 2     | d q i s 1 2       | d q i s a 1 2       | d q i s a 1 2 3       | d q i s a 1 2   | 403
            canteen operator                  | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | 403
            resident of the second district   | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | 422
            supervisor of the second district | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | 403
            dispatcher of the second district | -                   | -                     | -                   | -                 | -               | -                 | -                   | -                     | -               | 403
            """;

    private static final Set<String> OPEN = Set.of("household", "moved on", "spot", "anonymous");

    /** How long after the closing these columns hold; the others hold from the first moment on. */
    private static final Map<String, Duration> AGES = Map.of(
            "closed", Duration.ofDays(30), "long closed", Duration.ofDays(30).plusMillis(1));

    private static final String NAME = "韩冬梅";
    private static final String OTHER_NAME = "程秀英";
    private static final String PHONE = "10020260025";

    private final List<List<String>> lines = ActionTable.cells(SIGHT);

    @Test
    void everybodySeesWhatTheTableSaysAndNothingElse() {
        // given
        var cast = new MatrixCast(APP);
        var stage = new VisibilityStage(cast, new MatrixTickets(APP, cast));
        var made = stage.make();
        cast.moveOut(DemoStructure.resident(MatrixCast.MERGED_REPORTER));
        var start = APP.clock().instant();
        var wrong = new ArrayList<String>();

        // when
        try (var threads = new AtOnce()) {
            made.keySet().stream().map(this::ageOf).distinct().sorted().forEach(age -> {
                APP.clock().set(start.plus(age));
                threads.all(people().stream()
                                .map(line -> (Callable<List<String>>)
                                        () -> look(line, cast.caller(line.get(0)), of(made, age)))
                                .toList())
                        .forEach(wrong::addAll);
            });
            APP.clock().set(start);
            threads.all(people().stream()
                            .map(line -> (Callable<List<String>>)
                                    () -> find(line, cast.caller(line.get(0)), made, stage.all()))
                            .toList())
                    .forEach(wrong::addAll);
        }

        // then
        assertThat(wrong).isEmpty();
    }

    private List<List<String>> people() {
        return lines.subList(1, lines.size());
    }

    private String cell(List<String> line, String column) {
        return line.get(lines.get(0).indexOf(column));
    }

    private Duration ageOf(String column) {
        return AGES.getOrDefault(column, Duration.ZERO);
    }

    private Map<String, Staged> of(Map<String, Staged> made, Duration age) {
        return made.entrySet().stream()
                .filter(each -> ageOf(each.getKey()).equals(age))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    private List<String> look(List<String> line, Api caller, Map<String, Staged> made) {
        var wrong = new ArrayList<String>();
        made.forEach((column, staged) -> {
            var expected = cell(line, column);
            var got = (sight(caller, staged) + " " + pictures(caller, staged.photos())).strip();
            if (!expected.equals(got)) {
                wrong.add("%s, seen by the %s: expected %s, got %s%n".formatted(column, line.get(0), expected, got));
            }
        });
        return wrong;
    }

    private static String sight(Api caller, Staged staged) {
        var path = "/v1/tickets/" + staged.ticket();
        var reply = caller.get(path);
        var events = caller.get(path + "/events?limit=100");
        if (reply.status() != 200 || events.status() != 200) {
            return reply.status() == 404 && events.status() == 404 ? "-" : reply.status() + " and " + events.status();
        }
        var all = reply.text() + events.text();
        var unmasked = caller.post(path + "/unmask", new JsonObject().put("reason", "回访"));
        var masked = Objects.requireNonNullElse(reply.json().getJsonObject("reporter"), new JsonObject())
                .getString("name", "");
        return Stream.of(
                        all.contains(MatrixTickets.DESCRIPTION) ? "d" : "",
                        all.contains(NAME) ? "N" : masked != null && masked.startsWith("韩") ? "n" : "",
                        all.contains(PHONE) ? "P" : all.contains("100****0025") ? "p" : "",
                        unmasked(unmasked),
                        all.contains(OTHER_NAME) ? "m" : "",
                        all.contains(VisibilityStage.TOLD) ? "q" : "",
                        all.contains(VisibilityStage.INTERNAL) ? "i" : "",
                        Stream.of("马师傅", "郭爱民", "方师傅").anyMatch(events.text()::contains) ? "s" : "",
                        reply.json().getJsonObject("assignee") != null ? "a" : "")
                .filter(letter -> !letter.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String unmasked(Reply reply) {
        if (reply.status() == 200) {
            return reply.text().contains(NAME) && reply.text().contains(PHONE) ? "u" : "u without the reporter";
        }
        return List.of(403, 409).contains(reply.status()) ? "" : "u: " + reply.status();
    }

    /** The numbers of those shown, in full and small. */
    private static String pictures(Api caller, List<String> photos) {
        return IntStream.range(0, photos.size())
                .mapToObj(i -> {
                    var path = "/v1/photos/" + photos.get(i);
                    var statuses = List.of(
                            caller.get(path).status(),
                            caller.get(path + "/thumbnail").status());
                    return statuses.equals(List.of(404, 404))
                            ? ""
                            : statuses.equals(List.of(200, 200)) ? String.valueOf(i + 1) : (i + 1) + ": " + statuses;
                })
                .filter(shown -> !shown.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String reporter(JsonObject ticket) {
        var reporter = ticket.getJsonObject("reporter");
        var name = reporter == null ? "" : reporter.getString("name");
        return reporter == null ? "" : name.equals(NAME) ? " N" : " n";
    }

    private List<String> find(List<String> line, Api caller, Map<String, Staged> made, List<UUID> all) {
        var wrong = new ArrayList<String>();
        list(line.get(0), caller, made, all, wrong);
        made.forEach((column, staged) -> similar(line, column, caller, staged, wrong));
        return wrong;
    }

    /** Lists have exactly what can be read one by one, and no reporter in full. */
    private static void list(
            String actor, Api caller, Map<String, Staged> made, List<UUID> tickets, List<String> wrong) {
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
        var missing = readable.stream().filter(each -> !listed.contains(each)).toList();
        var foreign = listed.stream().filter(each -> !readable.contains(each)).toList();
        if (!missing.isEmpty() || !foreign.isEmpty() || listed.size() != readable.size()) {
            wrong.add("in the list of the %s are %d of %d: missing %s, not for them %s%n"
                    .formatted(actor, listed.size(), readable.size(), names(missing, made), names(foreign, made)));
        }
        if (text.indexOf(PHONE) >= 0 || text.indexOf(NAME) >= 0) {
            wrong.add("the list shows the reporter to the %s%n".formatted(actor));
        }
    }

    /** By the columns of the table; those merged into them have none. */
    private static List<String> names(List<String> tickets, Map<String, Staged> made) {
        return tickets.stream()
                .map(ticket -> made.entrySet().stream()
                        .filter(each -> each.getValue().ticket().toString().equals(ticket))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("another"))
                .toList();
    }

    private void similar(List<String> line, String column, Api caller, Staged staged, List<String> wrong) {
        var reply = caller.post("/v1/tickets/similar", staged.question());
        var ticket = staged.ticket().toString();
        var got = reply.status() != 200
                ? Integer.toString(reply.status())
                : reply.items().stream()
                        .filter(each -> each.getString("id").equals(ticket))
                        .map(each -> "offered" + reporter(each))
                        .findFirst()
                        .orElse("not");
        var seen = cell(line, column);
        var expected = cell(line, "similar");
        if (expected.equals("offered")) {
            expected = !OPEN.contains(column) || seen.equals("-")
                    ? "not"
                    : seen.contains("N") || seen.contains("n") ? "offered n" : "offered";
        }
        if (!expected.equals(got)) {
            wrong.add("%s among similar ones for the %s: expected %s, got %s%n"
                    .formatted(column, line.get(0), expected, got));
        }
        if (reply.text().contains(PHONE) || reply.text().contains(NAME)) {
            wrong.add("%s: similar ones show the reporter to the %s%n".formatted(column, line.get(0)));
        }
    }
}

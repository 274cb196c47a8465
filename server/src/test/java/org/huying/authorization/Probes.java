package org.huying.authorization;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.huying.testing.Reply;

/** How each row of the page is tried. Whoever adds an operation adds a line to the probes of its feature. */
final class Probes {
    private static final int PAGES_MAX = 50;

    private final Map<String, Function<Turn, String>> byRow = new HashMap<>();

    /** An operation that is done or refused. What it may change is made anew by the probe, for each turn. */
    void call(String row, Function<Turn, Reply> request) {
        add(row, turn -> result(request.apply(turn)));
    }

    /** One that lists things, page after page: whether this one is shown, which means that these words, its id as a rule, are. */
    void list(String row, Function<Turn, String> thing, Function<Turn, String> path) {
        add(row, turn -> shown(turn, thing.apply(turn), path.apply(turn)));
    }

    /** One that shows all at once. */
    void show(String row, Function<Turn, String> thing, Function<Turn, Reply> request) {
        add(row, turn -> {
            var sought = thing.apply(turn);
            var reply = request.apply(turn);
            return reply.status() == 200 ? sight(reply, sought) : refused(reply);
        });
    }

    Set<String> rows() {
        return byRow.keySet();
    }

    String outcome(String row, Turn turn) {
        return Objects.requireNonNull(byRow.get(row), row).apply(turn);
    }

    private void add(String row, Function<Turn, String> probe) {
        if (byRow.put(row, probe) != null) {
            throw new IllegalStateException("two probes for " + row);
        }
    }

    private static String shown(Turn turn, String thing, String path) {
        var cursor = "";
        for (var page = 0; page < PAGES_MAX; page++) {
            var reply = turn.get(path + cursor);
            if (reply.status() != 200) {
                return refused(reply);
            }
            if (sight(reply, thing).equals("in")) {
                return "in";
            }
            var next = reply.json().getString("nextCursor");
            if (next == null) {
                return "out";
            }
            cursor = (path.contains("?") ? "&cursor=" : "?cursor=") + next;
        }
        throw new IllegalStateException("no end of " + path);
    }

    private static String sight(Reply reply, String thing) {
        return reply.text().contains(thing) ? "in" : "out";
    }

    private static String refused(Reply reply) {
        var result = result(reply);
        return result.equals("404") ? "out" : result;
    }

    /** In the page's words; anything else in full, so that a wrong cell explains itself. */
    private static String result(Reply reply) {
        if (reply.status() < 300) {
            return "ok";
        }
        var code = reply.code();
        var isNotThere = code.equals("not_found") || code.endsWith("_unknown");
        return switch (reply.status()) {
            case 401, 403 -> Integer.toString(reply.status());
            case 404 -> isNotThere ? "404" : "404 " + reply.text();
            case 422 -> isNotThere ? "404" : code.endsWith("_not_yours") ? "422" : "422 " + reply.text();
            default -> reply.status() + " " + reply.text();
        };
    }
}

package org.huying.audit;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The service's answer beside one's own, figure by figure. */
public record Comparison(Map<String, Figures> served, Map<String, Figures> computed) {
    private static final Figures NONE = Figures.of(List.of(), each -> false);

    public static Comparison of(JsonObject answer, Map<String, Figures> computed) {
        var served = new TreeMap<String, Figures>();
        for (var name : List.of("total", "consultation", "care")) {
            served.put(name, Figures.read(answer.getJsonObject(name)));
        }
        answer.getJsonArray("groups").forEach(each -> {
            var group = (JsonObject) each;
            served.put("group " + group.getJsonObject("key").getString("id"), Figures.read(group));
        });
        return new Comparison(served, computed);
    }

    /** Both numbers of every figure, one a line. */
    public Stream<String> lines() {
        return lines(false);
    }

    /** Only where they differ, or where the service has a block that should not be there, or the other way round. */
    public List<String> differences() {
        var blocks = blocks().filter(block -> served.containsKey(block) != computed.containsKey(block))
                .map(block -> block + " has only one side");
        return Stream.concat(blocks, lines(true)).toList();
    }

    private Stream<String> lines(boolean onlyDifferences) {
        return blocks().flatMap(block -> {
            var theirs = served.getOrDefault(block, NONE);
            var own = computed.getOrDefault(block, NONE);
            return own.namesWith(theirs)
                    .filter(name -> !onlyDifferences || !own.agreesWith(theirs, name))
                    .map(name -> "%-45s %-24s service %-20s events %-20s%s"
                            .formatted(
                                    block,
                                    name,
                                    theirs.shown(name),
                                    own.shown(name),
                                    own.agreesWith(theirs, name) ? "" : "  DIFFERS"));
        });
    }

    private Stream<String> blocks() {
        var blocks = new TreeSet<>(served.keySet());
        blocks.addAll(computed.keySet());
        return blocks.stream();
    }
}

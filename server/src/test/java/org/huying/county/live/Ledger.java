package org.huying.county.live;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.huying.county.Entry;
import org.huying.county.Entry.Like;
import org.huying.county.Register;
import org.huying.county.live.Answers.Met;
import org.jspecify.annotations.Nullable;

/** Who ought to be here, by the rule as it is written down, and whether the service did and asked what it says there. */
final class Ledger {
    private final Map<Integer, Known> byMark = new LinkedHashMap<>();
    private final Map<Integer, List<Known>> byPerson = new HashMap<>();
    private final Map<String, List<Known>> byName = new HashMap<>();
    private final Set<Integer> settled = new HashSet<>();
    private final Answers answers;
    private final List<String> faults;

    Ledger(Answers answers, List<String> faults) {
        this.answers = answers;
        this.faults = faults;
    }

    Collection<Known> known() {
        return byMark.values();
    }

    @Nullable
    Known madeBy(int mark) {
        return byMark.get(mark);
    }

    List<Known> entriesOf(int person) {
        return byPerson.getOrDefault(person, List.of());
    }

    /** What became of the lines of a file; of those that became something in an earlier round it is passed over. */
    void entered(Register<Entry> register, List<JsonObject> rows) {
        if (rows.size() != register.rows().size()) {
            faults.add(register.name() + ": " + register.rows().size() + " lines became " + rows.size() + " rows");
        }
        var above = new HashMap<String, List<Entry>>();
        for (var row : rows) {
            var entry = register.rows().get(row.getInteger("row"));
            if (entry == null) {
                faults.add(register.name() + ": nobody wrote row " + row.getInteger("row"));
                continue;
            }
            var outcome = row.getString("outcome");
            if (settled.contains(entry.mark())) {
                require(!outcome.equals("created"), entry, row, "made a second time");
            } else {
                became(outcome, entry, row, above.getOrDefault(entry.said().name(), List.of()));
            }
            if (!outcome.equals("bad")) {
                above.computeIfAbsent(entry.said().name(), name -> new ArrayList<>())
                        .add(entry);
            }
        }
    }

    /** @param above those of this name that stand before it in the file, as far as they could be read */
    private void became(String outcome, Entry entry, JsonObject row, List<Entry> above) {
        if (outcome.equals("left_out")) {
            require(answers.wasAsked(entry), entry, row, "left out without being asked");
            return;
        }
        settled.add(entry.mark());
        if (entry.slip() != null) {
            require(outcome.equals("bad"), entry, row, "taken, though it has a slip: " + entry.slip());
            require(!words(row).isBlank(), entry, row, "refused without words");
            return;
        }
        var isSameAsAbove = above.stream().anyMatch(each -> new Known(each).isRecognisedIn(entry.said()));
        var same = byName.getOrDefault(entry.said().name(), List.of()).stream()
                .filter(each -> each.isRecognisedIn(entry.said()))
                .toList();
        var isRecognised = isSameAsAbove || !same.isEmpty();
        require(same.stream().allMatch(each -> each.person() == entry.about().number()), entry, row, "another person");
        tally(entry, isRecognised, outcome, row);
        switch (outcome) {
            case "created" -> {
                require(
                        !isRecognised || answers.wasAsked(entry),
                        entry,
                        row,
                        "made, though it is somebody by the rule");
                make(entry);
            }
            case "changed", "unchanged" -> {
                require(isRecognised || answers.saidSame(entry), entry, row, "merged, and nobody was asked");
                var into = answers.saidSame(entry) ? answers.same(entry, byMark) : same.isEmpty() ? null : same.get(0);
                require(into != null, entry, row, "merged with nobody");
                if (into != null) {
                    var isMore = into.add(entry);
                    require(isMore == outcome.equals("changed"), entry, row, "is " + outcome);
                }
            }
            case "bad" -> {
                var differs =
                        same.stream().anyMatch(each -> each.likeness(entry.said()) == Like.BIRTH_DATE_WITH_NUMBER);
                var isRepeated = isSameAsAbove || answers.saidSame(entry);
                require(
                        switch (code(row)) {
                            case "resident_differs" -> differs;
                            case "row_repeated" -> isRepeated;
                            default -> false;
                        },
                        entry,
                        row,
                        "refused without a reason: " + words(row));
            }
            default -> require(false, entry, row, "neither written nor refused");
        }
    }

    private void make(Entry entry) {
        var known = new Known(entry);
        byMark.put(entry.mark(), known);
        byPerson.computeIfAbsent(known.person(), number -> new ArrayList<>()).add(known);
        byName.computeIfAbsent(known.name(), name -> new ArrayList<>()).add(known);
    }

    private void tally(Entry entry, boolean isRecognised, String outcome, JsonObject row) {
        var mine = entriesOf(entry.about().number());
        var like = mine.stream().map(each -> each.likeness(entry.said())).min(Comparator.naturalOrder());
        if (like.isEmpty()) {
            return;
        }
        var wasAsked = answers.wasAskedRightly(entry);
        var isRefused = outcome.equals("bad") && code(row).equals("resident_differs");
        answers.count(
                like.get(),
                isRefused ? Met.REFUSED : isRecognised ? Met.RECOGNISED : wasAsked ? Met.ASKED : Met.MISSED);
        require(
                isRecognised || wasAsked || mine.stream().noneMatch(each -> each.isToBeAskedOf(entry.said())),
                entry,
                row,
                "not asked, though it is promised");
    }

    private void require(boolean holds, Entry entry, JsonObject row, String otherwise) {
        if (!holds) {
            faults.add("row " + row.getInteger("row") + " (" + entry.like().words() + "): " + otherwise);
        }
    }

    /** Of the first reason why a row is refused. */
    private static String code(JsonObject row) {
        return row.getJsonArray("errors").getJsonObject(0).getString("code");
    }

    static String words(JsonObject row) {
        var words = new ArrayList<String>();
        row.getJsonArray("errors").forEach(each -> words.add(((JsonObject) each).getString("message")));
        return String.join("; ", words);
    }
}

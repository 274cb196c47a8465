package org.huying.county.live;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.huying.county.Entry;
import org.huying.county.Entry.Like;
import org.huying.county.Register;
import org.jspecify.annotations.Nullable;

/** What was asked of whom, and what somebody answers who knows the truth. */
final class Answers {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** What becomes of a line about somebody who is here already. */
    enum Met {
        /** By the rule. */
        RECOGNISED,
        /** Though recognised by name and number: the birth date is another. */
        REFUSED,
        ASKED,
        MISSED
    }

    /** A line, and a person whom it may be about. */
    private record Question(int mark, int person) {}

    private final Set<Question> asked = new HashSet<>();
    private final Set<Question> right = new HashSet<>();
    private final Set<Integer> lines = new HashSet<>();
    private final Map<Integer, Integer> same = new HashMap<>();
    private final Map<Like, Map<Met, Integer>> counts = new EnumMap<>(Like.class);
    private final List<String> faults;

    Answers(List<String> faults) {
        this.faults = faults;
    }

    /**
     * Notes what is asked of a row, and answers it.
     *
     * @param makers the mark of the line that made a resident, by the resident
     */
    JsonObject answer(Register<Entry> register, JsonObject row, Map<UUID, Integer> makers, Ledger ledger) {
        var number = row.getInteger("row");
        var entry = register.rows().get(number);
        if (entry == null) {
            throw new IllegalStateException(register.name() + " has no row " + number);
        }
        var whom = candidate(entry, row, makers, ledger);
        if (row.getJsonArray("candidates").isEmpty()) {
            var other = register.rows().get(lastNumber(Ledger.words(row)));
            if (other == null) {
                faults.add("row " + number + " does not say which row it may be the same as: " + Ledger.words(row));
            } else {
                note(entry, new Known(other));
            }
        }
        lines.add(entry.mark());
        if (whom != null) {
            return new JsonObject().put("choice", "same").put("residentId", whom.toString());
        }
        // whoever made the file finds the other line in it; once that is written it is asked again
        var isAbove = register.rows().entrySet().stream()
                .anyMatch(each -> each.getKey() < number
                        && each.getValue().slip() == null
                        && each.getValue().about().equals(entry.about()));
        var isHere = !ledger.entriesOf(entry.about().number()).isEmpty();
        return new JsonObject().put("choice", isAbove && !isHere ? "left_out" : "new");
    }

    /** The one who it is, if any is. */
    private @Nullable UUID candidate(Entry entry, JsonObject row, Map<UUID, Integer> makers, Ledger ledger) {
        @Nullable UUID whom = null;
        for (var each : row.getJsonArray("candidates")) {
            var id = UUID.fromString(((JsonObject) each).getString("residentId"));
            var known = ledger.madeBy(makers.getOrDefault(id, 0));
            if (known == null) {
                faults.add("row " + row.getInteger("row") + " is asked about somebody whom no line has made");
                continue;
            }
            note(entry, known);
            if (known.person() == entry.about().number() && whom == null) {
                whom = id;
                same.put(entry.mark(), known.mark());
            }
        }
        return whom;
    }

    private void note(Entry entry, Known about) {
        var question = new Question(entry.mark(), about.person());
        asked.add(question);
        if (about.person() == entry.about().number()) {
            right.add(question);
        }
        if (!about.isToBeAskedOf(entry.said()) && !about.isRecognisedIn(entry.said())) {
            faults.add("asked about a line (" + entry.like().words() + ") for no reason that is written down");
        }
    }

    private static int lastNumber(String words) {
        var found = NUMBER.matcher(words)
                .results()
                .map(each -> Integer.valueOf(each.group()))
                .toList();
        return found.isEmpty() ? 0 : found.get(found.size() - 1);
    }

    boolean wasAsked(Entry entry) {
        return lines.contains(entry.mark());
    }

    boolean wasAskedRightly(Entry entry) {
        return right.contains(new Question(entry.mark(), entry.about().number()));
    }

    boolean saidSame(Entry entry) {
        return same.containsKey(entry.mark());
    }

    @Nullable
    Known same(Entry entry, Map<Integer, Known> byMark) {
        return byMark.get(same.getOrDefault(entry.mark(), 0));
    }

    void count(Like like, Met what) {
        counts.computeIfAbsent(like, none -> new EnumMap<>(Met.class)).merge(what, 1, Integer::sum);
    }

    int missed() {
        return total(Met.MISSED);
    }

    private int total(Met what) {
        return counts.values().stream()
                .mapToInt(each -> each.getOrDefault(what, 0))
                .sum();
    }

    /** Precision and recall of what was asked, by kind. */
    List<String> lines() {
        var text = new ArrayList<String>();
        int asking = total(Met.ASKED);
        int doubles = asking + total(Met.MISSED);
        text.add("asked whether a line is about somebody: %d, rightly %d: precision %s"
                .formatted(asked.size(), right.size(), share(right.size(), asked.size())));
        text.add(
                "doubles that the rule does not recognise: %d, asked about %d: recall %s; with %d that were refused: %s"
                        .formatted(
                                doubles,
                                asking,
                                share(asking, doubles),
                                total(Met.REFUSED),
                                share(asking, doubles + total(Met.REFUSED))));
        counts.forEach((like, each) -> text.add("  %-58s recognised %4d   refused %4d   asked %4d   missed %4d"
                .formatted(
                        like.words(),
                        each.getOrDefault(Met.RECOGNISED, 0),
                        each.getOrDefault(Met.REFUSED, 0),
                        each.getOrDefault(Met.ASKED, 0),
                        each.getOrDefault(Met.MISSED, 0))));
        return text;
    }

    private static String share(int part, int of) {
        return of == 0 ? "-" : String.format(Locale.ROOT, "%.3f", part / (double) of);
    }
}

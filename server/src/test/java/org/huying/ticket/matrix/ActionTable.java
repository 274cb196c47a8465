package org.huying.ticket.matrix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The table of domain.md 3, written out from its words alone: who may do what in which state, on the four kinds of
 * ticket that differ in who is who.
 */
final class ActionTable {
    /**
     * {@code R D W G S N} as in domain.md, {@code N} the residents of the place of a public spot, {@code S+} of town or
     * district, {@code !} unless on the staff of the responsible organization, {@code others} of R than the reporter,
     * {@code .} nobody.
     */
    private static final String ACTIONS = """
            action           | to           | submitted | accepted  | assigned  | in_progress | waiting_info | suspended | resolved  | closed    | cancelled | merged
            accept           | accepted     | D         | .         | .         | .           | .            | .         | .         | .         | .         | .
            assign           | assigned     | .         | D         | D         | D           | .            | .         | .         | .         | .         | .
            start            | in_progress  | .         | .         | W         | .           | .            | .         | .         | .         | .         | .
            request-info     | waiting_info | .         | D W       | D W       | D W         | .            | .         | .         | .         | .         | .
            provide-info     | in_progress  | .         | .         | .         | .           | R            | .         | .         | .         | .         | .
            withdraw-request | in_progress  | .         | .         | .         | .           | D W          | .         | .         | .         | .         | .
            suspend          | suspended    | .         | D         | D         | D           | .            | .         | .         | .         | .         | .
            resume           | in_progress  | .         | .         | .         | .           | .            | D         | .         | .         | .         | .
            transfer         | submitted    | D S       | D S       | D S       | D S         | .            | .         | .         | .         | .         | .
            escalate         | submitted    | D S       | D S       | D S       | D S         | D S          | D S       | .         | .         | .         | .
            resolve          | resolved     | .         | D         | D         | W D         | .            | .         | .         | .         | .         | .
            confirm          | closed       | .         | .         | .         | .           | .            | .         | R         | .         | .         | .
            reopen           | in_progress  | .         | .         | .         | .           | .            | .         | R         | R         | .         | .
            follow-up        | -            | .         | .         | .         | .           | .            | .         | G! S!     | G! S!     | .         | .
            cancel           | cancelled    | R         | R         | R         | R           | R            | R         | .         | .         | .         | .
            merge            | merged       | D S       | D S       | .         | .           | .            | .         | .         | .         | .         | .
            link             | -            | .         | .         | .         | .           | .            | .         | S+        | S+        | .         | .
            exclude          | -            | .         | .         | .         | .           | .            | .         | S+        | S+        | .         | .
            include          | -            | .         | .         | .         | .           | .            | .         | .         | .         | .         | .
            comment          | -            | R D W G S | R D W G S | R D W G S | R D W G S   | R D W G S    | R D W G S | R D W G S | R D W G S | R D W G S | R D W G S
            urge             | -            | R         | R         | R         | R           | R            | R         | .         | .         | .         | .
            follow           | -            | N         | N         | N         | N           | N            | N         | .         | .         | .         | .
            unfollow         | -            | N         | N         | N         | N           | N            | N         | .         | .         | .         | .
            rate             | -            | .         | .         | .         | .           | .            | .         | R         | R         | .         | .
            """;

    /** What leaves a ticket as it is, so that everybody in turn may do it. */
    static final Set<String> LASTING = Set.of("follow-up", "link", "comment", "urge", "follow", "unfollow", "rate");

    /** How a ticket comes into each state. */
    private static final String WAYS = """
            submitted    |
            accepted     | accept
            assigned     | accept assign
            in_progress  | accept assign start
            waiting_info | accept assign start request-info
            suspended    | accept assign start suspend
            resolved     | accept assign start resolve
            closed       | accept assign start resolve confirm
            cancelled    | accept assign cancel
            merged       | accept merge
            """;

    /**
     * Where the table has a condition: who may, instead of what the column of the state says. Of these tickets everybody
     * is asked what they may do, but only the actions named are tried.
     */
    private static final String SITUATIONS = """
            situation                       | kind      | state       | by way of                                          | how old    | differs
            suspended before, accepted      | household | accepted    | accept suspend resume                              | PT1M       | suspend: S+
            suspended before                | household | in_progress | accept assign start suspend resume                 | PT1M       | suspend: S+
            at the top                      | top       | submitted   |                                                    | PT1M       | escalate: .
            at the top, in progress         | top       | in_progress | accept assign start                                | PT1M       | escalate: .
            reopened                        | household | in_progress | accept assign start resolve reopen                 | PT1M       | exclude: S+
            cancelled after a first resolve | household | cancelled   | accept assign start resolve reopen cancel          | PT1M       | exclude: S+
            excluded                        | household | resolved    | accept assign start resolve exclude                | PT1M       | exclude: . ; include: S+
            excluded and reopened           | household | in_progress | accept assign start resolve exclude reopen         | PT1M       | include: S+
            included again                  | household | closed      | accept assign start resolve confirm exclude include | PT1M      | exclude: S+ ; include: .
            just urged                      | household | submitted   | urge                                               | PT3H59M59.999S | urge: others
            urged 4 hours ago               | household | submitted   | urge                                               | PT4H       | urge: R
            resolved 7 days ago             | household | resolved    | accept assign start resolve                        | P7D        | reopen: R ; confirm: R ; follow-up: G! S!
            closed 7 days ago               | spot      | closed      | accept assign start resolve confirm                | P7D        | reopen: R
            resolved more than 7 days ago   | household | resolved    | accept assign start resolve                        | P7DT0.001S | reopen: . ; confirm: . ; follow-up: G! S!
            closed more than 7 days ago     | household | closed      | accept assign start resolve confirm                | P7DT0.001S | reopen: .
            closed 30 days ago              | household | closed      | accept assign start resolve confirm                | P30D       | reopen: . ; rate: R
            closed more than 30 days ago    | household | closed      | accept assign start resolve confirm                | P30DT0.001S | reopen: . ; rate: . ; comment: .
            """;

    /** A ticket made in one way, of one kind, at one age. */
    record Situation(
            String name,
            String kind,
            String state,
            List<String> steps,
            Duration age,
            Map<String, Set<String>> differences) {
        /** Those to try. */
        Set<String> triedOf(Set<String> actions) {
            return differences.isEmpty() ? actions : differences.keySet();
        }

        boolean isAssigned() {
            return steps.contains("assign");
        }
    }

    /** One request of one person on a ticket made as the situation says. */
    record Cell(Situation situation, String actor, Set<String> letters, String action) {
        /** What a mere look at the ticket is answered with. */
        int sight() {
            return letters.contains("401") ? 401 : letters.contains("-") ? 404 : 200;
        }
    }

    private record Row(String to, Map<String, Set<String>> whoByState) {}

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<Situation> situations = new ArrayList<>();

    ActionTable(List<String> kinds) {
        var lines = cells(ACTIONS);
        var head = lines.get(0);
        for (var line : lines.subList(1, lines.size())) {
            var who = new HashMap<String, Set<String>>();
            for (var i = 2; i < head.size(); i++) {
                who.put(head.get(i), letters(line.get(i)));
            }
            rows.put(line.get(0), new Row(line.get(1), who));
        }
        for (var kind : kinds) {
            cells(WAYS)
                    .forEach(way -> situations.add(new Situation(
                            way.get(0), kind, way.get(0), words(way.get(1)), Duration.ofMinutes(1), Map.of())));
        }
        cells(SITUATIONS).stream().skip(1).map(ActionTable::situation).forEach(situations::add);
    }

    Set<String> actions() {
        return rows.keySet();
    }

    List<Situation> situations() {
        return situations;
    }

    /** The state after it. */
    String after(String action, String state) {
        var to = row(action).to();
        return to.equals("-") ? state : to;
    }

    /** Everybody's every action. */
    List<Cell> cells(Situation situation) {
        var cells = new ArrayList<Cell>();
        MatrixCast.lettersOn(situation.kind()).forEach((actor, letters) -> {
            var present = new HashSet<>(letters);
            if (!situation.isAssigned()) {
                present.remove("W");
            }
            actions().forEach(action -> cells.add(new Cell(situation, actor, present, action)));
        });
        return cells;
    }

    boolean allows(Cell cell) {
        return allows(cell.action(), cell.situation(), cell.letters());
    }

    boolean allows(String action, Situation situation, Set<String> letters) {
        var who = situation.differences().get(action);
        return matches(who == null ? row(action).whoByState().getOrDefault(situation.state(), Set.of()) : who, letters);
    }

    /** Whether there is any state or condition in which they may, so that it is not their role that forbids it. */
    boolean allowsEver(String action, Set<String> letters) {
        return row(action).whoByState().values().stream().anyMatch(who -> matches(who, letters))
                || situations.stream()
                        .map(situation -> situation.differences().get(action))
                        .anyMatch(who -> who != null && matches(who, letters));
    }

    /** {@code own} among the letters: on the staff of the responsible organization. */
    private static boolean matches(Set<String> who, Set<String> letters) {
        return who.stream()
                .anyMatch(each -> each.endsWith("!")
                        ? letters.contains(each.substring(0, each.length() - 1)) && !letters.contains("own")
                        : letters.contains(each));
    }

    private Row row(String action) {
        return Objects.requireNonNull(rows.get(action), action);
    }

    private static Situation situation(List<String> line) {
        var differences = new HashMap<String, Set<String>>();
        for (var difference : line.get(5).split(";", -1)) {
            if (!difference.isBlank()) {
                var parts = difference.split(":", -1);
                differences.put(parts[0].strip(), letters(parts[1]));
            }
        }
        return new Situation(
                line.get(0), line.get(1), line.get(2), words(line.get(3)), Duration.parse(line.get(4)), differences);
    }

    static Set<String> letters(String cell) {
        var letters = new LinkedHashSet<>(words(cell));
        letters.remove(".");
        return letters;
    }

    private static List<String> words(String cell) {
        return cell.isBlank() ? List.of() : List.of(cell.strip().split(" +", -1));
    }

    static List<List<String>> cells(String table) {
        return table.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .toList();
    }
}

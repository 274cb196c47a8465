package org.huying.ticket;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.huying.db.Rows;
import org.huying.ticket.TicketAudit.Fault;
import org.huying.ticket.TicketAudit.Stored;
import org.jspecify.annotations.Nullable;

/** What held when: due times and exclusions as the events tell of them, against the rows that keep them. */
final class TurnAudit {
    /** From an instant until another; the number is that of the event that began it. */
    private record Spell(
            int seq,
            Instant from,
            @Nullable Instant until,
            Object value,
            @Nullable String byRef) {
        Spell endedAt(Instant at) {
            return new Spell(seq, from, at, value, byRef);
        }
    }

    private final List<Spell> dues = new ArrayList<>();
    private final List<Spell> exclusions = new ArrayList<>();

    void take(List<Change.Turn> turns) {
        for (var turn : turns) {
            var spells = turn.kind() == Change.Turn.Kind.DUE ? dues : exclusions;
            spells.replaceAll(spell -> spell.until() == null ? spell.endedAt(turn.at()) : spell);
            if (turn.value() != null) {
                var byRef = turn.kind() == Change.Turn.Kind.DUE ? null : turn.byRef();
                spells.add(new Spell(turn.seq(), turn.at(), null, turn.value(), byRef));
            }
        }
    }

    List<Fault> check(Stored stored) {
        var faults = new ArrayList<Fault>();
        compare(faults, "ticket_due", dues, stored.dues(), row -> spell(row, Rows.instant(row, "due_at"), null));
        compare(
                faults,
                "ticket_exclusion",
                exclusions,
                stored.exclusions(),
                row -> spell(row, row.getString("reason"), row.getString("by_ref")));
        return faults;
    }

    private static Spell spell(Row row, Object value, @Nullable String byRef) {
        return new Spell(
                row.getInteger("seq"), Rows.instant(row, "from_at"), Rows.instantOrNull(row, "until_at"), value, byRef);
    }

    private static void compare(
            List<Fault> faults, String table, List<Spell> expected, List<Row> rows, Function<Row, Spell> from) {
        Map<Integer, Spell> told = new TreeMap<>();
        expected.forEach(spell -> told.put(spell.seq(), spell));
        Map<Integer, Spell> kept = new TreeMap<>();
        rows.stream().map(from).forEach(spell -> kept.put(spell.seq(), spell));
        var all = new TreeSet<>(told.keySet());
        all.addAll(kept.keySet());
        all.stream()
                .filter(seq -> !Objects.equals(told.get(seq), kept.get(seq)))
                .forEach(seq -> faults.add(Fault.at(seq, "row differs: " + table)));
    }
}

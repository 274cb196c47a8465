package org.huying.ticket;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
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

/** What held when: due times, exclusions and the like as the events tell of them, against the rows that keep them. */
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

    private final Map<Turn.Kind, List<Spell>> told = new EnumMap<>(Turn.Kind.class);

    void take(List<Turn> turns) {
        for (var turn : turns) {
            var spells = spells(turn.kind());
            spells.replaceAll(spell -> spell.until() == null ? spell.endedAt(turn.at()) : spell);
            if (turn.value() != null) {
                spells.add(new Spell(turn.seq(), turn.at(), null, turn.value(), turn.byRef()));
            }
        }
    }

    List<Fault> check(Stored stored) {
        var faults = new ArrayList<Fault>();
        for (var kind : Turn.Kind.values()) {
            var rows = stored.turns().getOrDefault(kind.table(), List.of());
            compare(faults, kind.table(), spells(kind), rows, row -> spell(kind, row));
        }
        return faults;
    }

    private List<Spell> spells(Turn.Kind kind) {
        return told.computeIfAbsent(kind, key -> new ArrayList<>());
    }

    private static Spell spell(Turn.Kind kind, Row row) {
        return new Spell(
                row.getInteger("seq"),
                Rows.instant(row, "from_at"),
                Rows.instantOrNull(row, "until_at"),
                kind.kept(row),
                kind == Turn.Kind.EXCLUSION ? row.getString("by_ref") : null);
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

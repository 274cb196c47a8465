package org.huying.ticket;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.huying.db.Rows;
import org.huying.ticket.TicketAudit.Fault;
import org.huying.ticket.TicketAudit.Stored;
import org.jspecify.annotations.Nullable;

/** Rebuilds a ticket's row and its companions from a chain that is whole, and names what is stored otherwise. */
final class RowAudit {
    private final Stored stored;

    RowAudit(Stored stored) {
        this.stored = stored;
    }

    List<Fault> check(List<TicketEvent> events) {
        int lastSeq = stored.ticket().getInteger("last_seq");
        if (lastSeq > events.size()) {
            return List.of(Fault.at(
                    events.size() + 1,
                    "cut-off tail: the row knows of " + lastSeq + " events, " + events.size() + " are there"));
        }
        if (lastSeq < events.size()) {
            return List.of(Fault.at(lastSeq + 1, "forged event: the row does not know of it"));
        }
        var faults = new ArrayList<Fault>();
        try {
            var turns = new TurnAudit();
            var rebuilt = rebuild(events, turns);
            faults.addAll(differences(rebuilt, TicketRows.state(stored.ticket())));
            faults.addAll(derived(rebuilt));
            faults.addAll(turns.check(stored));
        } catch (RuntimeException e) {
            faults.add(Fault.ofRow(
                    "the row cannot be rebuilt from the events: " + e.getClass().getSimpleName()));
        }
        return faults;
    }

    private static TicketState rebuild(List<TicketEvent> events, TurnAudit turns) {
        TicketState state = null;
        for (var event : events) {
            var next = state == null ? new TicketState(event) : state.apply(event);
            turns.take(Turn.of(state, next, event));
            state = next;
        }
        return Objects.requireNonNull(state);
    }

    /** Field by field, by reflection: none can be forgotten, and each has its name. */
    private static List<Fault> differences(TicketState rebuilt, TicketState row) {
        var ofState = Arrays.stream(TicketState.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .filter(field -> !field.getType().equals(Origin.class))
                .filter(field -> !Objects.equals(value(field, rebuilt), value(field, row)))
                .map(Field::getName);
        var ofOrigin = Arrays.stream(Origin.class.getRecordComponents())
                .filter(part -> !Objects.equals(value(part, rebuilt.origin), value(part, row.origin)))
                .map(RecordComponent::getName);
        return Stream.concat(ofOrigin, ofState).map(RowAudit::differs).toList();
    }

    /** Columns that are no field of the state, but follow from it. */
    private List<Fault> derived(TicketState rebuilt) {
        var row = stored.ticket();
        var cast = new Cast(stored.actors().stream()
                .map(actor -> new Cast.Member(
                        actor.getString("ref"), actor.getUUID("person_id"), actor.getString("commitment")))
                .toList());
        var faults = new ArrayList<Fault>();
        compare(faults, "placeId", rebuilt.origin.placeId(), row.getUUID("place_id"));
        compare(faults, "clockDueAt", rebuilt.nextClock(), Rows.instantOrNull(row, "clock_due_at"));
        compare(faults, "reporterId", cast.person(rebuilt.origin.reporterRef()), row.getUUID("reporter_id"));
        compare(faults, "assigneeId", cast.person(rebuilt.assigneeRef), row.getUUID("assignee_id"));
        if (rebuilt.status.isOpen() && rebuilt.assigneeRef != null && cast.person(rebuilt.assigneeRef) == null) {
            faults.add(Fault.ofRow("nobody is known behind the pseudonym of the assignee"));
        }
        return faults;
    }

    private static void compare(List<Fault> faults, String name, @Nullable Object rebuilt, @Nullable Object inRow) {
        if (!Objects.equals(rebuilt, inRow)) {
            faults.add(differs(name));
        }
    }

    private static Fault differs(String name) {
        return Fault.ofRow("row differs: " + name);
    }

    private static @Nullable Object value(Field field, TicketState state) {
        try {
            return field.get(state);
        } catch (IllegalAccessException e) {
            throw new LinkageError("a field of the state is hidden: " + field.getName(), e);
        }
    }

    private static @Nullable Object value(RecordComponent part, Origin origin) {
        try {
            return part.getAccessor().invoke(origin);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a part of the origin is hidden: " + part.getName(), e);
        }
    }
}

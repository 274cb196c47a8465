package org.huying.ticket;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.huying.db.FieldCipher;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything that is stored of one ticket against its log: the chain against its hashes, the words beside it
 * against theirs, and the row and its companions against what the events make of them.
 */
public final class TicketAudit {
    /**
     * All rows of one ticket, with all their columns.
     *
     * @param events in the order of their numbers
     * @param turns  what held when, by table
     */
    public record Stored(Row ticket, List<Row> events, Map<String, List<Row>> turns, List<Row> actors) {}

    /**
     * Something that is not as it was written.
     *
     * @param seq the event's number, where it is about one
     */
    public record Fault(@Nullable Integer seq, String what) {
        static Fault at(int seq, String what) {
            return new Fault(seq, what);
        }

        static Fault ofRow(String what) {
            return new Fault(null, what);
        }
    }

    private final @Nullable FieldCipher cipher;

    /** @param cipher null where the key is not to be had: then the words are not looked at */
    public TicketAudit(@Nullable FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** Everything that is wrong with the ticket; what the events make of the row is asked only of a chain that is whole. */
    public List<Fault> check(Stored stored) {
        var chain = new ChainAudit();
        stored.events().forEach(chain::take);
        var faults = new ArrayList<>(chain.faults());
        faults.addAll(ActorAudit.check(stored.actors(), chain.events()));
        if (cipher != null) {
            var texts = new TextAudit(cipher);
            stored.events().forEach(row -> faults.addAll(texts.check(row)));
        }
        if (chain.faults().isEmpty()) {
            faults.addAll(new RowAudit(stored).check(chain.events()));
        }
        return faults;
    }
}

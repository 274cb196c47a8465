package org.huying.ticket.verify;

import static org.huying.ticket.verify.LogVerifier.await;

import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.huying.ticket.digest.LogDigest.Head;
import org.jspecify.annotations.Nullable;

/** Lays a difference between a day's digest and the events of now at the door of the tickets that it comes from. */
final class HeadCheck {
    private final Snapshot snapshot;
    private final Report report;
    private final UUID districtId;

    HeadCheck(Snapshot snapshot, Report report, UUID districtId) {
        this.snapshot = snapshot;
        this.report = report;
        this.districtId = districtId;
    }

    /**
     * The heads of the chains that grew on a day.
     *
     * @param format of the digest
     * @param then   as they were kept when the digest was published
     * @param now    as the events tell
     */
    void compare(LocalDate date, int format, List<Head> then, List<Head> now) {
        var kept = byTicket(then);
        byTicket(now).forEach((ticketId, head) -> {
            var known = kept.remove(ticketId);
            if (known == null) {
                late(date, head, head.seq() - head.events());
            } else if (known.seq() != head.seq() || !known.hash().equals(head.hash())) {
                explain(date, known, head);
            } else if (format > 1 && !Objects.equals(known.actors(), head.actors())) {
                tell(
                        head.ticketId(),
                        head.seq(),
                        "others are behind its pseudonyms than when the digest of " + date + " was made");
            }
        });
        kept.values().forEach(gone -> explain(date, gone, null));
    }

    /** An event that is dated on a closed day and was not there when its digest was made. */
    void forged(LocalDate date, UUID ticketId, int seq) {
        tell(ticketId, seq, "forged event: the digest of " + date + " does not know of it");
    }

    /** The same of all events after a number, unless it was the digest that came too early. */
    private void late(LocalDate date, Head now, int afterSeq) {
        var found = await(
                        snapshot.rows(VerifySql.LATE, Tuple.of(districtId, now.ticketId(), date, afterSeq, now.seq())))
                .get(0);
        Integer forged = found.getInteger("forged_seq");
        if (forged != null) {
            forged(date, now.ticketId(), forged);
        } else if (!report.knows(now.ticketId())) {
            var seq = found.getInteger("first_seq");
            report.wrongClock(
                    ticketNo(now.ticketId(), seq),
                    now.ticketId(),
                    seq,
                    "the digest of " + date + " was made before that day was over, by a clock that was ahead");
        }
    }

    private void explain(LocalDate date, Head then, @Nullable Head now) {
        var found = await(snapshot.rows(VerifySql.EVENT, Tuple.of(districtId, then.ticketId(), then.seq())))
                .get(0);
        var hash = found.getString("hash");
        Integer lastSeq = found.getInteger("last_seq");
        if (lastSeq == null || lastSeq < then.seq()) {
            int next = lastSeq == null ? 1 : lastSeq + 1;
            tell(then.ticketId(), next, "cut-off tail: the digest of " + date + " ends with event " + then.seq());
        } else if (hash == null) {
            tell(then.ticketId(), then.seq(), "missing event: the digest of " + date + " ends with it");
        } else if (!hash.equals(then.hash())) {
            tell(then.ticketId(), then.seq(), "rewritten event: it is not the one in the digest of " + date);
        } else if (now == null || now.seq() < then.seq()) {
            tell(then.ticketId(), then.seq(), "tampered event: it was dated " + date + " when the digest was made");
        } else {
            late(date, now, then.seq());
        }
    }

    private void tell(UUID ticketId, int seq, String what) {
        if (!report.knows(ticketId)) {
            report.ticket(ticketNo(ticketId, seq), ticketId, seq, what);
        }
    }

    private @Nullable String ticketNo(UUID ticketId, int seq) {
        return await(snapshot.rows(VerifySql.EVENT, Tuple.of(districtId, ticketId, seq)))
                .get(0)
                .getString("ticket_no");
    }

    private static Map<String, Head> byTicket(List<Head> heads) {
        return heads.stream()
                .collect(Collectors.toMap(
                        head -> head.ticketId().toString(), Function.identity(), (a, b) -> b, TreeMap::new));
    }
}

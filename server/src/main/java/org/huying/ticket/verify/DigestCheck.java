package org.huying.ticket.verify;

import static org.huying.ticket.verify.LogVerifier.await;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.ticket.digest.LogDay;
import org.huying.ticket.digest.LogDigest;
import org.huying.ticket.digest.LogDigests;
import org.huying.ticket.digest.PublishedDigest;
import org.jspecify.annotations.Nullable;

/** Makes every digest of a district again, out of the events as they are now, one day in memory at a time. */
final class DigestCheck {
    private static final int PAGE = 100;
    private static final LocalDate BEFORE_ALL = LocalDate.of(1970, 1, 1);

    private final Snapshot snapshot;
    private final Report report;
    private final UUID districtId;
    private final ZoneId zone;
    private final Map<LocalDate, String> saved;
    private final HeadCheck heads;
    private @Nullable PublishedDigest last;

    DigestCheck(Snapshot snapshot, Report report, UUID districtId, ZoneId zone, Map<LocalDate, String> saved) {
        this.snapshot = snapshot;
        this.report = report;
        this.districtId = districtId;
        this.zone = zone;
        this.saved = new TreeMap<>(saved);
        this.heads = new HeadCheck(snapshot, report, districtId);
    }

    void run(Instant now) {
        var after = BEFORE_ALL;
        for (var page = page(after); !page.isEmpty(); page = page(after)) {
            page.forEach(this::check);
            after = page.get(page.size() - 1).date();
        }
        saved.keySet().forEach(date -> report.day(districtId, date, "missing digest: it was published once"));
        var open = LogDay.latestClosed(now, zone).date();
        if (last == null || last.date().isBefore(open)) {
            report.note("district " + districtId + " has no digest " + (last == null ? "yet" : "since " + last.date())
                    + "; later events are held only by their own chains");
        }
    }

    private List<PublishedDigest> page(LocalDate after) {
        return await(snapshot.rows(VerifySql.DIGESTS, Tuple.of(districtId, after, PAGE))).stream()
                .map(PublishedDigest::from)
                .toList();
    }

    private void check(PublishedDigest published) {
        follow(published);
        var kept = saved.remove(published.date());
        if (kept != null && !kept.equals(published.digest())) {
            report.day(districtId, published.date(), "tampered digest: it differs from the saved one");
        }
        var day = new LogDay(published.date(), zone);
        var now = await(LogDigests.heads(snapshot.client(), districtId, day));
        var then = await(snapshot.rows(VerifySql.DIGEST_HEADS, Tuple.of(districtId, published.date()))).stream()
                .map(LogDigest.Head::from)
                .toList();
        if (!digest(published, then).equals(published.digest())) {
            report.day(districtId, published.date(), "tampered digest: it is not that of its heads");
        }
        heads.compare(published.date(), published.format(), then, now);
        var remade = new LogDigest(published.format(), districtId, published.date(), published.previousDigest(), now);
        var counts = remade.chains() == published.chains() && remade.events() == published.events();
        var explained = now.stream().anyMatch(head -> report.knows(head.ticketId()));
        if (remade.digest().equals(published.digest()) && !counts && !explained) {
            report.day(districtId, published.date(), "tampered digest: its counts are others");
        }
        report.verifiedDay();
        last = published;
    }

    /** Each day is there, and follows the day before. */
    private void follow(PublishedDigest published) {
        var before = last;
        if (before == null) {
            begin(published);
            return;
        }
        if (!before.date().plusDays(1).equals(published.date())) {
            report.day(districtId, before.date().plusDays(1), "missing digest");
        } else if (!before.digest().equals(published.previousDigest())) {
            report.day(districtId, published.date(), "broken chain: it does not follow from the day before");
        }
    }

    private void begin(PublishedDigest first) {
        if (!first.previousDigest().equals(LogDigest.GENESIS)) {
            report.day(districtId, first.date().minusDays(1), "missing digest: the first one follows from it");
        }
        var start = Rows.utc(new LogDay(first.date(), zone).from());
        for (Row event : await(snapshot.rows(VerifySql.FIRST_EVENT_BEFORE, Tuple.of(districtId, start)))) {
            heads.forged(first.date(), event.getUUID("ticket_id"), event.getInteger("seq"));
        }
    }

    private String digest(PublishedDigest published, List<LogDigest.Head> of) {
        return new LogDigest(published.format(), districtId, published.date(), published.previousDigest(), of).digest();
    }
}

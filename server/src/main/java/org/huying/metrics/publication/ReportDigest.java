package org.huying.metrics.publication;

import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.kernel.Sha256;

/**
 * What a report rests on: its digest is the SHA-256, in hex, of {@link #text}. Whoever can read the events can make the
 * same.
 *
 * @param heads of the tickets that stand in any figure of the month
 */
record ReportDigest(UUID districtId, YearMonth month, Instant asOf, int definition, List<Head> heads) {
    /** As events write it. */
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The last event of a ticket at or before the report's instant; its number is how many there were. */
    record Head(UUID ticketId, int seq, String hash) {
        static Head from(Row row) {
            return new Head(row.getUUID("ticket_id"), row.getInteger("seq"), row.getString("hash"));
        }

        private String line() {
            return ticketId + " " + seq + " " + hash + "\n";
        }
    }

    int tickets() {
        return heads.size();
    }

    long events() {
        return heads.stream().mapToLong(Head::seq).sum();
    }

    /** UTF-8, each line ended by a line feed, the tickets in the order of their ids as text. */
    String text() {
        return "huying completion report 1\n"
                + "district " + districtId + "\n"
                + "month " + month + "\n"
                + "asOf " + MILLIS.format(asOf) + "\n"
                + "definition " + definition + "\n"
                + heads.stream()
                        .sorted(Comparator.comparing(head -> head.ticketId().toString()))
                        .map(Head::line)
                        .collect(Collectors.joining());
    }

    String digest() {
        return Sha256.hex(text().getBytes(StandardCharsets.UTF_8));
    }
}

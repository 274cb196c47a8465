package org.huying.ticket.digest;

import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.kernel.Sha256;

/**
 * The digest of one day: the SHA-256, in hex, of {@link #text}. Whoever can read the events can make the same.
 *
 * @param previousDigest of the day before; 64 zeros on the district's first
 * @param heads          of the chains that grew on that day
 */
public record LogDigest(UUID districtId, LocalDate date, String previousDigest, List<Head> heads) {
    /** The digest before the first. */
    public static final String GENESIS = "0".repeat(64);

    /**
     * The last event of a chain on a day.
     *
     * @param events how many the chain got on that day
     */
    public record Head(UUID ticketId, int seq, String hash, int events) {
        public static Head from(Row row) {
            return new Head(
                    row.getUUID("ticket_id"),
                    row.getInteger("seq"),
                    row.getString("hash"),
                    row.getLong("events").intValue());
        }

        private String line() {
            return ticketId + " " + seq + " " + hash + "\n";
        }
    }

    public int chains() {
        return heads.size();
    }

    public int events() {
        return heads.stream().mapToInt(Head::events).sum();
    }

    /** UTF-8, each line ended by a line feed, the chains in the order of their ids as text. */
    String text() {
        return "huying log digest 1\n"
                + "previous " + previousDigest + "\n"
                + "district " + districtId + "\n"
                + "date " + date + "\n"
                + heads.stream()
                        .sorted(Comparator.comparing(head -> head.ticketId().toString()))
                        .map(Head::line)
                        .collect(Collectors.joining());
    }

    public String digest() {
        return Sha256.hex(text().getBytes(StandardCharsets.UTF_8));
    }
}

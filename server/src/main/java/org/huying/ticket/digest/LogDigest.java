package org.huying.ticket.digest;

import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The digest of one day: the SHA-256, in hex, of {@link #text}. Whoever can read the events can make the same.
 *
 * @param format         of the text; 1 is that of digests that did not cover yet who is behind the pseudonyms
 * @param previousDigest of the day before; 64 zeros on the district's first
 * @param heads          of the chains that grew on that day
 */
public record LogDigest(int format, UUID districtId, LocalDate date, String previousDigest, List<Head> heads) {
    /** Of those that are published now. */
    static final int FORMAT = 2;

    /** The digest before the first. */
    public static final String GENESIS = "0".repeat(64);

    /**
     * The last event of a chain on a day.
     *
     * @param events how many the chain got on that day
     * @param actors the SHA-256 over {@code <ref> <commitment>} of all whom the ticket knew by the end of the day, a line
     *               each; null in format 1
     */
    public record Head(
            UUID ticketId,
            int seq,
            String hash,
            int events,
            @Nullable String actors) {
        public static Head from(Row row) {
            return new Head(
                    row.getUUID("ticket_id"),
                    row.getInteger("seq"),
                    row.getString("hash"),
                    row.getLong("events").intValue(),
                    row.getString("actors"));
        }

        private String line(int format) {
            return ticketId + " " + seq + " " + hash + (format == 1 ? "" : " " + actors) + "\n";
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
        return "huying log digest " + format + "\n"
                + "previous " + previousDigest + "\n"
                + "district " + districtId + "\n"
                + "date " + date + "\n"
                + heads.stream()
                        .sorted(Comparator.comparing(head -> head.ticketId().toString()))
                        .map(head -> head.line(format))
                        .collect(Collectors.joining());
    }

    public String digest() {
        return Sha256.hex(text().getBytes(StandardCharsets.UTF_8));
    }
}

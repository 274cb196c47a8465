package org.huying.http;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.huying.kernel.Fault;
import org.huying.kernel.Refusal;

/** The sort key of the last row of a page, opaque to clients. Rows added meanwhile do not shift what follows it. */
public record Cursor(List<String> keys) {
    private static final String SEPARATOR = "\n";

    public Cursor {
        keys = List.copyOf(keys);
    }

    String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, keys).getBytes(StandardCharsets.UTF_8));
    }

    public static Cursor decode(String text) {
        try {
            var keys = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return new Cursor(List.of(keys.split(SEPARATOR, -1)));
        } catch (IllegalArgumentException e) {
            throw illegal();
        }
    }

    public String text(int index) {
        if (index >= keys.size()) {
            throw illegal();
        }
        return keys.get(index);
    }

    /** Refuses a cursor of another list. */
    public void require(int index, String text) {
        if (!text(index).equals(text)) {
            throw illegal();
        }
    }

    public int integer(int index) {
        try {
            return Integer.parseInt(text(index));
        } catch (NumberFormatException e) {
            throw illegal();
        }
    }

    public UUID uuid(int index) {
        try {
            return UUID.fromString(text(index));
        } catch (IllegalArgumentException e) {
            throw illegal();
        }
    }

    public Instant instant(int index) {
        try {
            return Instant.parse(text(index));
        } catch (DateTimeException e) {
            throw illegal();
        }
    }

    public LocalDate date(int index) {
        try {
            return LocalDate.parse(text(index));
        } catch (DateTimeException e) {
            throw illegal();
        }
    }

    private static Refusal illegal() {
        return Refusal.malformed(List.of(new Fault("/query/cursor", "cursor")));
    }
}

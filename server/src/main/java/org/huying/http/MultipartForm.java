package org.huying.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.huying.kernel.Refusal;
import org.huying.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@code multipart/form-data} body (RFC 7578), in memory. Of a part's headers only its name counts: what
 * its file is called and what its type is said to be is disregarded, because anybody can say anything there.
 *
 * @param digest the same for the same parts in the same order, whatever boundary they came with
 */
record MultipartForm(List<Part> parts, Buffer digest) {
    static final String MEDIA_TYPE = "multipart/form-data";

    /** More than any of our forms has. */
    private static final int PARTS_MAX = 16;

    private static final int HEADERS_MAX_BYTES = 4096;
    private static final Pattern BOUNDARY = Pattern.compile(
            ";\\s*boundary=(?:\"([^\"\\\\]{1,70})\"|([^\\s\";,]{1,70}))\\s*(?:;|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(
            "(?:^|\\r\\n)content-disposition:\\s*form-data\\s*;(?:[^\\r]*?[;\\s])?name=(?:\"([^\"\\r]*)\"|([^\\s\";]+))",
            Pattern.CASE_INSENSITIVE);
    private static final byte[] END_OF_HEADERS = ascii("\r\n\r\n");
    private static final byte[] CLOSING = ascii("--");
    private static final byte[] LINE_END = ascii("\r\n");

    /** One named part. */
    record Part(String name, Buffer content) {}

    static MultipartForm empty() {
        return new MultipartForm(List.of(), digest(List.of()));
    }

    MultipartForm {
        parts = List.copyOf(parts);
    }

    /** Takes a body apart; the parts share its bytes. Fails with {@code malformed_multipart}. */
    static MultipartForm parse(@Nullable String contentType, Buffer body) {
        var delimiter = ascii("\r\n--" + boundary(contentType));
        var bytes = body.getBytes();
        var search = new Search(delimiter);
        // The first delimiter may open the body, without a line before it.
        int at = startsWith(bytes, delimiter, 2, 0) ? -2 : search.in(bytes, 0);
        var parts = new ArrayList<Part>();
        while (true) {
            if (at == Search.NOWHERE) {
                throw malformed();
            }
            int next = at + delimiter.length;
            if (startsWith(bytes, CLOSING, 0, next)) {
                return new MultipartForm(parts, digest(parts));
            }
            int headers = afterLine(bytes, next);
            at = search.in(bytes, headers - LINE_END.length);
            if (at == Search.NOWHERE || parts.size() == PARTS_MAX) {
                throw malformed();
            }
            parts.add(part(body, bytes, headers, at));
        }
    }

    private static Buffer digest(List<Part> parts) {
        return Buffer.buffer(Sha256.of(parts.stream()
                .flatMap(part -> Stream.of(head(part), part.content().getBytes()))
                .toArray(byte[][]::new)));
    }

    /** Where a part begins and ends, so that no two forms look alike. */
    private static byte[] head(Part part) {
        var name = part.name().getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer()
                .appendInt(name.length)
                .appendBytes(name)
                .appendInt(part.content().length())
                .getBytes();
    }

    private static Part part(Buffer body, byte[] bytes, int from, int until) {
        int end = new Search(END_OF_HEADERS).in(bytes, from);
        if (end == Search.NOWHERE || end > until || end - from > HEADERS_MAX_BYTES) {
            throw malformed();
        }
        var name = NAME.matcher(new String(bytes, from, end - from, StandardCharsets.UTF_8));
        int content = end + END_OF_HEADERS.length;
        if (!name.find() || content > until) {
            throw malformed();
        }
        return new Part(group(name), body.slice(content, until));
    }

    private static String boundary(@Nullable String contentType) {
        var found = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!found.find()) {
            throw malformed();
        }
        return group(found);
    }

    /** Behind the delimiter there may be blanks, and then the line ends. */
    private static int afterLine(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        if (!startsWith(bytes, LINE_END, 0, at)) {
            throw malformed();
        }
        return at + LINE_END.length;
    }

    private static boolean startsWith(byte[] bytes, byte[] what, int whatFrom, int at) {
        if (at + what.length - whatFrom > bytes.length) {
            return false;
        }
        for (int i = whatFrom; i < what.length; i++) {
            if (bytes[at + i - whatFrom] != what[i]) {
                return false;
            }
        }
        return true;
    }

    private static String group(Matcher matcher) {
        var quoted = matcher.group(1);
        return quoted != null ? quoted : matcher.group(2);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Refusal malformed() {
        return Refusal.malformed("malformed_multipart");
    }

    /** Finds a word in bytes by leaps (Horspool): megabytes in about a millisecond. */
    private static final class Search {
        static final int NOWHERE = Integer.MIN_VALUE;

        private final byte[] word;
        private final int[] leaps = new int[256];

        Search(byte[] word) {
            this.word = word;
            Arrays.fill(leaps, word.length);
            for (int i = 0; i < word.length - 1; i++) {
                leaps[word[i] & 0xff] = word.length - 1 - i;
            }
        }

        int in(byte[] bytes, int from) {
            int at = from;
            while (at + word.length <= bytes.length) {
                if (startsWith(bytes, word, 0, at)) {
                    return at;
                }
                at += leaps[bytes[at + word.length - 1] & 0xff];
            }
            return NOWHERE;
        }
    }
}

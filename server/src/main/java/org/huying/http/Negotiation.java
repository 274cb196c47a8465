package org.huying.http;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the form of an answer by what the caller accepts (RFC 9110, section 12.5.1), among those that the contract
 * lists for an operation's 200. Where nothing of it is acceptable, and in every operation with one form only, the header
 * is disregarded, as that section allows: then the answer is JSON, where JSON is offered.
 */
final class Negotiation {
    private static final Pattern QUALITY = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

    private record Range(String type, double quality) {
        boolean covers(String mediaType) {
            return type.equals(mediaType)
                    || type.equals("*/*")
                    || (type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1)));
        }

        /** Higher for the one that says more. */
        int precision() {
            return type.equals("*/*") ? 0 : type.endsWith("/*") ? 1 : 2;
        }
    }

    private final List<String> offered;

    /** Offers in the order of preference, for callers who do not care. */
    Negotiation(List<String> offered) {
        this.offered = List.copyOf(offered);
    }

    static Negotiation of(ContractOperation operation) {
        var answer = operation.responses().getJsonObject("200", new JsonObject());
        return new Negotiation(
                List.copyOf(answer.getJsonObject("content", new JsonObject()).fieldNames()));
    }

    boolean hasChoice() {
        return offered.size() > 1;
    }

    /** The media type to answer with. */
    String choose(@Nullable String accept) {
        var usual = offered.isEmpty() || offered.contains(RequestCheck.JSON) ? RequestCheck.JSON : offered.get(0);
        if (!hasChoice() || accept == null || accept.isBlank()) {
            return usual;
        }
        var ranges = ranges(accept);
        var best = usual;
        var bestQuality = quality(usual, ranges);
        for (var mediaType : offered) {
            var quality = quality(mediaType, ranges);
            if (quality > bestQuality) {
                best = mediaType;
                bestQuality = quality;
            }
        }
        return best;
    }

    /** What the most precise range says of the media type. */
    private static double quality(String mediaType, List<Range> ranges) {
        Range found = null;
        for (var range : ranges) {
            if (range.covers(mediaType) && (found == null || range.precision() > found.precision())) {
                found = range;
            }
        }
        return found == null ? 0 : found.quality();
    }

    /** What cannot be understood is left out. */
    private static List<Range> ranges(String accept) {
        var ranges = new ArrayList<Range>();
        for (var element : accept.split(",", -1)) {
            var parts = element.split(";", -1);
            var quality = 1.0;
            for (int i = 1; i < parts.length; i++) {
                var parameter = parts[i].strip().toLowerCase(Locale.ROOT);
                if (parameter.startsWith("q=")) {
                    var text = parameter.substring(2).strip();
                    quality = QUALITY.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
                }
            }
            if (!Double.isNaN(quality)) {
                ranges.add(new Range(parts[0].strip().toLowerCase(Locale.ROOT), quality));
            }
        }
        return ranges;
    }
}

package org.huying.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the rate.
 *
 * @param from    first day
 * @param to      last day, inclusive
 * @param groupBy {@code organization|serviceItem|place|month|channel}
 * @param filters by the names of {@link History#FILTERS}
 */
public record Question(
        LocalDate from,
        LocalDate to,
        Instant asOf,
        @Nullable String groupBy,
        Map<String, String> filters) {
    /** The zone of districts that have set no other. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    boolean isInPeriod(Instant at) {
        return !at.isBefore(from.atStartOfDay(ZONE).toInstant())
                && at.isBefore(to.plusDays(1).atStartOfDay(ZONE).toInstant());
    }

    /** Where the service answers it. */
    public String path() {
        var asked = new LinkedHashMap<String, String>();
        if (groupBy != null) {
            asked.put("groupBy", groupBy);
        }
        return "/v1/metrics/one-time-completion?" + query(asked);
    }

    /** Where the service lists the tickets of one of its figures. */
    public String ticketsPath(String segment, String verdict) {
        var asked = new LinkedHashMap<String, String>();
        asked.put("segment", segment);
        asked.put("verdict", verdict);
        return "/v1/metrics/one-time-completion/tickets?" + query(asked);
    }

    private String query(Map<String, String> asked) {
        asked.put("from", from.toString());
        asked.put("to", to.toString());
        asked.put("asOf", asOf.toString());
        asked.putAll(filters);
        return asked.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}

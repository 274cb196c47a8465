package org.huying.metrics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.huying.http.Call;
import org.jspecify.annotations.Nullable;

/**
 * Which tickets a figure is about; filters combine.
 *
 * @param from first day, in the district's zone
 * @param to   last day, inclusive
 * @param asOf the instant whose figures are wanted; absent: now
 */
public record MetricsQuery(
        LocalDate from,
        LocalDate to,
        @Nullable UUID placeId,
        @Nullable UUID organizationId,
        @Nullable String serviceItemCode,
        @Nullable String channel,
        @Nullable Instant asOf) {
    /** All that happened in a period. */
    public static MetricsQuery of(LocalDate from, LocalDate to, @Nullable Instant asOf) {
        return new MetricsQuery(from, to, null, null, null, null, asOf);
    }

    /** The same as of an instant. */
    MetricsQuery asOf(Instant instant) {
        return new MetricsQuery(from, to, placeId, organizationId, serviceItemCode, channel, instant);
    }

    /** As every operation of this room asks it. */
    public static MetricsQuery from(Call call) {
        return new MetricsQuery(
                call.date("from"),
                call.date("to"),
                call.optionalId("placeId"),
                call.optionalId("organizationId"),
                call.text("serviceItemCode"),
                call.text("channel"),
                call.optionalInstant("asOf"));
    }
}

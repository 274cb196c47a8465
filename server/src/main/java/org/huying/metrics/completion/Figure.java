package org.huying.metrics.completion;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.huying.metrics.GroupKey;
import org.huying.metrics.Wilson;
import org.jspecify.annotations.Nullable;

/** One block of figures by definition 1; rates are null where there is nothing to divide by. */
public record Figure(
        long cohort,
        long provisional,
        long matured,
        Map<String, Long> excluded,
        long denominator,
        long numerator,
        @Nullable Double rate,
        @Nullable Double rateLow,
        @Nullable Double rateHigh,
        long confirmedNumerator,
        @Nullable Double confirmedRate,
        Map<String, Long> broken,
        long overdueUnresolved,
        @Nullable Double rateWorst,
        long withdrawn,
        long duplicate) {
    static final List<String> EXCLUSION_REASONS = List.of("out_of_scope", "test");

    /** In the order in which they are asked for. */
    static final List<String> BREAKING_CAUSES =
            List.of("answered", "unable", "not_responsible", "info_twice", "reopened", "re_reported", "dissatisfied");

    /** The figures of one group. */
    public record Group(
            @JsonProperty GroupKey key, @JsonUnwrapped Figure figure) {}

    static Figure of(Tally tally) {
        var excluded = tally.byCause("excluded", EXCLUSION_REASONS);
        var broken = tally.byCause("broken", BREAKING_CAUSES);
        var numerator = tally.count("one_time");
        var confirmed = tally.confirmed();
        var denominator = numerator + sum(broken);
        var matured = denominator + sum(excluded);
        var provisional = tally.count("provisional");
        var overdue = tally.count("overdue_unresolved");
        var interval = Wilson.of(numerator, denominator);
        return new Figure(
                provisional + matured,
                provisional,
                matured,
                excluded,
                denominator,
                numerator,
                share(numerator, denominator),
                interval == null ? null : interval.low(),
                interval == null ? null : interval.high(),
                confirmed,
                share(confirmed, denominator),
                broken,
                overdue,
                share(numerator, denominator + overdue),
                tally.count("withdrawn"),
                tally.count("duplicate"));
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }
}

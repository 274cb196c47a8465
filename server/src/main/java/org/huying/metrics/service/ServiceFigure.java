package org.huying.metrics.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.sqlclient.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * One block of service rates. The cohort is that of the one-time completion rate: tickets whose first resolve falls in the
 * period, at {@code asOf} or before. Those that are excluded at {@code asOf} are in no rate.
 *
 * @param response       no response due time was let pass on the way to the first resolve
 * @param resolution     the first resolve came at its due time or before
 * @param satisfaction   of those that have a rating at {@code asOf}: rated 4 or 5
 * @param zeroTransfer   never transferred before the first resolve; the next two likewise
 * @param reReport       of those whose window of 168 hours is over: reported again in it. The lower the better, unlike
 *                       all the others
 */
public record ServiceFigure(
        long cohort,
        long excluded,
        long counted,
        Rate response,
        Rate resolution,
        Satisfaction satisfaction,
        Rate zeroTransfer,
        Rate zeroEscalation,
        Rate zeroSuspension,
        Rate reReport,
        Backlog backlog) {
    static final List<String> RATINGS = List.of("1", "2", "3", "4", "5");

    /** Each from the end of the one before until its own: a ticket that is a day old to the millisecond is not under it. */
    static final List<String> AGES =
            List.of("under_1_day", "under_3_days", "under_7_days", "under_15_days", "under_30_days", "over_30_days");

    /**
     * What those thought of it who said so.
     *
     * @param ratings how many gave each
     */
    public record Satisfaction(
            @JsonUnwrapped Rate rate, @JsonProperty Map<String, Long> ratings) {}

    /**
     * What was open at the end of the period, or at {@code asOf} if that is earlier.
     *
     * @param reopened how many of these had been resolved already
     * @param byAge    all of these, by the time since they were submitted
     */
    public record Backlog(long open, long reopened, Map<String, Long> byAge) {}

    /** A group may have a cohort without a backlog, or the other way round: what it lacks is nought. */
    static ServiceFigure from(Row row) {
        return of(name -> Objects.requireNonNullElse(row.getLong(name), 0L));
    }

    static ServiceFigure nothing() {
        return of(name -> 0);
    }

    /** A block of what a statement counted, each count by the statement's name for it. */
    private static ServiceFigure of(ToLongFunction<String> counts) {
        var cohort = counts.applyAsLong("cohort");
        var counted = counts.applyAsLong("counted");
        return new ServiceFigure(
                cohort,
                cohort - counted,
                counted,
                allBut("response_late", counted, counts),
                allBut("resolution_late", counted, counts),
                satisfaction(counts),
                allBut("transferred", counted, counts),
                allBut("escalated", counted, counts),
                allBut("suspended", counted, counts),
                Rate.of(counts.applyAsLong("re_reported"), counts.applyAsLong("window_over")),
                new Backlog(counts.applyAsLong("open"), counts.applyAsLong("reopened"), each(AGES, "", counts)));
    }

    private static Rate allBut(String failed, long counted, ToLongFunction<String> counts) {
        return Rate.of(counted - counts.applyAsLong(failed), counted);
    }

    private static Satisfaction satisfaction(ToLongFunction<String> counts) {
        var ratings = each(RATINGS, "rated_", counts);
        var rated = ratings.values().stream().mapToLong(Long::longValue).sum();
        return new Satisfaction(Rate.of(counts.applyAsLong("rated_4") + counts.applyAsLong("rated_5"), rated), ratings);
    }

    private static Map<String, Long> each(List<String> keys, String prefix, ToLongFunction<String> counts) {
        var each = new LinkedHashMap<String, Long>();
        keys.forEach(key -> each.put(key, counts.applyAsLong(prefix + key)));
        return each;
    }
}

package org.huying.canteen.report;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A band as it was fixed on bookings.
 *
 * @param fromAge null for bookings without subsidy
 * @param toAge   inclusive; null where it is open, and without subsidy
 */
record AgeBand(@Nullable Integer fromAge, @Nullable Integer toAge) implements Comparable<AgeBand> {
    private static final Comparator<@Nullable Integer> OPEN_LAST = Comparator.nullsLast(Comparator.naturalOrder());

    /** The young first, those without subsidy last. */
    @Override
    public int compareTo(AgeBand other) {
        int order = OPEN_LAST.compare(fromAge, other.fromAge);
        return order == 0 ? OPEN_LAST.compare(toAge, other.toAge) : order;
    }

    String inWords() {
        if (fromAge == null) {
            return "无补贴";
        }
        return toAge == null ? fromAge + "岁及以上" : fromAge + "–" + toAge + "岁";
    }
}

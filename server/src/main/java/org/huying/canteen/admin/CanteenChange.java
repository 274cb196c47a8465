package org.huying.canteen.admin;

import java.util.List;
import java.util.UUID;
import org.huying.canteen.PeriodRule;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different of a canteen; what is null stays.
 *
 * @param seenVersion of the canteen that is to be changed; null for whatever it is
 * @param periods     in place of all that there are
 */
record CanteenChange(
        @Nullable Integer seenVersion,
        @Nullable UUID placeId,
        @Nullable String name,
        @Nullable String address,
        @Nullable Boolean delivers,
        @Nullable List<PeriodRule> periods) {}

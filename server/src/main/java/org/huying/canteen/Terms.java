package org.huying.canteen;

import org.jspecify.annotations.Nullable;

/** What a booking costs, and which band of the policy paid a part of it; fixed when it becomes booked. */
record Terms(int priceFen, int subsidyFen, @Nullable SubsidyBand band) {
    int payableFen() {
        return priceFen - subsidyFen;
    }
}

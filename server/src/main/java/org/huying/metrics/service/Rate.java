package org.huying.metrics.service;

import org.huying.metrics.Wilson;
import org.jspecify.annotations.Nullable;

/** A share of tickets with its Wilson interval; null where there is nothing to divide by. */
public record Rate(
        long numerator,
        long denominator,
        @Nullable Double rate,
        @Nullable Double rateLow,
        @Nullable Double rateHigh) {
    static Rate of(long numerator, long denominator) {
        var interval = Wilson.of(numerator, denominator);
        return interval == null
                ? new Rate(numerator, denominator, null, null, null)
                : new Rate(numerator, denominator, (double) numerator / denominator, interval.low(), interval.high());
    }
}

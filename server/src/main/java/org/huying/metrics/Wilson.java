package org.huying.metrics;

import org.jspecify.annotations.Nullable;

/** The Wilson score interval at 95 %: honest also for few tickets and for rates near one. */
public record Wilson(double low, double high) {
    private static final double Z = 1.959963984540054;

    public static @Nullable Wilson of(long successes, long trials) {
        if (trials == 0) {
            return null;
        }
        var n = (double) trials;
        var p = successes / n;
        var scale = 1 + Z * Z / n;
        var centre = (p + Z * Z / (2 * n)) / scale;
        var half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / scale;
        return new Wilson(successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
    }
}

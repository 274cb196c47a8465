package org.huying.metrics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tickets a figure is about.
 *
 * @param from first day, in the district's zone
 * @param to   last day, inclusive
 * @param asOf the instant whose figures are wanted; absent: now
 */
record CompletionQuery(
        LocalDate from,
        LocalDate to,
        @Nullable UUID placeId,
        @Nullable UUID organizationId,
        @Nullable String serviceItemCode,
        @Nullable Instant asOf) {}

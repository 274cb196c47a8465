package org.huying.place.admin;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place to be.
 *
 * @param officeName of its office, where it gets one; without it the office bears the place's name
 */
record NewPlace(
        String level,
        @Nullable String kind,
        UUID parentId,
        String name,
        @Nullable String officeName) {}

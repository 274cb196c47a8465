package org.huying.place.admin;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different of a place; what is null stays.
 *
 * @param seenVersion of the place that is to be changed; null for whatever it is
 */
record PlaceChange(
        @Nullable Integer seenVersion,
        @Nullable String name,
        @Nullable UUID parentId) {}

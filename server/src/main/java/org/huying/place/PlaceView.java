package org.huying.place;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A place as the contract shows it. */
public record PlaceView(
        UUID id,
        int version,
        String level,
        @Nullable String kind,
        @Nullable UUID parentId,
        String name) {
    public static PlaceView of(Place place) {
        return new PlaceView(place.id(), place.version(), place.level(), place.kind(), place.parentId(), place.name());
    }
}

package org.huying.kernel;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done in a resident's name by somebody else, as the room knows it that keeps it.
 *
 * @param key         unique, and orders what happened in one instant
 * @param byId        null for the system
 * @param byRole      as what, where that is kept
 * @param subjectKind {@code booking}, {@code ticket} and the like
 * @param summary     what it was, in words that name nobody
 */
public record ActFor(
        Instant at,
        String key,
        String kind,
        @Nullable UUID byId,
        @Nullable String byRole,
        String subjectKind,
        UUID subjectId,
        @Nullable String summary) {
    public static final Comparator<ActFor> NEWEST_FIRST =
            Comparator.comparing(ActFor::at).thenComparing(ActFor::key).reversed();

    /**
     * Which of a resident's are wanted: the latest before one that is known.
     *
     * @param beforeAt  null for the latest of all
     * @param beforeKey of the same act
     */
    public record Query(
            UUID districtId,
            UUID residentId,
            @Nullable Instant beforeAt,
            @Nullable String beforeKey,
            int limit) {}
}

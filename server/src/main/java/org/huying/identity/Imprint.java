package org.huying.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was written at once with much else, and how it was then: by that it is known whether it may be taken back. Hashes of
 * rows and of sealed values say nothing of what is in them.
 *
 * @param row       of a household or a resident that was made; of somebody to whom something was added null
 * @param phone     what was added, as are the two after it; null where it was not
 * @param verified  of the birth date that was verified
 * @param home      the household that somebody was entered into
 * @param homeEntry of the entry; null where somebody else had made it
 */
public record Imprint(
        UUID id,
        @Nullable String row,
        @Nullable String phone,
        @Nullable String birthDate,
        @Nullable String verified,
        @Nullable UUID home,
        @Nullable String homeEntry) {}

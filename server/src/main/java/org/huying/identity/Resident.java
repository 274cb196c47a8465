package org.huying.identity;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person in a district, as staff who handle the case may know them.
 *
 * @param erased whether nothing is known of them any more
 */
public record Resident(
        UUID id,
        String name,
        @Nullable String phone,
        @Nullable LocalDate birthDate,
        boolean birthDateVerified,
        boolean erased) {}

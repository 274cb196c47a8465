package org.huying.identity.resident;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody to be registered.
 *
 * @param birthDateVerified whether it was seen on a document
 * @param householdId       where they live, as far as known
 * @param consentNote       how they agreed
 * @param isNewPerson       whether they are known to be none of those who are like them
 */
record NewResident(
        String name,
        LocalDate birthDate,
        boolean birthDateVerified,
        @Nullable UUID householdId,
        @Nullable String phone,
        String consentNote,
        boolean isNewPerson) {}

package org.huying.county;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody as they are.
 *
 * @param birthDate as their document has it: of some the day is not known, and it says 1 January
 * @param phone     eleven digits; some share one with their family
 * @param relation  to the head of the household, as registers write it
 */
public record Person(
        int number,
        String name,
        LocalDate birthDate,
        @Nullable String phone,
        Home home,
        String relation) {
    Person named(String other) {
        return new Person(number, other, birthDate, phone, home, relation);
    }

    Person born(LocalDate other) {
        return new Person(number, name, other, phone, home, relation);
    }

    Person reachedBy(@Nullable String other) {
        return new Person(number, name, birthDate, other, home, relation);
    }
}

package org.huying.county;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.huying.county.Entry.Like;
import org.huying.county.Entry.Said;
import org.jspecify.annotations.Nullable;

/**
 * Lines about people, and further lines about the same. None says of one person what would be enough to take them for another:
 * name and number, or name, birth date and home.
 */
final class Copies {
    private static final int TRIES = 40;
    private static final int NEW_NUMBERS_FROM = 10_000_000;

    private final Chance chance;
    private final County county;
    private final Map<String, Integer> known = new HashMap<>();
    private int marks = 100_000;
    private int numbers = NEW_NUMBERS_FROM;

    Copies(Chance chance, County county) {
        this.chance = chance;
        this.county = county;
        county.people().forEach(each -> isAbout(each, truth(each)));
    }

    int nextMark() {
        return marks++;
    }

    static Said truth(Person person) {
        return new Said(person.name(), person.birthDate(), person.phone(), person.home());
    }

    Entry first(Person person, boolean withNumber, boolean isSeen) {
        var said = truth(person).reachedBy(withNumber ? person.phone() : null);
        return new Entry(nextMark(), person, said, isSeen, null, Like.FIRST);
    }

    /** Another line about the same person; empty where there can be none of the kind. */
    Optional<Entry> like(Entry first, Like like, boolean isSeen) {
        for (int i = 0; i < TRIES; i++) {
            var said = said(first.said(), like);
            if (said == null) {
                return Optional.empty();
            }
            if (isAbout(first.about(), said)) {
                return Optional.of(new Entry(nextMark(), first.about(), said, isSeen, null, like));
            }
        }
        return Optional.empty();
    }

    private @Nullable Said said(Said first, Like like) {
        var hasNumber = first.phone() != null;
        var mayLackHome = hasNumber && chance.in(0.4);
        return switch (like) {
            case FIRST, APART -> null;
            case SAME -> mayLackHome ? first.at(null) : chance.in(0.3) ? first.reachedBy(null) : first;
            case MOVED -> moved(first);
            case BIRTH_DATE_AT_HOME ->
                first.reachedBy(chance.in(0.3) ? number() : null).born(mistyped(first.birthDate()));
            case BIRTH_DATE_WITH_NUMBER ->
                hasNumber ? (mayLackHome ? first.at(null) : first).born(mistyped(first.birthDate())) : null;
            case NAME_WITH_NUMBER ->
                hasNumber
                        ? (mayLackHome ? first.at(null) : first).named(NamePool.misheard(chance, first.name()))
                        : null;
            case NAME_AT_HOME -> first.reachedBy(null).named(NamePool.misheard(chance, first.name()));
            case BIRTH_DATE_ALONE -> moved(first).born(mistyped(first.birthDate()));
        };
    }

    private Said moved(Said from) {
        var home = chance.of(county.homes());
        while (home.equals(from.home())) {
            home = chance.of(county.homes());
        }
        var phone = chance.in(0.6) ? number() : null;
        return from.at(phone != null && chance.in(0.3) ? null : home).reachedBy(phone);
    }

    /** Nobody of the county has it: theirs begin otherwise. */
    private String number() {
        return "177" + numbers++;
    }

    private boolean isAbout(Person person, Said said) {
        var keys = List.of(said.name() + " " + said.phone(), said.name() + " " + said.birthDate() + " " + said.home());
        for (var key : keys) {
            if (!key.endsWith(" null")) {
                if (!known.getOrDefault(key, person.number()).equals(person.number())) {
                    return false;
                }
            }
        }
        keys.stream().filter(key -> !key.endsWith(" null")).forEach(key -> known.put(key, person.number()));
        return true;
    }

    /** A slip of a hand or of a memory. */
    private LocalDate mistyped(LocalDate date) {
        for (int i = 0; i < TRIES; i++) {
            var other = slipped(date);
            if (other != null
                    && !other.equals(date)
                    && other.isBefore(county.today().minusYears(1))) {
                return other;
            }
        }
        return date.minusDays(1);
    }

    private @Nullable LocalDate slipped(LocalDate date) {
        try {
            return switch (chance.below(6)) {
                case 0 -> date.withDayOfYear(1);
                case 1 -> LocalDate.of(date.getYear(), date.getDayOfMonth(), date.getMonthValue());
                case 2 -> date.plusYears(chance.in(0.5) ? 1 : -1);
                case 3 -> date.minusYears(chance.in(0.5) ? 2 : 10);
                case 4 -> date.plusMonths(chance.in(0.5) ? 1 : -1);
                default -> date.plusDays(chance.between(1, 9));
            };
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }
}

package org.huying.roster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.identity.resident.ResidentBatch.Known;
import org.huying.kernel.Masked;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/**
 * Whom rows are about. The same: of the same name and number, or the same name, birth date and home. Perhaps the same: of the
 * same name and birth date, of the same name and home, or of the same number and birth date; for people move and change
 * numbers, and a digit of a date or a character of a name is easily mistaken. Who shares only a home and a birth date is not
 * asked about: that would tell, home by home, who was born when.
 */
final class Recognition {
    private final Map<String, List<Known>> byName;
    private final Map<String, List<Known>> byNumber;

    Recognition(List<Known> known) {
        this.byName = known.stream().collect(Collectors.groupingBy(Known::plainName));
        this.byNumber = known.stream()
                .filter(each -> each.plainPhone() != null)
                .collect(Collectors.groupingBy(each -> Objects.requireNonNull(each.plainPhone())));
    }

    /**
     * What a row says of somebody.
     *
     * @param household which the row names, if any
     */
    record Row(
            Asked asked,
            @Nullable UUID household,
            String name,
            @Nullable String number) {
        Row(Asked asked, @Nullable UUID household) {
            this(
                    asked,
                    household,
                    NormalForm.ofName(asked.name()).text(),
                    asked.phone() == null
                            ? null
                            : NormalForm.ofNumber(asked.phone()).text());
        }

        private boolean hasBirthDateOf(Known known) {
            return asked.birthDate().equals(known.birthDate());
        }

        private boolean hasHomeOf(Known known) {
            return household != null && known.households().contains(household);
        }

        private boolean isOf(Known known) {
            return (number != null && number.equals(known.plainPhone())) || (hasHomeOf(known) && hasBirthDateOf(known));
        }

        /** No two rows of a file may have one in common. */
        List<String> keys() {
            return Stream.of(
                            household == null ? null : "home " + name + " " + asked.birthDate() + " " + household,
                            number == null ? null : "phone " + name + " " + number)
                    .filter(Objects::nonNull)
                    .toList();
        }

        /** Two rows of a file that have one in common may be about the same person. */
        List<String> doubtKeys() {
            return Stream.of(
                            "maybe " + name + " " + asked.birthDate(),
                            household == null ? null : "maybe " + name + " at " + household,
                            number == null ? null : "maybe " + asked.birthDate() + " by " + number)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    List<Known> same(Row row) {
        return namesakes(row).stream().filter(row::isOf).toList();
    }

    List<Known> maybe(Row row) {
        return Stream.concat(
                        namesakes(row).stream().filter(each -> row.hasBirthDateOf(each) || row.hasHomeOf(each)),
                        ofNumber(row).stream().filter(row::hasBirthDateOf))
                .distinct()
                .toList();
    }

    /** By which column of a row that may be about somebody it is seen best whether it is. */
    static Column differing(Row row, Known maybe) {
        if (!row.name().equals(maybe.plainName())) {
            return Column.NAME;
        }
        return row.hasBirthDateOf(maybe) ? Column.PHONE : Column.BIRTH_DATE;
    }

    /** The verdict, with what is tried by such a row: whatever of it is told by whether it fits. */
    <P> Verdict<P> tried(Row row, Verdict<P> verdict) {
        var birthDate = row.asked().birthDate();
        var home = row.household() == null ? "" : row.household().toString();
        var number = row.number();
        var said = namesakes(row).isEmpty()
                ? verdict
                : verdict.saying(
                        Column.NAME,
                        row.name(),
                        "tried " + row.name() + " " + birthDate + " " + home + " " + (number == null ? "" : number));
        if (number == null) {
            return said;
        }
        var masked = said.saying(Column.PHONE, "masked " + Masked.phone(number), "tried " + number);
        return ofNumber(row).isEmpty()
                ? masked
                : masked.saying(Column.PHONE, "number " + number, "tried " + number + " " + birthDate);
    }

    private List<Known> namesakes(Row row) {
        return byName.getOrDefault(row.name(), List.of());
    }

    private List<Known> ofNumber(Row row) {
        return row.number() == null ? List.of() : byNumber.getOrDefault(row.number(), List.of());
    }
}

package org.huying.roster;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.huying.identity.household.HouseholdBatch.Home;
import org.huying.identity.resident.ResidentBatch;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/** What a row says of a resident, before it is known whether there is such a household. */
record Asked(
        String name,
        LocalDate birthDate,
        boolean verified,
        @Nullable String phone,
        @Nullable Home home,
        String relation,
        String consentNote) {
    static Optional<Asked> read(Cells cells, Names names, Intake.Errand errand, ZoneId zone) {
        var row = cells.row();
        var name = cells.text(Column.NAME, Cells.NAME_MAX);
        var birthDate = cells.meaning(Column.BIRTH_DATE, "birth_date_unclear", Texts::date);
        birthDate
                .filter(date -> !ResidentBatch.isLikely(date, errand.now(), zone))
                .ifPresent(date -> cells.fault(Column.BIRTH_DATE, "birth_date_unlikely"));
        var verified = cells.meaning(Column.VERIFIED, "answer_unclear", Texts::answer);
        birthDate
                .filter(date -> verified.orElse(false) && ResidentBatch.isLikely(date, errand.now(), zone))
                .filter(date -> !ResidentBatch.isVerifiable(date, errand.now(), zone))
                .ifPresent(date -> cells.fault(Column.BIRTH_DATE, "birth_date_unverifiable"));
        var relation = cells.meaning(Column.RELATION, "relation_unknown", Texts::relation);
        var consent = cells.text(Column.CONSENT, Cells.NOTE_MAX);
        var phone = phone(cells);
        var home = home(cells, names);
        if (!row.has(Column.PHONE) && home == null && !row.has(Column.COMPOUND) && !row.has(Column.ADDRESS)) {
            cells.fault(Column.ADDRESS, "home_or_phone_missing");
        }
        return cells.isBad()
                ? Optional.empty()
                : Optional.of(new Asked(
                        name,
                        birthDate.orElseThrow(),
                        verified.orElseThrow(),
                        phone,
                        home,
                        relation.orElseThrow(),
                        consent));
    }

    private static @Nullable String phone(Cells cells) {
        if (!cells.row().has(Column.PHONE) || cells.row().slip(Column.PHONE) != null) {
            return null;
        }
        var text = cells.row().text(Column.PHONE);
        if (Texts.isRounded(text)) {
            cells.fault(Column.PHONE, "number_rounded");
        } else if (NormalForm.phone(text).isEmpty()) {
            cells.fault(Column.PHONE, "phone_unclear");
        }
        return text;
    }

    private static @Nullable Home home(Cells cells, Names names) {
        if (!cells.row().has(Column.COMPOUND) && !cells.row().has(Column.ADDRESS)) {
            return null;
        }
        var compound = names.compound(cells);
        var address = cells.text(Column.ADDRESS, Cells.ADDRESS_MAX);
        return compound.map(id -> Home.of(id, address)).orElse(null);
    }
}

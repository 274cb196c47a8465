package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.identity.household.HouseholdBatch;
import org.huying.identity.household.HouseholdBatch.Home;
import org.huying.identity.resident.ResidentBatch;
import org.huying.identity.resident.ResidentBatch.Addition;
import org.huying.identity.resident.ResidentBatch.Known;
import org.huying.identity.resident.ResidentBatch.Newcomer;
import org.huying.kernel.spelling.NormalForm;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/**
 * Residents. Somebody is the same as before who has the same name and number, or the same name, birth date and home; what
 * was not known of them is added, and nothing is changed.
 */
final class ResidentIntake implements Intake<ResidentIntake.Plan> {
    /** One of both. */
    record Plan(@Nullable Newcomer newcomer, @Nullable Addition addition) {}

    /** What a row says, before it is known whether there is such a household. */
    private record Asked(
            String name,
            LocalDate birthDate,
            boolean verified,
            @Nullable String phone,
            @Nullable Home home,
            String relation,
            String consentNote) {}

    private final RosterStore store;
    private final HouseholdBatch households;
    private final ResidentBatch residents;
    private final Places places;

    ResidentIntake(RosterStore store, HouseholdBatch households, ResidentBatch residents, Places places) {
        this.store = store;
        this.households = households;
        this.residents = residents;
        this.places = places;
    }

    @Override
    public Future<List<Verdict<Plan>>> judge(SqlConnection transaction, Errand errand, List<FileRow> rows) {
        var district = errand.districtId();
        return store.names(transaction, district)
                .compose(names -> places.zone(transaction, district).compose(zone -> {
                    var cells = rows.stream().map(Cells::new).toList();
                    var asked = new LinkedHashMap<Cells, Asked>();
                    for (var each : cells) {
                        read(each, names, errand, zone).ifPresent(read -> asked.put(each, read));
                    }
                    return households
                            .find(transaction, district, homes(asked.values().stream()))
                            .compose(homes -> residents
                                    .named(
                                            transaction,
                                            district,
                                            asked.values().stream()
                                                    .map(Asked::name)
                                                    .toList())
                                    .map(known -> verdicts(cells, asked, homes, known)));
                }));
    }

    private static List<Home> homes(Stream<Asked> asked) {
        return asked.map(Asked::home).filter(Objects::nonNull).toList();
    }

    private static Optional<Asked> read(Cells cells, Names names, Errand errand, ZoneId zone) {
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

    private static List<Verdict<Plan>> verdicts(
            List<Cells> cells, Map<Cells, Asked> asked, Map<Home, UUID> homes, List<Known> known) {
        var byName = known.stream().collect(Collectors.groupingBy(Known::plainName));
        return cells.stream()
                .map(each -> {
                    var read = asked.get(each);
                    return read == null
                            ? Verdict.<Plan>bad(each.row(), each.errors())
                            : verdict(each, read, homes, byName);
                })
                .toList();
    }

    private static Verdict<Plan> verdict(
            Cells cells, Asked asked, Map<Home, UUID> homes, Map<String, List<Known>> byName) {
        var name = NormalForm.ofName(asked.name()).text();
        var namesakes = byName.getOrDefault(name, List.of());
        var verdict = among(cells, asked, homes, namesakes);
        return namesakes.isEmpty() ? verdict : verdict.underKnownName(name);
    }

    private static Verdict<Plan> among(Cells cells, Asked asked, Map<Home, UUID> homes, List<Known> namesakes) {
        var household = asked.home() == null ? null : homes.get(asked.home());
        if (asked.home() != null && household == null) {
            cells.fault(Column.ADDRESS, "household_unknown");
            return Verdict.bad(cells.row(), cells.errors());
        }
        var same = namesakes.stream()
                .filter(each -> isSame(each, asked, household))
                .toList();
        if (same.isEmpty()) {
            var newcomer = new Newcomer(
                    asked.name(),
                    asked.birthDate(),
                    asked.verified(),
                    asked.phone(),
                    household,
                    asked.relation(),
                    asked.consentNote());
            return Verdict.write(cells.row(), Outcome.CREATED, keys(asked, household), new Plan(newcomer, null));
        }
        return whole(cells, asked, household, same)
                .about(same.stream().map(Known::id).toList());
    }

    private static Verdict<Plan> whole(Cells cells, Asked asked, @Nullable UUID household, List<Known> same) {
        if (same.size() > 1) {
            cells.fault(Column.NAME, "resident_ambiguous");
            return Verdict.bad(cells.row(), cells.errors());
        }
        return addition(cells, asked, household, same.get(0));
    }

    private static boolean isSame(Known known, Asked asked, @Nullable UUID household) {
        var phone = asked.phone();
        return (phone != null && NormalForm.ofNumber(phone).text().equals(known.plainPhone()))
                || (household != null
                        && known.households().contains(household)
                        && asked.birthDate().equals(known.birthDate()));
    }

    private static Verdict<Plan> addition(Cells cells, Asked asked, @Nullable UUID household, Known known) {
        if (known.birthDate() != null && !known.birthDate().equals(asked.birthDate())) {
            cells.fault(Column.BIRTH_DATE, "resident_differs");
            return Verdict.bad(cells.row(), cells.errors());
        }
        var addition = new Addition(
                known.id(),
                known.plainPhone() == null ? asked.phone() : null,
                known.birthDate() == null ? asked.birthDate() : null,
                asked.verified() && !known.birthDateVerified(),
                household == null || known.households().contains(household) ? null : household,
                asked.relation());
        var nothing = addition.phone() == null
                && addition.birthDate() == null
                && !addition.verified()
                && addition.householdId() == null;
        return nothing
                ? Verdict.unchanged(cells.row(), keys(asked, household))
                : Verdict.write(cells.row(), Outcome.CHANGED, keys(asked, household), new Plan(null, addition));
    }

    private static List<String> keys(Asked asked, @Nullable UUID household) {
        var keys = new ArrayList<String>();
        var name = NormalForm.ofName(asked.name()).text();
        if (household != null) {
            keys.add("home " + name + " " + asked.birthDate() + " " + household);
        }
        if (asked.phone() != null) {
            keys.add("phone " + name + " " + NormalForm.ofNumber(asked.phone()).text());
        }
        return keys;
    }

    @Override
    public Future<Map<Integer, String>> write(SqlConnection transaction, Errand errand, List<Verdict<Plan>> verdicts) {
        var plans = verdicts.stream()
                .map(verdict -> Objects.requireNonNull(verdict.plan()))
                .toList();
        var newcomers =
                plans.stream().map(Plan::newcomer).filter(Objects::nonNull).toList();
        var additions =
                plans.stream().map(Plan::addition).filter(Objects::nonNull).toList();
        return residents
                .add(transaction, errand.districtId(), newcomers, errand.byId(), errand.now())
                .compose(added ->
                        residents.complete(transaction, errand.districtId(), additions, errand.byId(), errand.now()))
                .map(Map.of());
    }
}

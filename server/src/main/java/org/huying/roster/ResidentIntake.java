package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.huying.identity.Imprint;
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
                        Asked.read(each, names, errand, zone).ifPresent(read -> asked.put(each, read));
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
        var household = asked.home() == null ? null : homes.get(asked.home());
        if (asked.home() != null && household == null) {
            cells.fault(Column.ADDRESS, "household_unknown");
            return Verdict.bad(cells.row(), cells.errors());
        }
        var verdict = among(cells, asked, household, namesakes);
        return namesakes.isEmpty() ? verdict : verdict.saying(name, whole(name, asked, household));
    }

    private static String whole(String name, Asked asked, @Nullable UUID household) {
        var phone =
                asked.phone() == null ? "" : NormalForm.ofNumber(asked.phone()).text();
        return "tried " + name + " " + asked.birthDate() + " " + (household == null ? "" : household) + " " + phone;
    }

    private static Verdict<Plan> among(Cells cells, Asked asked, @Nullable UUID household, List<Known> namesakes) {
        var same = namesakes.stream()
                .filter(each -> isSame(each, asked, household))
                .toList();
        if (same.size() == 1) {
            return addition(cells, asked, household, same.get(0))
                    .about(List.of(same.get(0).id()))
                    .knownBy(doubtKey(asked));
        }
        var maybe = same.isEmpty()
                ? namesakes.stream()
                        .filter(each -> asked.birthDate().equals(each.birthDate()))
                        .toList()
                : same;
        var why = same.isEmpty() ? "resident_maybe" : "resident_ambiguous";
        return decided(cells, asked, household, maybe, why)
                .maybeAbout(maybe.stream().map(Known::id).toList())
                .knownBy(doubtKey(asked));
    }

    /** @param maybe whom the row may be about */
    private static Verdict<Plan> decided(
            Cells cells, Asked asked, @Nullable UUID household, List<Known> maybe, String why) {
        var row = cells.row();
        var decision = row.decision();
        var keys = keys(asked, household);
        if (decision != null && decision.choice() == Decision.Choice.LEFT_OUT) {
            return Verdict.leftOut(row, keys);
        }
        if (decision != null && decision.choice() == Decision.Choice.SAME) {
            var whom = maybe.stream()
                    .filter(each -> each.id().equals(decision.residentId()))
                    .findFirst();
            if (whom.isPresent()) {
                return addition(cells, asked, household, whom.get());
            }
        } else if (maybe.isEmpty() || decision != null) {
            return newcomer(row, asked, household);
        }
        return Verdict.doubtful(row, keys, new RowError(Column.NAME, why));
    }

    private static Verdict<Plan> newcomer(FileRow row, Asked asked, @Nullable UUID household) {
        var newcomer = new Newcomer(
                asked.name(),
                asked.birthDate(),
                asked.verified(),
                asked.phone(),
                household,
                asked.relation(),
                asked.consentNote());
        return Verdict.write(row, Outcome.CREATED, keys(asked, household), new Plan(newcomer, null));
    }

    private static String doubtKey(Asked asked) {
        return "maybe " + NormalForm.ofName(asked.name()).text() + " " + asked.birthDate();
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
        if (nothing) {
            return Verdict.unchanged(cells.row(), keys(asked, household));
        }
        var changed = Verdict.write(cells.row(), Outcome.CHANGED, keys(asked, household), new Plan(null, addition));
        return addition.phone() == null ? changed : changed.adding("phone of " + known.id());
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
    public Future<Map<Integer, Written>> write(SqlConnection transaction, Errand errand, List<Verdict<Plan>> verdicts) {
        var district = errand.districtId();
        var newcomers = new ArrayList<Newcomer>();
        var additions = new ArrayList<Addition>();
        var newRows = new ArrayList<Integer>();
        var addedRows = new ArrayList<Integer>();
        for (var verdict : verdicts) {
            var plan = Objects.requireNonNull(verdict.plan());
            if (plan.newcomer() != null) {
                newcomers.add(plan.newcomer());
                newRows.add(verdict.row().number());
            } else if (plan.addition() != null) {
                additions.add(plan.addition());
                addedRows.add(verdict.row().number());
            }
        }
        var written = new HashMap<Integer, Written>();
        return residents
                .add(transaction, district, newcomers, errand.byId(), errand.now())
                .compose(made -> {
                    put(written, newRows, made);
                    return residents.complete(transaction, district, additions, errand.byId(), errand.now());
                })
                .map(added -> {
                    put(written, addedRows, added);
                    return written;
                });
    }

    private static void put(Map<Integer, Written> written, List<Integer> rows, List<Imprint> imprints) {
        for (int i = 0; i < rows.size(); i++) {
            written.put(rows.get(i), new Written(null, imprints.get(i)));
        }
    }

    @Override
    public Future<Set<Integer>> takeBack(SqlConnection transaction, Errand errand, List<Taken> written, Instant since) {
        var imprints = written.stream().map(Taken::imprint).toList();
        return residents
                .takeBack(transaction, errand.districtId(), imprints, since, errand.byId(), errand.now())
                .map(gone -> IntStream.range(0, written.size())
                        .filter(gone::get)
                        .mapToObj(i -> written.get(i).row())
                        .collect(Collectors.toSet()));
    }
}

package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
import org.huying.db.FieldCipher;
import org.huying.identity.Imprint;
import org.huying.identity.household.HouseholdBatch;
import org.huying.identity.household.HouseholdBatch.Home;
import org.huying.identity.resident.ResidentBatch;
import org.huying.identity.resident.ResidentBatch.Addition;
import org.huying.identity.resident.ResidentBatch.Known;
import org.huying.identity.resident.ResidentBatch.Newcomer;
import org.huying.identity.resident.ResidentUndo;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Residents. Of whom is here already, what was not known is added, and nothing is changed. */
final class ResidentIntake implements Intake<ResidentIntake.Plan> {
    /** One of both. */
    record Plan(@Nullable Newcomer newcomer, @Nullable Addition addition) {}

    private final RosterStore store;
    private final HouseholdBatch households;
    private final ResidentBatch residents;
    private final ResidentUndo undo;
    private final Places places;

    ResidentIntake(RosterStore store, FieldCipher cipher, Places places) {
        this.store = store;
        this.households = new HouseholdBatch(cipher);
        this.residents = new ResidentBatch(cipher);
        this.undo = new ResidentUndo(cipher);
        this.places = places;
    }

    @Override
    public Future<Void> hold(SqlConnection transaction, Errand errand) {
        return residents.hold(transaction, errand.districtId());
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
                                    .known(transaction, district, names(asked.values()), numbers(asked.values()))
                                    .map(Recognition::new)
                                    .map(known -> verdicts(cells, asked, homes, known)));
                }));
    }

    private static List<Home> homes(Stream<Asked> asked) {
        return asked.map(Asked::home).filter(Objects::nonNull).toList();
    }

    private static List<String> names(Collection<Asked> asked) {
        return asked.stream().map(Asked::name).toList();
    }

    private static List<String> numbers(Collection<Asked> asked) {
        return asked.stream().map(Asked::phone).filter(Objects::nonNull).toList();
    }

    private static List<Verdict<Plan>> verdicts(
            List<Cells> cells, Map<Cells, Asked> asked, Map<Home, UUID> homes, Recognition known) {
        return cells.stream()
                .map(each -> {
                    var read = asked.get(each);
                    return read == null
                            ? Verdict.<Plan>bad(each.row(), each.errors())
                            : verdict(each, read, homes, known);
                })
                .toList();
    }

    private static Verdict<Plan> verdict(Cells cells, Asked asked, Map<Home, UUID> homes, Recognition known) {
        var household = asked.home() == null ? null : homes.get(asked.home());
        if (asked.home() != null && household == null) {
            cells.fault(Column.ADDRESS, "household_unknown");
            return Verdict.bad(cells.row(), cells.errors());
        }
        var row = new Recognition.Row(asked, household);
        return known.tried(row, among(cells, row, known));
    }

    private static Verdict<Plan> among(Cells cells, Recognition.Row row, Recognition known) {
        var same = known.same(row);
        if (same.size() == 1) {
            var about = same.get(0);
            if (about.birthDate() != null
                    && !about.birthDate().equals(row.asked().birthDate())) {
                cells.fault(Column.BIRTH_DATE, "resident_differs");
                return Verdict.<Plan>bad(cells.row(), cells.errors())
                        .about(List.of(about.id()))
                        .knownBy(row.doubtKeys());
            }
            return addition(cells.row(), row, about).about(List.of(about.id())).knownBy(row.doubtKeys());
        }
        var maybe = same.isEmpty() ? known.maybe(row) : same;
        return decided(cells.row(), row, maybe, same.isEmpty() ? "resident_maybe" : "resident_ambiguous")
                .maybeAbout(maybe.stream().map(Known::id).toList())
                .knownBy(row.doubtKeys());
    }

    /** @param maybe whom the row may be about */
    private static Verdict<Plan> decided(FileRow file, Recognition.Row row, List<Known> maybe, String why) {
        var decision = file.decision();
        if (decision != null && decision.choice() == Decision.Choice.LEFT_OUT) {
            return Verdict.leftOut(file, row.keys());
        }
        if (decision != null && decision.choice() == Decision.Choice.SAME) {
            var whom = maybe.stream()
                    .filter(each -> each.id().equals(decision.residentId()))
                    .findFirst();
            if (whom.isPresent()) {
                return addition(file, row, whom.get());
            }
        } else if (maybe.isEmpty() || decision != null) {
            return newcomer(file, row);
        }
        var column = maybe.isEmpty() ? Column.NAME : Recognition.differing(row, maybe.get(0));
        return Verdict.doubtful(file, row.keys(), new RowError(column, why));
    }

    private static Verdict<Plan> newcomer(FileRow file, Recognition.Row row) {
        var asked = row.asked();
        var newcomer = new Newcomer(
                asked.name(),
                asked.birthDate(),
                asked.verified(),
                asked.phone(),
                row.household(),
                asked.relation(),
                asked.consentNote());
        return Verdict.write(file, Outcome.CREATED, row.keys(), new Plan(newcomer, null));
    }

    /** Of whom another birth date is on record, who verified it has seen another. */
    private static Verdict<Plan> addition(FileRow file, Recognition.Row row, Known known) {
        var asked = row.asked();
        var isBirthDateNew = known.birthDate() == null;
        var addition = new Addition(
                known.id(),
                known.plainPhone() == null ? asked.phone() : null,
                isBirthDateNew ? asked.birthDate() : null,
                asked.verified()
                        && !known.birthDateVerified()
                        && (isBirthDateNew || asked.birthDate().equals(known.birthDate())),
                row.household() == null || known.households().contains(row.household()) ? null : row.household(),
                asked.relation());
        var nothing = addition.phone() == null
                && addition.birthDate() == null
                && !addition.verified()
                && addition.householdId() == null;
        if (nothing) {
            return Verdict.unchanged(file, row.keys());
        }
        return Verdict.write(file, Outcome.CHANGED, row.keys(), new Plan(null, addition))
                .adding(keys(addition));
    }

    private static List<String> keys(Addition addition) {
        return Stream.of(
                        addition.phone() == null ? null : "phone of ",
                        addition.birthDate() == null && !addition.verified() ? null : "birth date of ",
                        addition.householdId() == null ? null : "home " + addition.householdId() + " of ")
                .filter(Objects::nonNull)
                .map(what -> what + addition.residentId())
                .toList();
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
            written.put(rows.get(i), new Written(null, Traces.json(imprints.get(i))));
        }
    }

    @Override
    public Future<Set<Integer>> takeBack(SqlConnection transaction, Errand errand, List<Taken> written, Instant since) {
        var imprints = written.stream().map(each -> Traces.from(each.trace())).toList();
        return undo.takeBack(transaction, errand.districtId(), imprints, since, errand.byId(), errand.now())
                .map(gone -> IntStream.range(0, written.size())
                        .filter(gone::get)
                        .mapToObj(i -> written.get(i).row())
                        .collect(Collectors.toSet()));
    }
}

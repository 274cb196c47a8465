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
import java.util.stream.Collectors;
import org.huying.identity.household.HouseholdBatch;
import org.huying.identity.household.HouseholdBatch.Home;
import org.huying.identity.household.HouseholdBatch.NewHousehold;

/** Households: a compound and an address. */
final class HouseholdIntake implements Intake<NewHousehold> {
    private final RosterStore store;
    private final HouseholdBatch households;

    HouseholdIntake(RosterStore store, HouseholdBatch households) {
        this.store = store;
        this.households = households;
    }

    /** Of two who make the same one finds it made. */
    @Override
    public Future<Void> hold(SqlConnection transaction, Errand errand) {
        return Future.succeededFuture();
    }

    @Override
    public Future<List<Verdict<NewHousehold>>> judge(SqlConnection transaction, Errand errand, List<FileRow> rows) {
        return store.names(transaction, errand.districtId()).compose(names -> {
            var bad = new LinkedHashMap<FileRow, List<RowError>>();
            var asked = new LinkedHashMap<FileRow, NewHousehold>();
            for (var row : rows) {
                var cells = new Cells(row);
                var compound = names.compound(cells);
                var address = cells.text(Column.ADDRESS, Cells.ADDRESS_MAX);
                if (cells.isBad() || compound.isEmpty()) {
                    bad.put(row, cells.errors());
                } else {
                    asked.put(row, new NewHousehold(compound.get(), address));
                }
            }
            return households
                    .find(
                            transaction,
                            errand.districtId(),
                            asked.values().stream().map(HouseholdIntake::home).toList())
                    .map(found -> rows.stream()
                            .map(row -> bad.containsKey(row)
                                    ? Verdict.<NewHousehold>bad(row, Objects.requireNonNull(bad.get(row)))
                                    : verdict(row, Objects.requireNonNull(asked.get(row)), found))
                            .toList());
        });
    }

    private static Verdict<NewHousehold> verdict(FileRow row, NewHousehold asked, Map<Home, ?> found) {
        var keys = List.of(home(asked).toString());
        return found.containsKey(home(asked))
                ? Verdict.unchanged(row, keys)
                : Verdict.write(row, Outcome.CREATED, keys, asked);
    }

    private static Home home(NewHousehold asked) {
        return Home.of(asked.compoundId(), asked.address());
    }

    @Override
    public Future<Map<Integer, Written>> write(
            SqlConnection transaction, Errand errand, List<Verdict<NewHousehold>> verdicts) {
        var plans = new ArrayList<NewHousehold>();
        verdicts.forEach(verdict -> plans.add(Objects.requireNonNull(verdict.plan())));
        return households.insert(transaction, errand.districtId(), plans).map(made -> {
            var written = new HashMap<Integer, Written>();
            for (int i = 0; i < made.size(); i++) {
                written.put(verdicts.get(i).row().number(), new Written(null, Traces.json(made.get(i))));
            }
            return written;
        });
    }

    @Override
    public Future<Set<Integer>> takeBack(SqlConnection transaction, Errand errand, List<Taken> written, Instant since) {
        return households
                .takeBack(
                        transaction,
                        errand.districtId(),
                        written.stream().map(each -> Traces.from(each.trace())).toList())
                .map(gone -> written.stream()
                        .filter(each -> gone.contains(Traces.from(each.trace()).id()))
                        .map(Taken::row)
                        .collect(Collectors.toSet()));
    }
}

package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what becomes of rows by the other rows of their file. */
final class Judge {
    private final RosterStore store;

    Judge(RosterStore store) {
        this.store = store;
    }

    /** A row that says the same as an earlier one is bad, and names it; one that may is doubtful, unless that is decided. */
    <P> Future<List<Verdict<P>>> judge(
            SqlConnection transaction, Intake.Errand errand, RosterImport of, List<Verdict<P>> verdicts) {
        var keys = verdicts.stream()
                .flatMap(each -> Stream.of(each.keys().stream(), each.doubtKeys().stream(), each.addedKeys().stream())
                        .flatMap(keysOf -> keysOf))
                .toList();
        var numbers = verdicts.stream().map(each -> each.row().number()).toList();
        return store.sameKeys(transaction, errand.districtId(), of.id(), keys, numbers)
                .map(found -> {
                    var seen = new HashMap<>(found);
                    var judged = new ArrayList<Verdict<P>>();
                    verdicts.forEach(each -> judged.add(amongOthers(each, seen)));
                    return judged;
                });
    }

    /** @param seen the first row for each key, to which those of this one are added */
    private static <P> Verdict<P> amongOthers(Verdict<P> verdict, Map<String, Integer> seen) {
        var number = verdict.row().number();
        var addedKeys = verdict.addedKeys();
        var same = first(seen, verdict.keys(), number);
        if (same == null) {
            // a later row may have been decided before this one
            same = addedKeys.stream()
                    .map(seen::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (same != null) {
            return verdict.repeated(new RowError(null, "row_repeated", Integer.toString(same)));
        }
        addedKeys.forEach(key -> seen.put(key, number));
        verdict.keys().forEach(key -> seen.putIfAbsent(key, number));
        var maybe = first(seen, verdict.doubtKeys(), number);
        verdict.doubtKeys().forEach(key -> seen.putIfAbsent(key, number));
        return maybe != null
                        && verdict.outcome() == Outcome.CREATED
                        && verdict.row().decision() == null
                ? verdict.doubted(new RowError(null, "row_maybe_same", Integer.toString(maybe)))
                : verdict;
    }

    private static @Nullable Integer first(Map<String, Integer> seen, List<String> keys, int before) {
        return keys.stream()
                .map(seen::get)
                .filter(Objects::nonNull)
                .filter(number -> number < before)
                .findFirst()
                .orElse(null);
    }
}

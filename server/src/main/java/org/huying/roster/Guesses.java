package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.huying.identity.unmasking.Searches;

/**
 * Checking a list tells its administrator which rows are about somebody who is here, so it is bounded and put on record as a
 * search is: for one name, so many rows a day may fit nobody, and whoever a row was about can read that somebody looked. A
 * list of newcomers has namesakes here too, but few of one name.
 */
final class Guesses {
    private final RosterStore store;
    private final Searches searches;

    Guesses(RosterStore store, Searches searches) {
        this.store = store;
        this.searches = searches;
    }

    /**
     * The same verdicts; of a name for which too much was tried, every further row is bad, whether it fits somebody or not.
     * What was tried before, as when a file is checked again, is free.
     */
    <P> Future<List<Verdict<P>>> bounded(SqlConnection transaction, Intake.Errand errand, List<Verdict<P>> verdicts) {
        var names = verdicts.stream()
                .map(Verdict::knownName)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (names.isEmpty()) {
            return Future.succeededFuture(verdicts);
        }
        var since = errand.now().minus(Searches.DAY);
        return store.guessed(transaction, errand.districtId(), errand.byId(), names, since)
                .map(tried ->
                        verdicts.stream().map(each -> bounded(each, tried)).toList());
    }

    /** @param tried by names, to which this one is added */
    private <P> Verdict<P> bounded(Verdict<P> verdict, Map<Buffer, Set<Buffer>> tried) {
        var name = verdict.knownName();
        if (name == null) {
            return verdict;
        }
        var ofName = tried.computeIfAbsent(store.index(name), none -> new HashSet<>());
        var key = verdict.keys().isEmpty()
                ? null
                : store.index(verdict.keys().get(verdict.keys().size() - 1));
        var isTried = key != null && ofName.contains(key);
        if (!isTried && ofName.size() >= Searches.FRUITLESS_A_DAY) {
            return Verdict.bad(verdict.row(), List.of(new RowError(Column.NAME, "name_guessed")));
        }
        if (key != null && verdict.isGuess()) {
            ofName.add(key);
        }
        return verdict;
    }

    <P> Future<Void> record(SqlConnection transaction, Intake.Errand errand, List<Verdict<P>> verdicts) {
        var met = verdicts.stream()
                .flatMap(each -> each.met().stream())
                .distinct()
                .toList();
        return met.isEmpty()
                ? Future.succeededFuture()
                : searches.listed(transaction, errand.districtId(), errand.byId(), met);
    }
}

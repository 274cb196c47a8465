package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.identity.unmasking.Searches;

/**
 * Checking a list tells its administrator which rows are about somebody who is here, so it is bounded and put on record as a
 * search is: for one name, so many rows a day may fit nobody, and whoever a row was about can read that somebody looked. A
 * list of newcomers has namesakes here too, but few of one name. A confirmed file is judged anew, and so bounded anew.
 */
final class Guesses {
    /** For one name. */
    private record Tried(Set<Buffer> all, Set<Buffer> unfit) {
        static Tried of(Buffer name, Map<Buffer, Tried> byName) {
            return byName.computeIfAbsent(name, none -> new Tried(new HashSet<>(), new HashSet<>()));
        }

        void add(Buffer whole, boolean fits) {
            all.add(whole);
            if (!fits) {
                unfit.add(whole);
            }
        }
    }

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
                .flatMap(each -> Stream.ofNullable(each.said()))
                .map(Verdict.Said::name)
                .collect(Collectors.toSet());
        if (names.isEmpty()) {
            return Future.succeededFuture(verdicts);
        }
        var since = errand.now().minus(Searches.DAY);
        return store.guessed(transaction, errand.districtId(), errand.byId(), names, since)
                .map(guessed -> {
                    var tried = new HashMap<Buffer, Tried>();
                    guessed.forEach(each -> Tried.of(each.name(), tried).add(each.tried(), each.fitted()));
                    return verdicts.stream().map(each -> bounded(each, tried)).toList();
                });
    }

    /** @param tried by names, to which this one is added */
    private <P> Verdict<P> bounded(Verdict<P> verdict, Map<Buffer, Tried> tried) {
        var said = verdict.said();
        if (said == null) {
            return verdict;
        }
        var ofName = Tried.of(store.index(said.name()), tried);
        var whole = store.index(said.whole());
        if (!ofName.all().contains(whole) && ofName.unfit().size() >= Searches.FRUITLESS_A_DAY) {
            return Verdict.bad(verdict.row(), List.of(new RowError(Column.NAME, "name_guessed")));
        }
        ofName.add(whole, said.fits());
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

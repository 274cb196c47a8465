package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.identity.unmasking.Searches;

/**
 * Checking a list tells its administrator which rows are about somebody who is here, so it is bounded and put on record as a
 * search is: for one name that is borne here so many rows a day may fit nobody, for one number that somebody here has so many
 * birth dates, and for numbers that look alike masked so many of them; and whoever a row was about can read that somebody looked.
 * A list of newcomers has namesakes here too, but few of one name, and hardly two numbers that look alike masked. A confirmed file is judged anew, and so bounded anew.
 */
final class Guesses {
    /** For one name or masked number. */
    private record Tried(Set<Buffer> all, Set<Buffer> unfit) {
        static Tried of(Buffer about, Map<Buffer, Tried> all) {
            return all.computeIfAbsent(about, none -> new Tried(new HashSet<>(), new HashSet<>()));
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
     * The same verdicts; of a name or number for which too much was tried, every further row is bad, whether it fits somebody or not.
     * What was tried before, as when a file is checked again, is free.
     */
    <P> Future<List<Verdict<P>>> bounded(SqlConnection transaction, Intake.Errand errand, List<Verdict<P>> verdicts) {
        var about = verdicts.stream()
                .flatMap(each -> each.said().stream())
                .map(Verdict.Said::about)
                .collect(Collectors.toSet());
        if (about.isEmpty()) {
            return Future.succeededFuture(verdicts);
        }
        var since = errand.now().minus(Searches.DAY);
        return store.guessed(transaction, errand.districtId(), errand.byId(), about, since)
                .map(guessed -> {
                    var tried = new HashMap<Buffer, Tried>();
                    guessed.forEach(each -> Tried.of(each.about(), tried).add(each.tried(), each.fitted()));
                    return verdicts.stream().map(each -> bounded(each, tried)).toList();
                });
    }

    /** @param tried by what is known, to which what this one says is added */
    private <P> Verdict<P> bounded(Verdict<P> verdict, Map<Buffer, Tried> tried) {
        var tooMuch = verdict.said().stream()
                .filter(each -> isTooMuch(each, tried))
                .map(each ->
                        new RowError(each.column(), each.column() == Column.PHONE ? "number_guessed" : "name_guessed"))
                .toList();
        if (!tooMuch.isEmpty()) {
            return Verdict.bad(verdict.row(), tooMuch);
        }
        verdict.said()
                .forEach(
                        each -> Tried.of(store.index(each.about()), tried).add(store.index(each.whole()), each.fits()));
        return verdict;
    }

    private boolean isTooMuch(Verdict.Said said, Map<Buffer, Tried> tried) {
        var before = Tried.of(store.index(said.about()), tried);
        return before.unfit().size() >= Searches.FRUITLESS_A_DAY
                && !before.all().contains(store.index(said.whole()));
    }

    <P> Future<Void> record(SqlConnection transaction, Intake.Errand errand, List<Verdict<P>> verdicts) {
        return record(transaction, errand.districtId(), errand.byId(), verdicts, List.of());
    }

    /** @param known whom the rows were about before, which is on record already */
    <P> Future<Void> record(
            SqlConnection transaction, UUID districtId, UUID byId, List<Verdict<P>> verdicts, List<UUID> known) {
        var met = verdicts.stream()
                .flatMap(each -> each.met().stream())
                .filter(each -> !known.contains(each))
                .distinct()
                .toList();
        return met.isEmpty() ? Future.succeededFuture() : searches.listed(transaction, districtId, byId, met);
    }
}

package org.huying.roster;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a row.
 *
 * @param errors     why it is bad or doubtful
 * @param keys       no two rows of a file may have one in common; bad rows have none
 * @param plan       what is to be written, where anything is
 * @param met        residents whom it turned out to be about
 * @param said       what the row says of people, each by what is known of them from elsewhere
 * @param candidates whom it may be about, decided or not
 * @param doubtKeys  a second row that has one of them may be about the same
 * @param addedKeys  a second row that has one of them would add the same thing to the same resident, and only one can
 */
record Verdict<P>(
        FileRow row,
        Outcome outcome,
        List<RowError> errors,
        List<String> keys,
        @Nullable P plan,
        List<UUID> met,
        List<Said> said,
        List<UUID> candidates,
        List<String> doubtKeys,
        List<String> addedKeys) {
    /**
     * What one tries with a row.
     *
     * @param column where that stands by which somebody is known
     * @param about  that by which they are known: a name that is borne here, or a number as it is shown masked
     * @param whole  what is told together by whether it fits
     * @param fits   whether that is so of somebody; not if only in part, whatever is decided of the row then
     */
    record Said(Column column, String about, String whole, boolean fits) {}

    static <P> Verdict<P> bad(FileRow row, List<RowError> errors) {
        return of(row, Outcome.BAD, List.copyOf(errors), List.of(), null);
    }

    static <P> Verdict<P> unchanged(FileRow row, List<String> keys) {
        return of(row, Outcome.UNCHANGED, List.of(), keys, null);
    }

    static <P> Verdict<P> write(FileRow row, Outcome outcome, List<String> keys, P plan) {
        return of(row, outcome, List.of(), keys, plan);
    }

    static <P> Verdict<P> leftOut(FileRow row, List<String> keys) {
        return of(row, Outcome.LEFT_OUT, List.of(), keys, null);
    }

    static <P> Verdict<P> doubtful(FileRow row, List<String> keys, RowError why) {
        return of(row, Outcome.DOUBTFUL, List.of(why), keys, null);
    }

    private static <P> Verdict<P> of(
            FileRow row, Outcome outcome, List<RowError> errors, List<String> keys, @Nullable P plan) {
        return new Verdict<>(row, outcome, errors, keys, plan, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    Verdict<P> about(List<UUID> residents) {
        return new Verdict<>(
                row, outcome, errors, keys, plan, List.copyOf(residents), said, candidates, doubtKeys, addedKeys);
    }

    /** Which is told, so that it turned out to be about them. */
    Verdict<P> maybeAbout(List<UUID> residents) {
        var list = List.copyOf(residents);
        return new Verdict<>(row, outcome, errors, keys, plan, list, said, list, doubtKeys, addedKeys);
    }

    /** @param whole what it says together of whom is known by the text that stands in the column */
    Verdict<P> saying(Column column, String about, String whole) {
        var fits = outcome != Outcome.BAD && !met.isEmpty() && candidates.isEmpty();
        var all = Stream.concat(said.stream(), Stream.of(new Said(column, about, whole, fits)))
                .toList();
        return new Verdict<>(row, outcome, errors, keys, plan, met, all, candidates, doubtKeys, addedKeys);
    }

    Verdict<P> knownBy(List<String> doubts) {
        return new Verdict<>(row, outcome, errors, keys, plan, met, said, candidates, List.copyOf(doubts), addedKeys);
    }

    Verdict<P> adding(List<String> keys) {
        return new Verdict<>(
                row, outcome, errors, this.keys, plan, met, said, candidates, doubtKeys, List.copyOf(keys));
    }

    /** As it is in doubt for another row of the file. */
    Verdict<P> doubted(RowError why) {
        return new Verdict<>(
                row, Outcome.DOUBTFUL, List.of(why), keys, null, met, said, candidates, doubtKeys, addedKeys);
    }

    /** As it is bad for another row of the file. What was decided of it can be decided anew. */
    Verdict<P> repeated(RowError why) {
        var whom = row.decision() == null ? List.<UUID>of() : candidates;
        return new Verdict<>(row, Outcome.BAD, List.of(why), List.of(), null, met, said, whom, List.of(), List.of());
    }
}

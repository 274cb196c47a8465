package org.huying.roster;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a row.
 *
 * @param errors     why it is bad or doubtful
 * @param keys       no two rows of a file may have one in common; bad rows have none
 * @param plan       what is to be written, where anything is
 * @param met        residents whom it turned out to be about
 * @param knownName  the name in the row, where somebody here bears it; else null
 * @param candidates whom it may be about, decided or not
 * @param doubtKey   a second row that has it may be about the same
 */
record Verdict<P>(
        FileRow row,
        Outcome outcome,
        List<RowError> errors,
        List<String> keys,
        @Nullable P plan,
        List<UUID> met,
        @Nullable String knownName,
        List<UUID> candidates,
        @Nullable String doubtKey) {
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
        return new Verdict<>(row, outcome, errors, keys, plan, List.of(), null, List.of(), null);
    }

    /**
     * Whether it says of somebody of a name that is borne here what fits nobody of that name, or not quite: a number is tried
     * out as well with the right birth date, whatever is decided of the row then.
     */
    boolean isGuess() {
        return knownName != null && (met.isEmpty() || !candidates.isEmpty());
    }

    Verdict<P> about(List<UUID> residents) {
        return new Verdict<>(row, outcome, errors, keys, plan, List.copyOf(residents), knownName, candidates, doubtKey);
    }

    /** Which is told, so that it turned out to be about them. */
    Verdict<P> maybeAbout(List<UUID> residents) {
        var list = List.copyOf(residents);
        return new Verdict<>(row, outcome, errors, keys, plan, list, knownName, list, doubtKey);
    }

    Verdict<P> underKnownName(String name) {
        return new Verdict<>(row, outcome, errors, keys, plan, met, name, candidates, doubtKey);
    }

    Verdict<P> knownBy(String key) {
        return new Verdict<>(row, outcome, errors, keys, plan, met, knownName, candidates, key);
    }

    /** As it is in doubt for another row of the file. */
    Verdict<P> doubted(RowError why) {
        return new Verdict<>(row, Outcome.DOUBTFUL, List.of(why), keys, null, met, knownName, candidates, doubtKey);
    }
}

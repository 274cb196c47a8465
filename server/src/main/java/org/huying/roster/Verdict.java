package org.huying.roster;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a row.
 *
 * @param keys      no two rows of a file may have one in common; bad rows have none
 * @param plan      what is to be written, where anything is
 * @param met       residents whom it turned out to be about
 * @param knownName the name in the row, where somebody here bears it; else null
 */
record Verdict<P>(
        FileRow row,
        Outcome outcome,
        List<RowError> errors,
        List<String> keys,
        @Nullable P plan,
        List<UUID> met,
        @Nullable String knownName) {
    static <P> Verdict<P> bad(FileRow row, List<RowError> errors) {
        return new Verdict<>(row, Outcome.BAD, List.copyOf(errors), List.of(), null, List.of(), null);
    }

    static <P> Verdict<P> unchanged(FileRow row, List<String> keys) {
        return new Verdict<>(row, Outcome.UNCHANGED, List.of(), keys, null, List.of(), null);
    }

    static <P> Verdict<P> write(FileRow row, Outcome outcome, List<String> keys, P plan) {
        return new Verdict<>(row, outcome, List.of(), keys, plan, List.of(), null);
    }

    /** Whether it says of somebody of a name that is borne here what fits nobody of that name. */
    boolean isGuess() {
        return knownName != null && met.isEmpty();
    }

    Verdict<P> about(List<UUID> residents) {
        return new Verdict<>(row, outcome, errors, keys, plan, List.copyOf(residents), knownName);
    }

    Verdict<P> underKnownName(String name) {
        return new Verdict<>(row, outcome, errors, keys, plan, met, name);
    }
}

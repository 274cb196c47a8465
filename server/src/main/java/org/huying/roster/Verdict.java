package org.huying.roster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a row.
 *
 * @param keys no two rows of a file may have one in common; bad rows have none
 * @param plan what is to be written, where anything is
 */
record Verdict<P>(
        FileRow row,
        Outcome outcome,
        List<RowError> errors,
        List<String> keys,
        @Nullable P plan) {
    static <P> Verdict<P> bad(FileRow row, List<RowError> errors) {
        return new Verdict<>(row, Outcome.BAD, List.copyOf(errors), List.of(), null);
    }

    static <P> Verdict<P> unchanged(FileRow row, List<String> keys) {
        return new Verdict<>(row, Outcome.UNCHANGED, List.of(), keys, null);
    }

    static <P> Verdict<P> write(FileRow row, Outcome outcome, List<String> keys, P plan) {
        return new Verdict<>(row, outcome, List.of(), keys, plan);
    }
}

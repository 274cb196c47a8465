package org.huying.roster;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has decided of a doubtful row.
 *
 * @param residentId whom it is about, where it is about somebody who is here
 */
record Decision(Choice choice, @Nullable UUID residentId) {
    enum Choice {
        /** Somebody else, who is not here yet. */
        NEW,
        SAME,
        LEFT_OUT;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static @Nullable Decision of(@Nullable String choice, @Nullable UUID residentId) {
        return choice == null ? null : new Decision(Choice.valueOf(choice.toUpperCase(Locale.ROOT)), residentId);
    }
}

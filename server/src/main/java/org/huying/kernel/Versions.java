package org.huying.kernel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds what somebody acts on against what they have seen of it. */
public final class Versions {
    /** Of what is new. */
    public static final int FIRST = 1;

    private Versions() {}

    /**
     * Refuses to act on something that is another by now.
     *
     * @param seen    the version that the caller names; null where they name none
     * @param present read under a lock that keeps it so until the transaction ends
     * @param changed the code of the refusal
     */
    public static void require(@Nullable Integer seen, int present, String changed) {
        if (seen != null && seen != present) {
            throw Refusal.conflict(changed, Map.of("version", present));
        }
    }

    /** The same of something that is told apart by a digest. */
    public static void require(@Nullable String seen, String present, String changed) {
        if (seen != null && !seen.equals(present)) {
            throw Refusal.conflict(changed, Map.of("digest", present));
        }
    }
}

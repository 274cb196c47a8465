package org.huying.canteen;

import java.util.List;
import org.huying.kernel.Grant;

/** What it rests on that somebody books for another. It is looked at once more, and held, where the booking is made. */
sealed interface Warrant {
    /**
     * The roles of a member of staff.
     *
     * @param grants as they were when it was found that they suffice
     */
    record OfRoles(List<Grant> grants) implements Warrant {
        public OfRoles {
            grants = List.copyOf(grants);
        }
    }

    /** Of the diner for the one who books. */
    record OfMandate() implements Warrant {}
}

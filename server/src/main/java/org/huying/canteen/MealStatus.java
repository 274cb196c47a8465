package org.huying.canteen;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** The life of a meal. */
enum MealStatus {
    DRAFT,
    PUBLISHED,
    CLOSED,
    CANCELLED;

    /** What an operator does to a meal: from which states, to which one; without, it stays where it is. */
    enum Action {
        CHANGE(Set.of(DRAFT, PUBLISHED), null),
        PUBLISH(Set.of(DRAFT), PUBLISHED),
        CONFIRM_ALL(Set.of(PUBLISHED), null),
        CLOSE(Set.of(PUBLISHED), CLOSED),
        CANCEL(Set.of(DRAFT, PUBLISHED), CANCELLED);

        @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, only its type does not say so
        private final Set<MealStatus> from;

        private final @Nullable MealStatus to;

        Action(Set<MealStatus> from, @Nullable MealStatus to) {
            this.from = from;
            this.to = to;
        }

        /** The state that follows, or a refusal that tells the state there is. */
        MealStatus after(MealStatus now) {
            if (!from.contains(now)) {
                throw Refusal.conflict("action_not_allowed", Map.of("mealStatus", now.code()));
            }
            return to == null ? now : to;
        }
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MealStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

package org.huying.demo.district;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One ticket of the history, from its report to its last step, written down before anything of it happens.
 *
 * @param number     its own, for other stories to refer to
 * @param subject    what it is about
 * @param channel    through whom it came: the resident, the grid or the hotline
 * @param attributes what the item requires
 */
record Story(
        int number,
        Subject subject,
        String itemCode,
        String channel,
        boolean anonymous,
        String text,
        Map<String, String> attributes,
        List<Step> steps) {
    Story {
        attributes = Map.copyOf(attributes);
        steps = List.copyOf(steps);
    }

    /** When it is reported. */
    Instant begins() {
        return steps.get(0).at();
    }

    /**
     * A household, or a spot in a compound.
     *
     * @param person whose trouble it is: {@code resident-7}, {@code elder-2}
     * @param place  the key of the compound or grid
     * @param spot   words for it; none for the person's household
     * @param firm   the number of the firm that serves the place, 0 for the community's office
     */
    record Subject(String person, String place, @Nullable String spot, int firm) {
        boolean isHousehold() {
            return spot == null;
        }
    }

    /** Who takes a step. The handler is whoever is responsible for the ticket at the time. */
    enum Actor {
        REPORTER,
        HANDLER,
        WORKER,
        VISITOR,
        TOWN_SUPERVISOR
    }

    /**
     * Something done at a time.
     *
     * @param action its name in the contract, or {@code submit}
     * @param fields as the contract names them; {@code story} is the number of another story
     */
    record Step(Instant at, Actor by, String action, Map<String, Object> fields) {
        Step {
            fields = Map.copyOf(fields);
        }
    }
}

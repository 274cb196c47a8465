package org.huying.audit.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.huying.audit.history.Stage.Home;
import org.huying.kernel.Caller;
import org.huying.ticket.Action;
import org.huying.ticket.ActionInput;
import org.huying.ticket.Status;
import org.huying.ticket.Submission;
import org.jspecify.annotations.Nullable;

/** What is to happen in a lane, written down before any of it does. */
final class Plan {
    /** One act at its instant. */
    record Step(Instant at, Consumer<Lane> act) {}

    /** As what somebody acts. */
    enum Who {
        /** Whoever is dispatcher of the organization that is responsible by then. */
        HANDLER,
        WORKER,
        RESIDENT,
        VISITOR,
        COMMUNITY,
        TOWN,
        DISTRICT
    }

    /** A ticket of the plan; once it is played, also where that ticket stands. */
    static final class Ref {
        final Home home;

        @Nullable
        UUID id;

        @Nullable
        UUID responsible;

        @Nullable
        Status status;

        @Nullable
        Instant clockAt;

        Ref(Home home) {
            this.home = home;
        }
    }

    private final List<Step> steps = new ArrayList<>();

    List<Step> steps() {
        return steps;
    }

    /** A report by the resident of the home, or by somebody in their name. */
    Ref report(Instant at, Home home, Caller by, Submission submission) {
        var ref = new Ref(home);
        steps.add(new Step(at, lane -> lane.report(ref, by, submission)));
        return ref;
    }

    void act(Instant at, Ref ref, Who who, Action action, ActionInput input) {
        steps.add(new Step(at, lane -> lane.act(ref, who, action, input)));
    }

    /** An act that names another ticket of the plan. */
    void act(Instant at, Ref ref, Who who, Action action, String field, Ref other) {
        steps.add(new Step(at, lane -> {
            var id = other.id;
            if (id != null) {
                lane.act(ref, who, action, ActionInput.none().with(field, id));
            }
        }));
    }
}

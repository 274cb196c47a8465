package org.huying.trial;

import java.util.ArrayList;
import java.util.List;

/** What a trial measured, and what of it is not as promised. */
final class Outcome {
    private final String trial;
    private final List<String> measured = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private boolean skipped;

    Outcome(String trial) {
        this.trial = trial;
    }

    static Outcome skipped(String trial, String why) {
        var outcome = new Outcome(trial);
        outcome.skipped = true;
        return outcome.measured("SKIPPED", why);
    }

    Outcome measured(String what, Object value) {
        measured.add(what + " " + value);
        return this;
    }

    Outcome require(boolean holds, String promise) {
        if (!holds) {
            broken.add(promise);
        }
        return this;
    }

    boolean isGood() {
        return broken.isEmpty();
    }

    boolean isSkipped() {
        return skipped;
    }

    @Override
    public String toString() {
        return trial + ": " + String.join(", ", measured) + (isGood() ? "" : "; BROKEN: " + String.join("; ", broken));
    }
}

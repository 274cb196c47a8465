package org.huying.metrics.service;

import java.util.Set;
import org.huying.http.Call;
import org.huying.kernel.Faults;
import org.jspecify.annotations.Nullable;

/**
 * Which number's tickets are wanted.
 *
 * @param age a part of the backlog
 */
record Drill(String measure, String segment, @Nullable String age) {
    private static final String BACKLOG = "backlog";

    /** What is counted among open tickets; everything else is of the cohort. */
    private static final Set<String> OF_BACKLOG = Set.of(BACKLOG, "reopened");

    Drill {
        if (age != null && !measure.equals(BACKLOG)) {
            throw Faults.of("/query/age", "age_without_backlog");
        }
    }

    static Drill from(Call call) {
        var segment = call.text("segment");
        return new Drill(call.requiredText("measure"), segment == null ? "main" : segment, call.text("age"));
    }

    boolean isOfBacklog() {
        return OF_BACKLOG.contains(measure);
    }
}

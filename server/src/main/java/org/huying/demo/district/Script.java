package org.huying.demo.district;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.huying.demo.district.Story.Actor;
import org.huying.demo.district.Story.Step;

/** Writes the steps of a story one after the other. Nobody works at night: what would fall there waits for the morning. */
final class Script {
    private static final LocalTime MORNING = LocalTime.of(8, 0);
    private static final LocalTime EVENING = LocalTime.of(20, 30);

    private final Random random;
    private final List<Step> steps = new ArrayList<>();
    private Instant at;

    Script(Instant begins, Random random) {
        this.at = begins;
        this.random = random;
        steps.add(new Step(begins, Actor.REPORTER, "submit", Map.of()));
    }

    Instant at() {
        return at;
    }

    /** Some time between the bounds after the step before. */
    Script then(Duration least, Duration most, Actor by, String action, Map<String, Object> fields) {
        long span = Math.max(1, most.minus(least).toMillis());
        at = daytime(at.plus(least).plusMillis((long) (random.nextDouble() * span)));
        steps.add(new Step(at, by, action, fields));
        return this;
    }

    /** Everything up to the given instant; what comes later has not happened yet. */
    List<Step> until(Instant end) {
        return steps.stream().filter(step -> step.at().isBefore(end)).toList();
    }

    private Instant daytime(Instant instant) {
        var local = instant.atZone(DemoStructure.ZONE);
        if (local.toLocalTime().isBefore(MORNING)) {
            return morningOf(local);
        }
        return local.toLocalTime().isAfter(EVENING) ? morningOf(local.plusDays(1)) : instant;
    }

    private Instant morningOf(ZonedDateTime day) {
        return day.with(MORNING).plusSeconds(random.nextInt(2 * 60 * 60)).toInstant();
    }
}

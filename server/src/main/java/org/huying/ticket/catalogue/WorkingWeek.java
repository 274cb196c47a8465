package org.huying.ticket.catalogue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * When a district works.
 *
 * @param hours of each working day, one after another, none touching the next
 */
record WorkingWeek(Set<DayOfWeek> weekdays, List<Hours> hours) {
    /** Of a district that has said nothing. */
    static final WorkingWeek USUAL = new WorkingWeek(
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY),
            List.of(new Hours(LocalTime.of(9, 0), LocalTime.of(17, 0))));

    WorkingWeek {
        weekdays = Set.copyOf(weekdays);
        hours = List.copyOf(hours);
    }

    /** Some hours of a day. */
    record Hours(LocalTime from, LocalTime to) {
        static Hours from(JsonObject json) {
            return new Hours(LocalTime.parse(json.getString("from")), LocalTime.parse(json.getString("to")));
        }

        JsonObject toJson() {
            return new JsonObject().put("from", from.toString()).put("to", to.toString());
        }
    }

    static WorkingWeek from(Row row) {
        return new WorkingWeek(
                Arrays.stream(row.getArrayOfIntegers("weekdays"))
                        .map(DayOfWeek::of)
                        .collect(Collectors.toSet()),
                hours(row.getJsonArray("hours")));
    }

    static WorkingWeek from(JsonObject json) {
        return new WorkingWeek(
                json.getJsonArray("weekdays").stream()
                        .map(day -> DayOfWeek.of((Integer) day))
                        .collect(Collectors.toSet()),
                hours(json.getJsonArray("hours")));
    }

    /** All its hours. */
    Duration length() {
        return hours.stream()
                .map(each -> Duration.between(each.from(), each.to()))
                .reduce(Duration.ZERO, Duration::plus)
                .multipliedBy(weekdays.size());
    }

    Integer[] weekdayNumbers() {
        return new TreeSet<>(weekdays).stream().map(DayOfWeek::getValue).toArray(Integer[]::new);
    }

    JsonArray hoursAsJson() {
        return new JsonArray(hours.stream().map(Hours::toJson).toList());
    }

    private static List<Hours> hours(JsonArray json) {
        return json.stream().map(each -> Hours.from((JsonObject) each)).toList();
    }
}

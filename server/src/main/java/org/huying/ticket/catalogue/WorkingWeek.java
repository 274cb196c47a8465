package org.huying.ticket.catalogue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * When a district works.
 *
 * @param hours of each working day, one after another; they may touch
 */
record WorkingWeek(Set<DayOfWeek> weekdays, List<Hours> hours) {
    /** Of a district that has said nothing. */
    static final WorkingWeek USUAL = new WorkingWeek(
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY),
            List.of(Hours.of("09:00", "17:00")));

    WorkingWeek {
        weekdays = Set.copyOf(weekdays);
        hours = List.copyOf(hours);
    }

    /**
     * Some hours of a day, in minutes of it by the clock on the wall.
     *
     * @param toMinute the first one that is not worked any more; 1,440 is the midnight in which the day ends
     */
    record Hours(int fromMinute, int toMinute) {
        private static final int HOUR = 60;

        /** Of texts such as {@code 08:30}, and {@code 24:00}. */
        static Hours of(String from, String to) {
            return new Hours(minute(from), minute(to));
        }

        static Hours from(JsonObject json) {
            return of(json.getString("from"), json.getString("to"));
        }

        String from() {
            return text(fromMinute);
        }

        String to() {
            return text(toMinute);
        }

        Instant startOn(LocalDate day, ZoneId zone) {
            return at(day, fromMinute, zone);
        }

        Instant endOn(LocalDate day, ZoneId zone) {
            return at(day, toMinute, zone);
        }

        JsonObject toJson() {
            return new JsonObject().put("from", from()).put("to", to());
        }

        private static Instant at(LocalDate day, int minute, ZoneId zone) {
            return day.atStartOfDay().plusMinutes(minute).atZone(zone).toInstant();
        }

        private static int minute(String text) {
            return HOUR * Integer.parseInt(text, 0, 2, 10) + Integer.parseInt(text, 3, 5, 10);
        }

        private static String text(int minute) {
            return String.format(Locale.ROOT, "%02d:%02d", minute / HOUR, minute % HOUR);
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
                .map(each -> Duration.ofMinutes(each.toMinute() - each.fromMinute()))
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

package org.huying.ticket.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Domain.md 3: targets on a 24-hour clock or the working calendar. */
@Tag("long")
class WorkingCalendarTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final int CALENDARS = 60;
    private static final int TIMES = 10;

    /** The week before and of the National Day of 2026: 20 September is worked, 1 to 7 October are free. */
    private static final WorkingCalendar AUTUMN = WorkingCalendar.of(
            SHANGHAI,
            WorkingWeek.USUAL,
            List.of(
                    new CalendarDay(LocalDate.of(2026, 9, 20), true, "国庆节调休"),
                    new CalendarDay(LocalDate.of(2026, 10, 1), false, "国庆节"),
                    new CalendarDay(LocalDate.of(2026, 10, 2), false, "国庆节"),
                    new CalendarDay(LocalDate.of(2026, 10, 5), false, "国庆节"),
                    new CalendarDay(LocalDate.of(2026, 10, 6), false, "国庆节"),
                    new CalendarDay(LocalDate.of(2026, 10, 7), false, "国庆节")));

    @Test
    void standsStillOverTheHoliday() {
        // given: the last hour before it
        var start = at("2026-09-30T16:00");

        // when
        var due = AUTUMN.after(start, Duration.ofHours(4));

        // then
        assertThat(due).isEqualTo(at("2026-10-08T12:00"));
        assertThat(AUTUMN.between(start, due)).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void runsOnAWeekendThatIsWorked() {
        assertThat(AUTUMN.after(at("2026-09-19T10:00"), Duration.ofHours(8))).isEqualTo(at("2026-09-20T17:00"));
    }

    @Test
    void hoursTouchEachOtherAndMidnight() {
        // given: through the night, with the shift changing at midnight and at six, from Monday to Friday
        var week = new WorkingWeek(
                WorkingWeek.USUAL.weekdays(),
                List.of(
                        WorkingWeek.Hours.of("00:00", "06:00"),
                        WorkingWeek.Hours.of("06:00", "12:00"),
                        WorkingWeek.Hours.of("22:00", "24:00")));
        var calendar = WorkingCalendar.of(SHANGHAI, week, List.of());

        // then
        assertThat(week.length()).isEqualTo(Duration.ofHours(5 * 14));
        assertThat(calendar.after(at("2026-09-21T23:00"), Duration.ofHours(8))).isEqualTo(at("2026-09-22T07:00"));
        assertThat(calendar.after(at("2026-09-25T23:00"), Duration.ofHours(1))).isEqualTo(at("2026-09-26T00:00"));
        assertThat(calendar.after(at("2026-09-25T23:00"), Duration.ofMinutes(61)))
                .isEqualTo(at("2026-09-28T00:01"));
        assertThat(calendar.between(at("2026-09-21T00:00"), at("2026-09-28T00:00")))
                .isEqualTo(week.length());
        var allDay = new WorkingWeek(WorkingWeek.USUAL.weekdays(), List.of(WorkingWeek.Hours.of("00:00", "24:00")));
        var summerTime = new CalendarDay(LocalDate.of(2026, 3, 29), true, "an hour short");
        assertThat(WorkingCalendar.of(ZoneId.of("Europe/Berlin"), allDay, List.of(summerTime))
                        .between(Instant.parse("2026-03-26T23:00:00Z"), Instant.parse("2026-03-31T00:00:00Z")))
                .isEqualTo(Duration.ofHours(24 + 23 + 24 + 2));
    }

    @Test
    void startsWithTheNextHours() {
        assertThat(AUTUMN.after(at("2026-09-21T20:30"), Duration.ofHours(1))).isEqualTo(at("2026-09-22T10:00"));
    }

    @Test
    void agreesWithAClockThatLooksAtEveryMinute() {
        for (var i = 0; i < CALENDARS; i++) {
            var seed = new Random().nextLong();
            var random = new Random(seed);
            var calendar = random(random);
            var slow = new SlowClock(minute -> isWorked(calendar, minute));
            for (var j = 0; j < TIMES; j++) {
                var start = Instant.ofEpochMilli(1_772_400_000_000L + random.nextLong(60L * 86_400_000));
                var time = Duration.ofMillis(random.nextLong(20L * 3_600_000));

                var due = calendar.after(start, time);

                assertThat(due).as("seed %d", seed).isEqualTo(slow.after(start, time));
                assertThat(calendar.between(start, due)).as("seed %d", seed).isEqualTo(time);
                var end = start.plusMillis(random.nextLong(9L * 86_400_000));
                assertThat(calendar.between(start, end)).as("seed %d", seed).isEqualTo(slow.between(start, end));
            }
        }
    }

    private static boolean isWorked(WorkingCalendar calendar, Instant minute) {
        var local = LocalDateTime.ofInstant(minute, calendar.zone());
        var day = local.toLocalDate();
        var working = calendar.days().containsKey(day)
                ? calendar.days().get(day)
                : calendar.week().weekdays().contains(day.getDayOfWeek());
        return working
                && calendar.week().hours().stream()
                        .anyMatch(hours -> hours.fromMinute() <= minuteOf(local) && minuteOf(local) < hours.toMinute());
    }

    private static WorkingCalendar random(Random random) {
        var weekdays = new HashSet<DayOfWeek>();
        do {
            weekdays.add(DayOfWeek.of(1 + random.nextInt(7)));
        } while (random.nextInt(5) > 0);
        var hours = new ArrayList<WorkingWeek.Hours>();
        // Where clocks are put forward and back, nobody works in the hours in which it is done.
        var minute = 240 + random.nextInt(400);
        while (minute < 1_300 && hours.size() < 3) {
            var end = random.nextInt(6) == 0 ? 1_440 : minute + 30 + random.nextInt(100);
            hours.add(new WorkingWeek.Hours(minute, end));
            minute = end + (random.nextBoolean() ? 0 : random.nextInt(200));
        }
        Map<LocalDate, Boolean> days = new HashMap<>();
        for (var i = random.nextInt(20); i > 0; i--) {
            days.put(LocalDate.of(2026, 3, 1).plusDays(random.nextInt(90)), random.nextBoolean());
        }
        var zone = random.nextBoolean() ? SHANGHAI : ZoneId.of("Europe/Berlin");
        return new WorkingCalendar(zone, new WorkingWeek(weekdays, hours), days);
    }

    private static int minuteOf(LocalDateTime local) {
        return local.toLocalTime().toSecondOfDay() / 60;
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}

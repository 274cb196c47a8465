package org.huying.ticket.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A district's working hours as a clock: it runs within the hours of working days and stands still outside of them.
 *
 * @param days those that differ from their weekday: holidays, and weekends worked to make up for them
 */
record WorkingCalendar(ZoneId zone, WorkingWeek week, Map<LocalDate, Boolean> days) implements TargetClock {
    WorkingCalendar {
        days = Map.copyOf(days);
    }

    static WorkingCalendar of(ZoneId zone, WorkingWeek week, List<CalendarDay> days) {
        return new WorkingCalendar(
                zone, week, days.stream().collect(Collectors.toMap(CalendarDay::date, CalendarDay::working)));
    }

    private record Span(Instant from, Instant to) {
        Span notBefore(Instant start) {
            return start.isAfter(from) ? new Span(start, to) : this;
        }

        Span notAfter(Instant end) {
            return end.isBefore(to) ? new Span(from, end) : this;
        }

        Duration length() {
            return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
        }
    }

    @Override
    public Instant after(Instant start, Duration time) {
        var left = time;
        for (var day = dayOf(start); ; day = day.plusDays(1)) {
            for (var span : spans(day).map(each -> each.notBefore(start)).toList()) {
                var length = span.length();
                if (span.from().isBefore(span.to()) && length.compareTo(left) >= 0) {
                    return span.from().plus(left);
                }
                left = left.minus(length);
            }
        }
    }

    @Override
    public Duration between(Instant start, Instant end) {
        return dayOf(start)
                .datesUntil(dayOf(end).plusDays(1))
                .flatMap(this::spans)
                .map(span -> span.notBefore(start).notAfter(end).length())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }

    private Stream<Span> spans(LocalDate day) {
        var working = days.getOrDefault(day, week.weekdays().contains(day.getDayOfWeek()));
        return working ? week.hours().stream().map(each -> span(day, each)) : Stream.of();
    }

    private Span span(LocalDate day, WorkingWeek.Hours each) {
        return new Span(each.startOn(day, zone), each.endOn(day, zone));
    }
}

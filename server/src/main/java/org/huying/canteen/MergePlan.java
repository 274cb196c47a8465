package org.huying.canteen;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the bookings of two entries of one person. What is settled stays as it is; of standing ones there is one
 * for a meal, the first that arrived, and one subsidy for a date and period.
 *
 * @param cancelled   standing ones that go
 * @param unsubsidised standing ones that lose the second subsidy of a period
 * @param subsidised  standing ones that are to have the subsidy that a cancelled one had
 * @param left        settled ones of the entry that goes which would be second ones of the one that stays
 */
record MergePlan(Set<UUID> cancelled, Set<UUID> unsubsidised, Set<UUID> subsidised, Set<UUID> left) {
    /** A booking that is neither cancelled nor expired. */
    record Held(
            UUID id,
            UUID mealId,
            UUID dinerId,
            LocalDate date,
            Period period,
            BookingStatus status,
            long arrival,
            Instant createdAt,
            int portions,
            @Nullable Integer priceFen,
            int subsidyFen) {
        static Held from(Row row) {
            Integer subsidy = row.getInteger("subsidy_fen");
            return new Held(
                    row.getUUID("id"),
                    row.getUUID("meal_id"),
                    row.getUUID("diner_id"),
                    row.getLocalDate("date"),
                    Period.of(row.getString("period")),
                    BookingStatus.of(row.getString("status")),
                    row.getLong("arrival"),
                    Rows.instant(row, "created_at"),
                    row.getInteger("portions"),
                    row.getInteger("price_fen"),
                    subsidy == null ? 0 : subsidy);
        }

        boolean stands() {
            return switch (status) {
                case WAITLISTED, BOOKED, CONFIRMED -> true;
                default -> false;
            };
        }

        boolean isSubsidised() {
            return subsidyFen > 0;
        }
    }

    private record Sitting(LocalDate date, Period period) {}

    /** Empty plan to be filled meal by meal and sitting by sitting. */
    private MergePlan() {
        this(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    }

    static MergePlan of(UUID goneId, Collection<Held> bookings) {
        var plan = new MergePlan();
        grouped(bookings, Held::mealId).forEach(meal -> plan.oneOfAMeal(goneId, meal));
        grouped(bookings, each -> new Sitting(each.date(), each.period()))
                .forEach(sitting -> plan.oneSubsidy(goneId, sitting));
        return plan;
    }

    private void oneOfAMeal(UUID goneId, List<Held> meal) {
        var settled = meal.stream().filter(each -> !each.stands()).toList();
        var standing = meal.stream()
                .filter(Held::stands)
                .sorted(Comparator.comparingLong(Held::arrival))
                .toList();
        standing.stream().skip(settled.isEmpty() ? 1 : 0).map(Held::id).forEach(cancelled::add);
        leaveIfSecond(goneId, settled);
    }

    private void oneSubsidy(UUID goneId, List<Held> sitting) {
        var settled = sitting.stream()
                .filter(each -> !each.stands() && each.isSubsidised())
                .toList();
        leaveIfSecond(goneId, settled);
        var kept = sitting.stream()
                .filter(each -> each.stands() && !cancelled.contains(each.id()))
                .sorted(Comparator.comparing(Held::createdAt).thenComparing(Held::id))
                .toList();
        var subsidised = kept.stream().filter(Held::isSubsidised).toList();
        subsidised.stream().skip(settled.isEmpty() ? 1 : 0).map(Held::id).forEach(unsubsidised::add);
        if (settled.isEmpty() && subsidised.isEmpty()) {
            inherit(sitting, kept);
        }
    }

    /** The subsidy that went with a cancelled one is that of the first that is left and has its place. */
    private void inherit(List<Held> sitting, List<Held> kept) {
        var hadOne = sitting.stream().anyMatch(each -> each.isSubsidised() && cancelled.contains(each.id()));
        if (hadOne) {
            kept.stream()
                    .filter(each -> each.priceFen() != null)
                    .findFirst()
                    .map(Held::id)
                    .ifPresent(subsidised::add);
        }
    }

    private void leaveIfSecond(UUID goneId, List<Held> settled) {
        if (settled.size() > 1) {
            settled.stream()
                    .filter(each -> each.dinerId().equals(goneId))
                    .map(Held::id)
                    .forEach(left::add);
        }
    }

    private static Collection<List<Held>> grouped(Collection<Held> bookings, Function<Held, ?> by) {
        return bookings.stream()
                .collect(Collectors.groupingBy(by, Collectors.toCollection(ArrayList::new)))
                .values()
                .stream()
                .map(each -> (List<Held>) each)
                .toList();
    }
}

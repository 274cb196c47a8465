package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.kernel.Fault;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** What becomes of a meal, whoever asked for it: drafted, published, closed, cancelled. */
final class MealLife {
    private record Times(Instant opensAt, Instant cutoffAt, Instant servingEndsAt) {}

    private final Places places;
    private final MealStore meals;
    private final BookingStore bookings;
    private final LedgerStore ledgers;

    MealLife(Places places, MealStore meals, BookingStore bookings, LedgerStore ledgers) {
        this.places = places;
        this.meals = meals;
        this.bookings = bookings;
        this.ledgers = ledgers;
    }

    /** A draft, or at once published; with its dishes. */
    Future<Meal> create(SqlConnection transaction, UUID districtId, Canteen canteen, NewMeal asked, Instant now) {
        return places.zone(transaction, districtId)
                .compose(zone -> meals.periodRule(transaction, districtId, canteen.id(), asked.period())
                        .map(rule -> times(asked, rule, zone)))
                .map(times -> meal(canteen, asked, times))
                .compose(meal -> meals.insert(transaction, districtId, meal, now)
                        .compose(isNew -> isNew
                                ? meals.insertDishes(transaction, districtId, meal.id(), asked.dishes())
                                : Future.failedFuture(Refusal.conflict("meal_exists")))
                        .compose(done -> meals.withDishes(transaction, districtId, List.of(meal))))
                .map(found -> found.get(0));
    }

    Future<Meal> publish(SqlConnection transaction, UUID districtId, UUID mealId, Instant now) {
        return act(transaction, districtId, mealId, MealStatus.Action.PUBLISH)
                .compose(meal -> meals.publish(transaction, districtId, mealId, now))
                .compose(done -> again(transaction, districtId, mealId));
    }

    /** On its day at the earliest: before, it can only be cancelled. Who did not come becomes a no-show, who still waits expires. */
    Future<Meal> close(SqlConnection transaction, UUID districtId, UUID mealId, Instant now) {
        return act(transaction, districtId, mealId, MealStatus.Action.CLOSE)
                .compose(meal -> places.zone(transaction, districtId)
                        .map(zone -> now.atZone(zone).toLocalDate().isBefore(meal.date())))
                .compose(early ->
                        early ? Future.failedFuture(Refusal.conflict("not_meal_day")) : Future.<Void>succeededFuture())
                .compose(due -> meals.close(transaction, districtId, mealId, now))
                .compose(done -> bookings.closeAll(transaction, districtId, mealId, now))
                .compose(done -> ledgers.recount(transaction, districtId, mealId))
                .compose(done -> again(transaction, districtId, mealId));
    }

    /** Its bookings are cancelled by the canteen; what was served stays served. */
    Future<Meal> cancel(
            SqlConnection transaction, UUID districtId, UUID mealId, UUID byId, String reason, Instant now) {
        return act(transaction, districtId, mealId, MealStatus.Action.CANCEL)
                .compose(meal -> meals.cancel(transaction, districtId, mealId, reason, now))
                .compose(done -> bookings.cancelAll(transaction, districtId, mealId, byId, reason, now))
                .compose(done -> ledgers.recount(transaction, districtId, mealId))
                .compose(done -> again(transaction, districtId, mealId));
    }

    private Future<Meal> act(SqlConnection transaction, UUID districtId, UUID mealId, MealStatus.Action action) {
        return ledgers.lock(transaction, districtId, mealId).map(meal -> {
            action.after(meal.status());
            return meal;
        });
    }

    private Future<Meal> again(SqlConnection transaction, UUID districtId, UUID mealId) {
        return ledgers.lock(transaction, districtId, mealId);
    }

    private static Meal meal(Canteen canteen, NewMeal asked, Times times) {
        return new Meal(
                Ids.next(),
                canteen.id(),
                asked.date(),
                asked.period(),
                asked.publish() ? MealStatus.PUBLISHED : MealStatus.DRAFT,
                asked.capacity(),
                0,
                0,
                0,
                asked.priceFen(),
                times.opensAt(),
                times.cutoffAt(),
                times.servingEndsAt(),
                null,
                canteen.delivers(),
                List.of());
    }

    /** The times asked for, else those of the canteen's rule; all that is wrong with them at once. */
    private static Times times(NewMeal asked, Optional<PeriodRule> rule, ZoneId zone) {
        var faults = new ArrayList<Fault>();
        var opensAt = rule.map(r -> at(asked.date(), r.opensDaysBefore(), r.opensAt(), zone));
        var cutoffAt = rule.map(r -> at(asked.date(), r.cutoffDaysBefore(), r.cutoffAt(), zone));
        var endsAt = rule.map(r -> at(asked.date(), 0, r.servingEndsAt(), zone));
        var times = new Times(
                present(asked.bookingOpensAt(), opensAt, "/bookingOpensAt", faults),
                present(asked.cutoffAt(), cutoffAt, "/cutoffAt", faults),
                present(asked.servingEndsAt(), endsAt, "/servingEndsAt", faults));
        if (asked.dishes().isEmpty() && asked.priceFen() == null) {
            faults.add(new Fault("/priceFen", "price_missing"));
        }
        if (faults.isEmpty() && !times.opensAt().isBefore(times.cutoffAt())) {
            faults.add(new Fault("/cutoffAt", "cutoff_not_after_opening"));
        }
        if (faults.isEmpty() && times.cutoffAt().isAfter(times.servingEndsAt())) {
            faults.add(new Fault("/servingEndsAt", "end_before_cutoff"));
        }
        Faults.refuse(faults);
        return times;
    }

    private static Instant present(
            @Nullable Instant asked, Optional<Instant> rule, String pointer, List<Fault> faults) {
        if (asked == null && rule.isEmpty()) {
            faults.add(new Fault(pointer, "time_missing"));
        }
        return asked == null ? rule.orElse(Instant.EPOCH) : asked;
    }

    private static Instant at(LocalDate date, int daysBefore, LocalTime time, ZoneId zone) {
        return date.minusDays(daysBefore).atTime(time).atZone(zone).toInstant();
    }
}

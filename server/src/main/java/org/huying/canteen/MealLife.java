package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Versions;
import org.huying.notify.Notice;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** What becomes of a meal, whoever or whatever asked for it: drafted, published, closed, cancelled. */
final class MealLife {
    private final Places places;
    private final MealStore meals;
    private final BookingStore bookings;
    private final LedgerStore ledgers;
    private final Absences absences;
    private final BookingNotices notices;

    MealLife(
            Places places,
            MealStore meals,
            BookingStore bookings,
            LedgerStore ledgers,
            Absences absences,
            BookingNotices notices) {
        this.places = places;
        this.meals = meals;
        this.bookings = bookings;
        this.ledgers = ledgers;
        this.absences = absences;
        this.notices = notices;
    }

    /** A draft, or at once published; with its dishes. */
    Future<Meal> create(SqlConnection transaction, UUID districtId, Canteen canteen, NewMeal asked, Instant now) {
        return meals.isPlanned(transaction, districtId, canteen.id(), asked.date(), asked.period())
                .compose(planned -> planned
                        ? Future.failedFuture(Refusal.conflict("meal_exists"))
                        : openMonth(transaction, districtId, asked.date(), now))
                .compose(zone -> meals.periodRule(transaction, districtId, canteen.id(), asked.period())
                        .map(rule -> {
                            var faults = new ArrayList<Fault>();
                            var times = MealTimes.of(asked, rule, zone, faults);
                            refuse(asked, times, zone, now, faults);
                            return meal(canteen, asked, times);
                        }))
                .compose(meal -> meals.insert(transaction, districtId, meal, now)
                        .compose(isNew -> isNew
                                ? meals.insertDishes(transaction, districtId, meal.id(), asked.dishes())
                                : Future.failedFuture(Refusal.conflict("meal_exists")))
                        .compose(done -> meal.status() == MealStatus.PUBLISHED
                                ? Deadlines.leave(transaction, districtId, meal)
                                : Future.succeededFuture())
                        .compose(done -> meals.withDishes(transaction, districtId, List.of(meal))))
                .map(found -> found.get(0));
    }

    /**
     * A meal that something is to become of.
     *
     * @param version as whoever asks has seen it; null for whatever it is
     */
    record Seen(UUID mealId, @Nullable Integer version) {}

    Future<Meal> publish(SqlConnection transaction, UUID districtId, Seen seen, Instant now) {
        return act(transaction, districtId, seen, MealStatus.Action.PUBLISH)
                .compose(meal -> openMonth(transaction, districtId, meal.date(), now)
                        .compose(zone -> Deadlines.leave(transaction, districtId, meal)))
                .compose(left -> meals.publish(transaction, districtId, seen.mealId(), now))
                .compose(done -> again(transaction, districtId, seen.mealId()));
    }

    /** On its day at the earliest: before, it can only be cancelled. Who did not come becomes a no-show, who still waits expires. */
    Future<Meal> close(SqlConnection transaction, UUID districtId, Seen seen, Instant now) {
        return act(transaction, districtId, seen, MealStatus.Action.CLOSE)
                .compose(meal -> places.zone(transaction, districtId).map(zone -> {
                    if (now.atZone(zone).toLocalDate().isBefore(meal.date())) {
                        throw Refusal.conflict("not_meal_day");
                    }
                    return meal;
                }))
                .compose(meal -> end(transaction, districtId, meal, now))
                .compose(done -> again(transaction, districtId, seen.mealId()));
    }

    /** The end of serving has come; does nothing before it, or when the meal is over already. */
    Future<Void> closeIfDue(SqlConnection transaction, UUID districtId, UUID mealId, Instant now) {
        return ledgers.lock(transaction, districtId, mealId)
                .compose(meal -> meal.status() == MealStatus.PUBLISHED && !now.isBefore(meal.servingEndsAt())
                        ? end(transaction, districtId, meal, now)
                        : Future.succeededFuture());
    }

    /** The cut-off has come: who still waits expires. Does nothing before it, or when nobody waits. */
    Future<Void> expireIfDue(SqlConnection transaction, UUID districtId, UUID mealId, Instant now) {
        return ledgers.lock(transaction, districtId, mealId)
                .compose(meal -> meal.waiting() > 0 && !now.isBefore(meal.cutoffAt())
                        ? expire(transaction, districtId, meal, now)
                        : Future.succeededFuture());
    }

    /** Its bookings are cancelled by the canteen; what was served stays served. */
    Future<Meal> cancel(SqlConnection transaction, UUID districtId, Seen seen, UUID byId, String reason, Instant now) {
        var mealId = seen.mealId();
        return act(transaction, districtId, seen, MealStatus.Action.CANCEL)
                .compose(meal -> meals.cancel(transaction, districtId, mealId, reason, now))
                .compose(done -> bookings.cancelAll(transaction, districtId, mealId, byId, reason, now))
                .compose(cancelled ->
                        notices.tell(transaction, districtId, Notice.Kind.BOOKING_CANCELLED, cancelled, byId, now))
                .compose(done -> ledgers.recount(transaction, districtId, mealId))
                .compose(done -> again(transaction, districtId, mealId));
    }

    /** What was settled stays so: no meal is planned for a month whose last correction is past. Returns the zone. */
    private Future<ZoneId> openMonth(SqlConnection transaction, UUID districtId, LocalDate date, Instant now) {
        return places.zone(transaction, districtId).map(zone -> {
            var lastCorrection = date.with(TemporalAdjusters.lastDayOfMonth()).plusDays(1);
            if (now.atZone(zone).toLocalDate().isAfter(lastCorrection)) {
                throw Refusal.conflict("month_settled");
            }
            return zone;
        });
    }

    private Future<Void> end(SqlConnection transaction, UUID districtId, Meal meal, Instant now) {
        return expire(transaction, districtId, meal, now)
                .compose(done -> meals.close(transaction, districtId, meal.id(), now))
                .compose(done -> bookings.missAll(transaction, districtId, meal.id(), now))
                .compose(done -> absences.signal(transaction, districtId, meal, now));
    }

    private Future<Void> expire(SqlConnection transaction, UUID districtId, Meal meal, Instant now) {
        return bookings.expireAll(transaction, districtId, meal.id(), now)
                .compose(expired ->
                        notices.tell(transaction, districtId, Notice.Kind.BOOKING_EXPIRED, expired, null, now))
                .compose(done -> ledgers.recount(transaction, districtId, meal.id()));
    }

    private Future<Meal> act(SqlConnection transaction, UUID districtId, Seen seen, MealStatus.Action action) {
        return ledgers.lock(transaction, districtId, seen.mealId()).map(meal -> {
            action.after(meal.status());
            Versions.require(seen.version(), meal.version(), "meal_changed");
            return meal;
        });
    }

    private Future<Meal> again(SqlConnection transaction, UUID districtId, UUID mealId) {
        return ledgers.lock(transaction, districtId, mealId);
    }

    /** All that is wrong at once; the order and the days of times only once they are all there. */
    private static void refuse(NewMeal asked, MealTimes times, ZoneId zone, Instant now, List<Fault> faults) {
        if (faults.isEmpty()) {
            faults.addAll(times.faults(asked.date(), zone, now));
        }
        if (asked.dishes().isEmpty() && asked.priceFen() == null) {
            faults.add(new Fault("/priceFen", "price_missing"));
        }
        Faults.refuse(faults);
    }

    private static Meal meal(Canteen canteen, NewMeal asked, MealTimes times) {
        return new Meal(
                Ids.next(),
                Versions.FIRST,
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
}

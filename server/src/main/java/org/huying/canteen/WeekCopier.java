package org.huying.canteen;

import com.fasterxml.jackson.annotation.JsonValue;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.place.Places;

/** Drafts a week after the pattern of another: the same dishes at the same hours. */
final class WeekCopier {
    private static final int LAST_DAY = 6;
    private static final int MAX_MEALS = 1000;

    /** Why a day and period of the week was left as it is: it had a meal already, or is over. */
    enum Reason {
        EXISTS,
        PAST;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A day and period that stays as it is. */
    record Skipped(LocalDate date, String period, Reason reason) {
        static Skipped of(NewMeal draft, Reason reason) {
            return new Skipped(draft.date(), draft.period().code(), reason);
        }
    }

    /**
     * A meal of another day as it is asked for.
     *
     * @param isOver whether it would be over before anybody could book it
     */
    private record Draft(NewMeal meal, boolean isOver) {}

    /** What came of it. */
    record Copied(List<Meal> drafts, List<Skipped> skipped) {
        Copied {
            drafts = List.copyOf(drafts);
            skipped = List.copyOf(skipped);
        }
    }

    private final Places places;
    private final MealStore meals;
    private final MealLife life;

    WeekCopier(Places places, MealStore meals, MealLife life) {
        this.places = places;
        this.meals = meals;
        this.life = life;
    }

    /** Cancelled meals are not copied. */
    Future<Copied> copy(
            SqlConnection transaction,
            UUID districtId,
            Canteen canteen,
            LocalDate monday,
            LocalDate toMonday,
            Instant now) {
        requireWeeks(monday, toMonday);
        long days = ChronoUnit.DAYS.between(monday, toMonday);
        return places.zone(transaction, districtId)
                .compose(zone -> meals.meals(
                                transaction,
                                districtId,
                                canteen.id(),
                                monday,
                                monday.plusDays(LAST_DAY),
                                true,
                                null,
                                MAX_MEALS)
                        .map(week -> week.stream()
                                .filter(meal -> meal.status() != MealStatus.CANCELLED)
                                .map(meal -> draft(meal, days, zone, now))
                                .toList()))
                .compose(drafts -> {
                    requireAhead(drafts);
                    return create(transaction, districtId, canteen, drafts, now);
                });
    }

    private Future<Copied> create(
            SqlConnection transaction, UUID districtId, Canteen canteen, List<Draft> drafts, Instant now) {
        var made = new ArrayList<Meal>();
        var skipped = new ArrayList<Skipped>();
        Future<Void> done = Future.succeededFuture();
        for (var each : drafts) {
            var draft = each.meal();
            if (each.isOver()) {
                skipped.add(Skipped.of(draft, Reason.PAST));
                continue;
            }
            done = done.compose(before ->
                            meals.isPlanned(transaction, districtId, canteen.id(), draft.date(), draft.period()))
                    .compose(planned -> {
                        if (planned) {
                            skipped.add(Skipped.of(draft, Reason.EXISTS));
                            return Future.succeededFuture();
                        }
                        return life.create(transaction, districtId, canteen, draft, now)
                                .onSuccess(made::add)
                                .mapEmpty();
                    });
        }
        return done.map(all -> new Copied(made, skipped));
    }

    private static void requireWeeks(LocalDate monday, LocalDate toMonday) {
        var faults = new ArrayList<Fault>();
        if (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
            faults.add(new Fault("/path/monday", "not_monday"));
        }
        if (toMonday.getDayOfWeek() != DayOfWeek.MONDAY) {
            faults.add(new Fault("/toMonday", "not_monday"));
        }
        if (monday.equals(toMonday)) {
            faults.add(new Fault("/toMonday", "same_week"));
        }
        Faults.refuse(faults);
    }

    /** Of a week that has begun, the days to come are drafted; one that is over altogether is a mistyped date. */
    private static void requireAhead(List<Draft> drafts) {
        if (!drafts.isEmpty() && drafts.stream().allMatch(Draft::isOver)) {
            throw Faults.of("/toMonday", "end_in_past");
        }
    }

    /** A meal that was made with an end on another day ends by the canteen's rule instead. */
    private static Draft draft(Meal meal, long days, ZoneId zone, Instant now) {
        var times = MealTimes.of(meal).later(days, zone);
        var date = meal.date().plusDays(days);
        var endsRight = times.endOn(date, zone);
        var isOver =
                endsRight ? times.areOver(now) : date.isBefore(now.atZone(zone).toLocalDate());
        var draft = new NewMeal(
                date,
                meal.period(),
                meal.capacity(),
                times.opensAt(),
                times.cutoffAt(),
                endsRight ? times.servingEndsAt() : null,
                meal.priceFen(),
                meal.dishes().stream()
                        .map(dish -> new NewMeal.NewDish(
                                dish.name(), dish.priceFen(), dish.quota(), dish.tags(), dish.allergens()))
                        .toList(),
                false);
        return new Draft(draft, isOver);
    }
}

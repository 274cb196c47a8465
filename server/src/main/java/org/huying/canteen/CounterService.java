package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** What a canteen's operator does with the bookings of a meal. */
final class CounterService {
    private final Places places;
    private final People people;
    private final Sight sight;
    private final MealService meals;
    private final BookingStore bookings;
    private final LedgerStore ledgers;
    private final Absences absences;

    CounterService(
            Places places,
            People people,
            Sight sight,
            MealService meals,
            BookingStore bookings,
            LedgerStore ledgers,
            Absences absences) {
        this.places = places;
        this.people = people;
        this.sight = sight;
        this.meals = meals;
        this.bookings = bookings;
        this.ledgers = ledgers;
        this.absences = absences;
    }

    /**
     * A page of a meal's bookings as the contract shows it.
     *
     * @param digest of all that are to be cooked
     */
    record Listed(
            String digest,
            List<BookingView> items,
            @Nullable String nextCursor) {
        Listed {
            items = List.copyOf(items);
        }
    }

    /** In order of arrival. */
    Future<Listed> list(
            SqlClient client,
            Caller caller,
            UUID mealId,
            @Nullable BookingStatus status,
            @Nullable Cursor cursor,
            int limit) {
        return meals.operated(client, caller, mealId)
                .compose(meal -> bookings.ofMeal(
                        client, caller.districtId(), mealId, status, cursor == null ? null : cursor.uuid(0), limit + 1))
                .compose(found -> {
                    var page = Page.of(found, limit, b -> List.of(b.id().toString()));
                    var concerned = page.items().stream()
                            .flatMap(Booking::people)
                            .distinct()
                            .toList();
                    return people.names(client, caller.districtId(), concerned)
                            .map(names -> page.map(b -> BookingView.of(b, names, caller)));
                })
                .compose(page -> bookings.toCookDigest(client, caller.districtId(), mealId)
                        .map(digest -> new Listed(digest, page.items(), page.nextCursor())));
    }

    /**
     * Returns how many were confirmed.
     *
     * @param seenDigest of the list that is confirmed; null for whichever bookings there are
     */
    Future<Integer> confirmAll(
            SqlConnection transaction, Caller caller, UUID mealId, @Nullable String seenDigest, Instant now) {
        return meals.operated(transaction, caller, mealId)
                .compose(seen -> ledgers.lock(transaction, caller.districtId(), mealId))
                .compose(meal -> {
                    MealStatus.Action.CONFIRM_ALL.after(meal.status());
                    return bookings.toCookDigest(transaction, caller.districtId(), mealId);
                })
                .compose(digest -> {
                    Versions.require(seenDigest, digest, "bookings_changed");
                    return bookings.confirmAll(transaction, caller.districtId(), mealId, now);
                });
    }

    Future<BookingView> confirm(SqlConnection transaction, Caller caller, UUID bookingId, Instant now) {
        return lockedForOperator(transaction, caller, bookingId)
                .compose(booking -> {
                    BookingStatus.Action.CONFIRM.after(booking.status());
                    return bookings.confirm(transaction, caller.districtId(), bookingId, now);
                })
                .compose(done -> view(transaction, caller, bookingId));
    }

    /** Corrects a no-show, until the end of the day after the meal; where nobody had come, the meal counts from now on. */
    Future<BookingView> correct(SqlConnection transaction, Caller caller, UUID bookingId, Instant now) {
        return lockedForOperator(transaction, caller, bookingId)
                .compose(booking -> places.zone(transaction, caller.districtId())
                        .compose(zone -> {
                            requireNotServed(booking);
                            BookingStatus.Action.CORRECT.after(booking.status());
                            var today = now.atZone(zone).toLocalDate();
                            if (today.isBefore(booking.date())) {
                                throw Refusal.conflict("not_meal_day");
                            }
                            if (today.isAfter(booking.date().plusDays(1))) {
                                throw Refusal.conflict("correction_closed");
                            }
                            return bookings.serve(transaction, caller.districtId(), bookingId, now)
                                    .compose(done -> ledgers.lock(transaction, caller.districtId(), booking.mealId()))
                                    .compose(meal -> absences.signal(transaction, caller.districtId(), meal, now));
                        }))
                .compose(done -> view(transaction, caller, bookingId));
    }

    /** Hands over to whoever shows the code; or whose booking it is, for those who come without a phone. */
    Future<BookingView> checkIn(
            SqlConnection transaction,
            Caller caller,
            UUID mealId,
            @Nullable String code,
            @Nullable UUID bookingId,
            Instant now) {
        return meals.operated(transaction, caller, mealId)
                .compose(seen -> ledgers.lock(transaction, caller.districtId(), mealId))
                .compose(meal -> found(transaction, caller, mealId, code, bookingId)
                        .compose(booking -> handOver(transaction, caller, meal, booking, now)));
    }

    private Future<BookingView> handOver(
            SqlConnection transaction, Caller caller, Meal meal, Booking booking, Instant now) {
        return places.zone(transaction, caller.districtId())
                .compose(zone -> {
                    requireNotServed(booking);
                    requireMealDay(booking.date(), zone, now);
                    requireServing(meal, now);
                    BookingStatus.Action.CHECK_IN.after(booking.status());
                    return bookings.serve(transaction, caller.districtId(), booking.id(), now);
                })
                .compose(done -> view(transaction, caller, booking.id()));
    }

    /** Over is over, also before anything has closed the meal. */
    private static void requireServing(Meal meal, Instant now) {
        if (meal.status() == MealStatus.PUBLISHED && !now.isBefore(meal.servingEndsAt())) {
            throw Refusal.conflict("action_not_allowed", Map.of("mealStatus", MealStatus.CLOSED.code()));
        }
    }

    static void requireMealDay(LocalDate date, ZoneId zone, Instant now) {
        if (!now.atZone(zone).toLocalDate().equals(date)) {
            throw Refusal.conflict("not_meal_day");
        }
    }

    private Future<Booking> found(
            SqlClient client, Caller caller, UUID mealId, @Nullable String code, @Nullable UUID bookingId) {
        if (code == null) {
            return bookingId == null
                    ? Future.failedFuture(Refusal.notFound())
                    : bookings.booking(client, caller.districtId(), bookingId)
                            .map(found ->
                                    found.filter(b -> b.mealId().equals(mealId)).orElseThrow(Refusal::notFound));
        }
        return bookings.byCode(client, caller.districtId(), mealId, code)
                .map(id -> id.orElseThrow(() -> Refusal.notFound("code_unknown")))
                .compose(id -> existing(client, caller, id));
    }

    private static void requireNotServed(Booking booking) {
        if (booking.status() == BookingStatus.SERVED) {
            throw Refusal.conflict("already_served", Map.of("servedAt", String.valueOf(booking.servedAt())));
        }
    }

    /** The booking with its meal locked: 404 for those who do not see it, 403 for those who do not run the canteen. */
    private Future<Booking> lockedForOperator(SqlConnection transaction, Caller caller, UUID bookingId) {
        return existing(transaction, caller, bookingId)
                .compose(booking -> sight.of(transaction, caller, booking).compose(as -> {
                    if (!caller.holds(Role.CANTEEN_OPERATOR, booking.canteenId())) {
                        throw Refusal.forbidden();
                    }
                    return ledgers.lock(transaction, caller.districtId(), booking.mealId());
                }))
                .compose(meal -> existing(transaction, caller, bookingId));
    }

    private Future<Booking> existing(SqlClient client, Caller caller, UUID bookingId) {
        return bookings.booking(client, caller.districtId(), bookingId)
                .map(found -> found.orElseThrow(Refusal::notFound));
    }

    private Future<BookingView> view(SqlClient client, Caller caller, UUID bookingId) {
        return existing(client, caller, bookingId)
                .compose(booking -> people.names(
                                client, caller.districtId(), booking.people().toList())
                        .map(names -> BookingView.of(booking, names, caller)));
    }
}

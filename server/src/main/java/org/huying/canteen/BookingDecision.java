package org.huying.canteen;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.spelling.Shapes;
import org.jspecify.annotations.Nullable;

/**
 * Decides the bookings of a batch, one after another in order of arrival, over meals whose rows are locked. No waiting
 * booking fits when a batch begins: whoever frees a place promotes in the same transaction. So nobody is overtaken.
 */
final class BookingDecision {
    private final Map<UUID, MealLedger> ledgers;
    private final Map<UUID, Optional<LocalDate>> birthDates;
    private final Map<LedgerStore.Seat, UUID> standing;
    private final Set<LedgerStore.SubsidyUse> subsidised;

    /**
     * Starts from what the database says under the lock.
     *
     * @param birthDates of all diners that are residents, where verified
     * @param taken      what the diners have already
     */
    BookingDecision(Map<UUID, MealLedger> ledgers, Map<UUID, Optional<LocalDate>> birthDates, LedgerStore.Taken taken) {
        this.ledgers = Map.copyOf(ledgers);
        this.birthDates = Map.copyOf(birthDates);
        this.standing = new HashMap<>(taken.standing());
        this.subsidised = new HashSet<>(taken.subsidised());
    }

    /** The booking that was made, or the refusal that is thrown and leaves everything as it was. */
    Booking decide(BookingRequest request) {
        var ledger = ledgers.get(request.mealId());
        if (ledger == null || !isVisible(ledger.meal(), request)) {
            throw Refusal.notFound();
        }
        var meal = ledger.meal();
        if (!request.actsForDiner() && !isOperator(meal, request)) {
            throw Refusal.forbidden();
        }
        requireOpen(meal, request.now());
        requireFirst(request);
        var needs = ledger.needs(request.portions(), request.dishes());
        requirePossible(meal, needs, request);
        var fit = ledger.fit(request.portions(), needs);
        if (fit != MealLedger.Fit.FITS && !request.joinWaitlist()) {
            throw Refusal.conflict(fit == MealLedger.Fit.NO_PLACE ? "meal_full" : "dish_sold_out");
        }
        Faults.refuse(faults(meal, request));
        var booking = fit == MealLedger.Fit.FITS ? booked(ledger, needs, request) : waitlisted(ledger, request);
        standing.put(new LedgerStore.Seat(meal.id(), request.dinerId()), booking.id());
        return booking;
    }

    private static boolean isVisible(Meal meal, BookingRequest request) {
        return meal.status() != MealStatus.DRAFT || isOperator(meal, request);
    }

    private static boolean isOperator(Meal meal, BookingRequest request) {
        return request.operatedCanteens().contains(meal.canteenId());
    }

    private static void requireOpen(Meal meal, Instant now) {
        if (meal.status() == MealStatus.DRAFT || meal.status() == MealStatus.CANCELLED) {
            throw Refusal.conflict("meal_not_open");
        }
        if (!now.isBefore(meal.cutoffAt())) {
            throw Refusal.conflict("cutoff_passed");
        }
        if (meal.status() == MealStatus.CLOSED || now.isBefore(meal.bookingOpensAt())) {
            throw Refusal.conflict("meal_not_open");
        }
    }

    private void requireFirst(BookingRequest request) {
        var first = standing.get(new LedgerStore.Seat(request.mealId(), request.dinerId()));
        if (first != null) {
            throw Refusal.conflict("already_booked", Map.of("bookingId", first.toString()));
        }
    }

    /** What no place that gets free could ever make fit is neither full nor waits: it is asked for wrongly. */
    private void requirePossible(Meal meal, Map<UUID, Integer> needs, BookingRequest request) {
        var faults = new ArrayList<Fault>();
        if (request.portions() > meal.capacity()) {
            faults.add(new Fault("/portions", "portions_above_capacity", Integer.toString(meal.capacity())));
        }
        for (int i = 0; i < request.dishes().size(); i++) {
            if (request.dishes().get(i).portions() > request.portions()) {
                faults.add(new Fault(
                        "/dishes/" + i + "/portions",
                        "dish_portions_above_portions",
                        Integer.toString(request.portions())));
            }
        }
        if (faults.isEmpty() && request.joinWaitlist()) {
            faults.addAll(faultsOfQuotas(meal, needs, request));
        }
        if (!faults.isEmpty()) {
            faults.addAll(faults(meal, request));
            Faults.refuse(faults);
        }
    }

    private static List<Fault> faultsOfQuotas(Meal meal, Map<UUID, Integer> needs, BookingRequest request) {
        var chosen = request.dishes().stream().map(DishPortions::dishId).toList();
        return meal.dishes().stream()
                .filter(dish -> dish.quota() != null && needs.getOrDefault(dish.id(), 0) > dish.quota())
                .map(dish -> new Fault(
                        chosen.isEmpty() ? "/portions" : "/dishes/" + chosen.indexOf(dish.id()) + "/portions",
                        "portions_above_quota",
                        String.valueOf(dish.quota())))
                .toList();
    }

    private List<Fault> faults(Meal meal, BookingRequest request) {
        var faults = new ArrayList<Fault>();
        if (!birthDates.containsKey(request.dinerId())) {
            faults.add(new Fault("/dinerId", "diner_unknown"));
        }
        if (request.mode() == Mode.DELIVERY && !meal.delivers()) {
            faults.add(new Fault("/mode", "delivery_not_offered"));
        }
        if (request.mode() == Mode.DELIVERY && isBlank(request)) {
            faults.add(new Fault("/deliveryAddress", "delivery_address_missing"));
        }
        var known = meal.dishes().stream().map(Dish::id).collect(Collectors.toSet());
        var seen = new HashSet<UUID>();
        for (int i = 0; i < request.dishes().size(); i++) {
            var dishId = request.dishes().get(i).dishId();
            if (!known.contains(dishId)) {
                faults.add(new Fault("/dishes/" + i + "/dishId", "dish_unknown"));
            } else if (!seen.add(dishId)) {
                faults.add(new Fault("/dishes/" + i + "/dishId", "dish_repeated"));
            }
        }
        return faults;
    }

    private static boolean isBlank(BookingRequest request) {
        return request.deliveryAddress() == null || Shapes.isBlank(request.deliveryAddress());
    }

    private Booking booked(MealLedger ledger, Map<UUID, Integer> needs, BookingRequest request) {
        var meal = ledger.meal();
        var use = new LedgerStore.SubsidyUse(request.dinerId(), meal.date(), meal.period());
        var price = Pricing.priceFen(meal, request.portions(), request.dishes().isEmpty() ? Map.of() : needs);
        var birthDate = Objects.requireNonNull(birthDates.get(request.dinerId()));
        var terms = Pricing.terms(meal, ledger.bands(), price, request.portions(), birthDate, subsidised.contains(use));
        var code = ledger.nextCode();
        ledger.take(request.portions(), needs);
        if (terms.subsidyFen() > 0) {
            subsidised.add(use);
        }
        return booking(meal, request, new Decided(BookingStatus.BOOKED, ledger.arrive(), code, terms, null));
    }

    private static Booking waitlisted(MealLedger ledger, BookingRequest request) {
        var position = ledger.joinWaitlist();
        return booking(
                ledger.meal(), request, new Decided(BookingStatus.WAITLISTED, ledger.arrive(), null, null, position));
    }

    private record Decided(
            BookingStatus status,
            long arrival,
            @Nullable String code,
            @Nullable Terms terms,
            @Nullable Integer waitlistPosition) {}

    private static Booking booking(Meal meal, BookingRequest request, Decided decided) {
        return new Booking(
                Ids.next(),
                meal.id(),
                meal.canteenId(),
                meal.date(),
                meal.period(),
                request.dinerId(),
                request.bookedById(),
                decided.status(),
                request.mode(),
                request.portions(),
                bookedDishes(meal, request.dishes()),
                decided.arrival(),
                request.mode() == Mode.DELIVERY ? request.deliveryAddress() : null,
                decided.code(),
                decided.terms(),
                decided.waitlistPosition(),
                request.now(),
                null,
                null,
                null,
                null);
    }

    private static List<Booking.BookedDish> bookedDishes(Meal meal, List<DishPortions> chosen) {
        var names = meal.dishes().stream().collect(Collectors.toMap(Dish::id, Dish::name));
        return chosen.stream()
                .map(each -> new Booking.BookedDish(
                        each.dishId(), Objects.requireNonNull(names.get(each.dishId())), each.portions()))
                .toList();
    }
}

package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.huying.identity.People;
import org.huying.notify.Notice;

/**
 * Gives freed places to those who wait: to the first that fits, in order of arrival, and tells them. To be called in the
 * transaction that freed them, with the meal locked.
 */
final class Promoter {
    private static final int PAGE = 100;

    private record Scope(SqlConnection transaction, UUID districtId, Instant now) {}

    private record Picked(LedgerStore.Waiting waiting, Map<UUID, Integer> chosen) {}

    private final People people;
    private final LedgerStore ledgerStore;
    private final BookingStore bookingStore;
    private final Codes codes;
    private final BookingNotices notices;

    Promoter(People people, LedgerStore ledgerStore, BookingStore bookingStore, Codes codes, BookingNotices notices) {
        this.people = people;
        this.ledgerStore = ledgerStore;
        this.bookingStore = bookingStore;
        this.codes = codes;
        this.notices = notices;
    }

    Future<Void> promote(SqlConnection transaction, UUID districtId, UUID mealId, Instant now) {
        return promote(new Scope(transaction, districtId, now), mealId);
    }

    private Future<Void> promote(Scope scope, UUID mealId) {
        return ledgerStore.lock(scope.transaction(), scope.districtId(), mealId).compose(meal -> {
            if (meal.status() != MealStatus.PUBLISHED || !scope.now().isBefore(meal.cutoffAt())) {
                return Future.succeededFuture();
            }
            var ledger = new MealLedger(meal, List.of(), List.of());
            return pick(scope, ledger, 0, new ArrayList<>())
                    .compose(picked -> picked.isEmpty() ? Future.succeededFuture() : book(scope, ledger, picked));
        });
    }

    /** Goes through those who wait until there is no more room, or nobody is left to ask. */
    private Future<List<Picked>> pick(Scope scope, MealLedger ledger, long after, List<Picked> picked) {
        var meal = ledger.meal();
        int room = meal.capacity() - ledger.taken();
        if (room == 0 || ledger.waiting() == 0) {
            return Future.succeededFuture(picked);
        }
        return ledgerStore
                .waiting(scope.transaction(), scope.districtId(), meal.id(), after, room, PAGE)
                .compose(page -> chosenBy(scope, page).compose(chosen -> {
                    page.forEach(waiting -> pickIfFits(ledger, waiting, chosen, picked));
                    return page.size() < PAGE
                            ? Future.succeededFuture(picked)
                            : pick(scope, ledger, page.get(PAGE - 1).arrival(), picked);
                }));
    }

    private Future<Map<UUID, List<DishPortions>>> chosenBy(Scope scope, List<LedgerStore.Waiting> page) {
        var ids = page.stream().map(LedgerStore.Waiting::id).toList();
        return bookingStore.chosenDishes(scope.transaction(), scope.districtId(), ids);
    }

    private static void pickIfFits(
            MealLedger ledger, LedgerStore.Waiting waiting, Map<UUID, List<DishPortions>> chosen, List<Picked> picked) {
        var dishes = chosen.getOrDefault(waiting.id(), List.of());
        var needs = ledger.needs(waiting.portions(), dishes);
        if (ledger.fit(waiting.portions(), needs) == MealLedger.Fit.FITS) {
            ledger.take(waiting.portions(), needs);
            ledger.leaveWaitlist();
            picked.add(new Picked(waiting, dishes.isEmpty() ? Map.of() : needs));
        }
    }

    private Future<Void> book(Scope scope, MealLedger ledger, List<Picked> picked) {
        var transaction = scope.transaction();
        var districtId = scope.districtId();
        var mealId = ledger.meal().id();
        var diners = picked.stream().map(each -> each.waiting().dinerId()).toList();
        var seats = diners.stream()
                .map(diner -> new LedgerStore.Seat(mealId, diner))
                .toList();
        var bands = ledgerStore.bands(transaction, districtId, List.of(mealId));
        var taken = ledgerStore.taken(transaction, districtId, seats);
        var birthDates = people.holdVerifiedBirthDates(transaction, districtId, diners);
        var freeCodes = ledgerStore.freeCodes(transaction, districtId, Map.of(mealId, codes.candidates(picked.size())));
        return Future.all(bands, taken, birthDates, freeCodes)
                .map(all -> {
                    var itsBands = bands.result().getOrDefault(mealId, List.of());
                    var itsCodes = Objects.requireNonNull(freeCodes.result().get(mealId));
                    var priced = new MealLedger(ledger.meal(), itsBands, itsCodes);
                    return promoted(priced, picked, birthDates.result(), taken.result());
                })
                .compose(promoted -> Future.all(
                        ledgerStore.promote(transaction, districtId, promoted, scope.now()),
                        ledgerStore.save(transaction, districtId, List.of(ledger))))
                .compose(done -> notices.tell(
                        transaction,
                        districtId,
                        Notice.Kind.BOOKING_PROMOTED,
                        picked.stream().map(each -> each.waiting().id()).toList(),
                        null,
                        scope.now()));
    }

    private static List<LedgerStore.Promoted> promoted(
            MealLedger ledger,
            List<Picked> picked,
            Map<UUID, Optional<LocalDate>> birthDates,
            LedgerStore.Taken taken) {
        return picked.stream()
                .map(each -> {
                    var birthDate = birthDates.getOrDefault(each.waiting().dinerId(), Optional.empty());
                    var terms = terms(ledger, each, birthDate, taken.subsidised());
                    return new LedgerStore.Promoted(each.waiting().id(), ledger.nextCode(), terms);
                })
                .toList();
    }

    private static Terms terms(
            MealLedger ledger, Picked picked, Optional<LocalDate> birthDate, Set<LedgerStore.SubsidyUse> subsidised) {
        var meal = ledger.meal();
        var portions = picked.waiting().portions();
        var use = new LedgerStore.SubsidyUse(picked.waiting().dinerId(), meal.date(), meal.period());
        return Pricing.terms(
                meal,
                ledger.bands(),
                Pricing.priceFen(meal, portions, picked.chosen()),
                portions,
                birthDate,
                subsidised.contains(use));
    }
}

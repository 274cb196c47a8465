package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.job.Jobs;
import org.huying.identity.People;

/**
 * Domain.md 2, care signal: a diner of 70 or over who missed two meals in a row is to be visited, once for each streak.
 * To be called when a meal has closed, and again when one of its no-shows was corrected, which may make it count.
 */
final class Absences {
    static final String SIGNAL = "care_signal";
    static final String CANTEEN_PLACE = "canteenPlaceId";

    private static final int FROM_AGE = 70;

    private final People people;
    private final AbsenceStore store;
    private final MealStore meals;

    Absences(People people, AbsenceStore store, MealStore meals) {
        this.people = people;
        this.store = store;
        this.meals = meals;
    }

    Future<Void> signal(SqlConnection transaction, UUID districtId, Meal meal, Instant now) {
        return store.missing(transaction, districtId, meal.id())
                .compose(missing -> elders(transaction, districtId, missing, meal.date()))
                .compose(elders -> elders.isEmpty()
                        ? Future.succeededFuture()
                        : signal(transaction, districtId, meal, elders, now));
    }

    private Future<List<AbsenceStore.Missed>> elders(
            SqlConnection transaction, UUID districtId, List<AbsenceStore.Missed> missing, LocalDate date) {
        var diners = missing.stream().map(AbsenceStore.Missed::dinerId).toList();
        return diners.isEmpty()
                ? Future.succeededFuture(List.of())
                : people.birthDates(transaction, districtId, diners)
                        .map(birthDates -> missing.stream()
                                .filter(each -> isElder(birthDates, each.dinerId(), date))
                                .toList());
    }

    private static boolean isElder(Map<UUID, Optional<LocalDate>> birthDates, UUID dinerId, LocalDate date) {
        return birthDates
                .getOrDefault(dinerId, Optional.empty())
                .filter(birthDate -> ChronoUnit.YEARS.between(birthDate, date) >= FROM_AGE)
                .isPresent();
    }

    /** The diners are locked, so that of two meals that close at once the later sees what the earlier did. */
    private Future<Void> signal(
            SqlConnection transaction, UUID districtId, Meal meal, List<AbsenceStore.Missed> elders, Instant now) {
        var diners = elders.stream().map(AbsenceStore.Missed::dinerId).toList();
        return store.lockDiners(transaction, districtId, diners)
                .compose(locked -> store.unsignalled(transaction, districtId, elders))
                .compose(calling -> calling.isEmpty()
                        ? Future.succeededFuture()
                        : call(transaction, districtId, meal, calling, now));
    }

    private Future<Void> call(
            SqlConnection transaction, UUID districtId, Meal meal, List<AbsenceStore.Missed> calling, Instant now) {
        return store.insert(transaction, districtId, calling, now)
                .compose(done -> meals.canteen(transaction, districtId, meal.canteenId()))
                .map(found -> found.map(Canteen::placeId).orElseThrow())
                .compose(placeId -> Jobs.leave(
                        transaction,
                        districtId,
                        calling.stream()
                                .map(each -> new Jobs.NewJob(SIGNAL, each.dinerId(), facts(placeId), now))
                                .toList()));
    }

    private static JsonObject facts(UUID canteenPlaceId) {
        return new JsonObject().put(CANTEEN_PLACE, canteenPlaceId.toString());
    }
}

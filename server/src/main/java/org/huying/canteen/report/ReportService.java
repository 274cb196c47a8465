package org.huying.canteen.report;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.UUID;
import org.huying.canteen.Canteen;
import org.huying.canteen.Canteens;
import org.huying.canteen.MealView;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.place.Places;

/** Who may see which paper, and what stands in it. */
final class ReportService {
    private final Canteens canteens;
    private final Places places;
    private final People people;
    private final ReportStore reports;

    ReportService(Canteens canteens, Places places, People people, ReportStore reports) {
        this.canteens = canteens;
        this.places = places;
        this.people = people;
        this.reports = reports;
    }

    /** For operators of the canteen. */
    Future<KitchenSheet> kitchenSheet(SqlClient client, Caller caller, UUID mealId) {
        return canteens.operatedMeal(client, caller, mealId)
                .compose(meal -> canteens.canteen(client, caller.districtId(), meal.canteenId())
                        .compose(canteen -> kitchenSheet(client, caller, canteen, meal)));
    }

    private Future<KitchenSheet> kitchenSheet(SqlClient client, Caller caller, Canteen canteen, MealView meal) {
        return reports.kitchenBookings(client, caller.districtId(), meal.id()).compose(bookings -> {
            var diners =
                    bookings.stream().map(KitchenBooking::dinerId).distinct().toList();
            return people.names(client, caller.districtId(), diners)
                    .map(names -> KitchenSheet.of(canteen.name(), meal, bookings, names));
        });
    }

    Future<ZoneId> zone(SqlClient client, Caller caller) {
        return places.zone(client, caller.districtId());
    }

    /** For operators of the canteen, and those who supervise its place. */
    Future<Settlement> settlement(SqlClient client, Caller caller, UUID canteenId, YearMonth month, Instant now) {
        return canteens.canteen(client, caller.districtId(), canteenId)
                .compose(canteen -> requireAccountable(client, caller, canteen)
                        .compose(may -> settlement(client, caller, canteen, month, now)));
    }

    /** The meals are looked at first: once nothing of them can change, the sums read after them cannot either. */
    private Future<Settlement> settlement(
            SqlClient client, Caller caller, Canteen canteen, YearMonth month, Instant now) {
        var districtId = caller.districtId();
        return places.zone(client, districtId)
                .compose(zone -> reports.monthMeals(client, districtId, canteen.id(), month)
                        .map(meals -> meals.areFinal(month, zone, now))
                        .compose(isFinal -> reports.settlementLines(client, districtId, canteen.id(), month)
                                .map(lines -> Settlement.of(canteen, month, isFinal, lines))));
    }

    private Future<Void> requireAccountable(SqlClient client, Caller caller, Canteen canteen) {
        if (caller.holds(Role.CANTEEN_OPERATOR, canteen.id())) {
            return Future.succeededFuture();
        }
        return places.get(client, caller.districtId(), canteen.placeId())
                .compose(place -> caller.covers(Role.SUPERVISOR, place.path())
                        ? Future.succeededFuture()
                        : Future.failedFuture(Refusal.forbidden()));
    }
}

package org.huying.demo.district;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The rows of canteens with their rules and subsidies, and of their meals. */
final class CanteenRows {
    /** The bounds of the ages that are subsidised; nobody below the first. */
    private static final int[] FROM_AGES = {60, 76, 90};

    private final DemoData data;
    private final DemoData.District district;
    private final DemoIds ids;

    CanteenRows(DemoData data, DemoData.District district) {
        this.data = data;
        this.district = district;
        this.ids = district.ids();
    }

    /** @param policyFrom the day on which the subsidies begin */
    List<Batch> canteens(LocalDate policyFrom) {
        var canteens = new ArrayList<Tuple>();
        var periods = new ArrayList<Tuple>();
        var subsidies = new ArrayList<Tuple>();
        for (var canteen : district.canteens()) {
            canteens.add(Tuple.of(
                    ids.districtId(),
                    ids.canteen(canteen.key()),
                    ids.place(canteen.place()),
                    canteen.name(),
                    canteen.address(),
                    canteen.delivery()));
            data.periods().stream()
                    .filter(p -> canteen.periods().contains(p.period()))
                    .forEach(p -> periods.add(period(canteen, p)));
            for (int band = 0; band < FROM_AGES.length; band++) {
                subsidies.add(subsidy(canteen, band, policyFrom));
            }
        }
        return List.of(
                new Batch(StructureSql.INSERT_CANTEEN, canteens),
                new Batch(StructureSql.INSERT_PERIOD, periods),
                new Batch(StructureSql.INSERT_SUBSIDY, subsidies));
    }

    /**
     * Published meals of all canteens from the first day to the last, made a week before or, where that is still to come,
     * now; those that are there already stay as they are.
     */
    Batch meals(LocalDate first, LocalDate last, Instant now, List<String> periods) {
        var meals = new JsonArray();
        var dishes = new JsonArray();
        for (var date = first; !date.isAfter(last); date = date.plusDays(1)) {
            var weekBefore = date.minusDays(7).atStartOfDay(DemoStructure.ZONE).toInstant();
            var publishedAt = weekBefore.isBefore(now) ? weekBefore : now;
            for (var canteen : district.canteens()) {
                for (var period :
                        canteen.periods().stream().filter(periods::contains).toList()) {
                    meals.add(meal(canteen, date, period, publishedAt));
                    dishes(canteen, date, period).forEach(dishes::add);
                }
            }
        }
        return new Batch(StructureSql.INSERT_MEALS, List.of(Tuple.of(ids.districtId(), meals, dishes)));
    }

    private Tuple period(DemoData.CanteenLine canteen, DemoData.PeriodLine period) {
        return Tuple.of(
                ids.districtId(),
                ids.canteen(canteen.key()),
                period.period(),
                period.cutoffDaysBefore(),
                LocalTime.parse(period.cutoffAt()),
                LocalTime.parse(period.servingEndsAt()));
    }

    private Tuple subsidy(DemoData.CanteenLine canteen, int band, LocalDate from) {
        return Tuple.of(
                ids.districtId(),
                ids.canteen(canteen.key()),
                from,
                FROM_AGES[band],
                band + 1 < FROM_AGES.length ? FROM_AGES[band + 1] - 1 : null,
                canteen.subsidyFen().get(band));
    }

    private JsonObject meal(DemoData.CanteenLine canteen, LocalDate date, String period, Instant publishedAt) {
        return new JsonObject()
                .put("id", ids.meal(canteen.key(), date, period).toString())
                .put("canteen_id", ids.canteen(canteen.key()).toString())
                .put("date", date.toString())
                .put("period", period)
                .put("capacity", canteen.capacity().get(period))
                .put("price_fen", canteen.setPriceFen().get(period))
                .put("published_at", publishedAt.toString());
    }

    private List<JsonObject> dishes(DemoData.CanteenLine canteen, LocalDate date, String period) {
        var courses = Objects.requireNonNull(data.courses().get(period), period);
        var rows = new ArrayList<JsonObject>();
        for (int position = 0; position < courses.size(); position++) {
            var choice = courses.get(position);
            // Canteens begin at different dishes, so that not everybody has the same on a day.
            int turn = Math.floorMod(date.toEpochDay() + canteen.key().hashCode() + position, choice.size());
            var dish = choice.get(turn);
            rows.add(new JsonObject()
                    .put("id", ids.dish(canteen.key(), date, period, position).toString())
                    .put("meal_id", ids.meal(canteen.key(), date, period).toString())
                    .put("position", position)
                    .put("name", dish.name())
                    .put("price_fen", dish.priceFen())
                    .put("quota", dish.quota())
                    .put("tags", new JsonArray(dish.tags()))
                    .put("allergens", new JsonArray(dish.allergens())));
        }
        return rows;
    }
}

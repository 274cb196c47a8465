package org.huying.demo.district;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.canteen.BookingRequest;
import org.huying.canteen.Canteens;
import org.huying.canteen.DishPortions;
import org.huying.canteen.Mode;
import org.huying.db.Database;
import org.huying.demo.district.Visit.Outcome;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;

/**
 * Plays the bookings of the past through the funnel and the counter. Each day of a canteen is a transaction of its own;
 * what was played stays, and playing again goes on with the meals that are not closed yet.
 */
final class BookingHistory {
    /** Meals of days before the load that nobody has closed. */
    private static final String UNPLAYED = """
            SELECT id FROM meal WHERE district_id = $1 AND status = 'published' AND date < $2
            """;

    private static final String BOOKED = """
            SELECT id, meal_id, diner_id FROM booking WHERE district_id = $1 AND date < $2 AND status = 'booked'
            """;

    /** A diner at a meal. */
    private record Seat(UUID mealId, UUID dinerId) {}

    private static final DemoIds IDS = DemoStructure.here();

    private final Database database;
    private final Canteens canteens;
    private final DemoData data;
    private final Cast cast;
    private final LocalDate today;
    private final List<Visit> visits;

    BookingHistory(Database database, Canteens canteens, DemoData data, LocalDate today) {
        this.database = database;
        this.canteens = canteens;
        this.data = data;
        this.cast = new Cast(data.district("demo"));
        this.today = today;
        this.visits = VisitPlan.before(today);
    }

    /** Returns how many bookings there were to play. */
    Future<Integer> play() {
        return unplayedMeals().compose(meals -> {
            var unplayed =
                    visits.stream().filter(v -> meals.contains(mealOf(v))).toList();
            return book(unplayed)
                    .compose(done -> bookings())
                    .compose(bookings -> Future.all(Stream.of(1, 2, 3, 4)
                            .map(canteen -> serve(canteen, meals, unplayed, bookings))
                            .toList()))
                    .map(done -> unplayed.size());
        });
    }

    private Future<Set<UUID>> unplayedMeals() {
        return database.read(client -> client.preparedQuery(UNPLAYED).execute(Tuple.of(IDS.districtId(), today)))
                .map(rows -> {
                    var meals = new HashSet<UUID>();
                    rows.forEach(row -> meals.add(row.getUUID("id")));
                    return meals;
                });
    }

    private Future<Map<Seat, UUID>> bookings() {
        return database.read(client -> client.preparedQuery(BOOKED).execute(Tuple.of(IDS.districtId(), today)))
                .map(rows -> {
                    var bookings = new HashMap<Seat, UUID>();
                    rows.forEach(row ->
                            bookings.put(new Seat(row.getUUID("meal_id"), row.getUUID("diner_id")), row.getUUID("id")));
                    return bookings;
                });
    }

    private Future<Void> book(List<Visit> unplayed) {
        return unplayed.isEmpty()
                ? Future.succeededFuture()
                : Future.all(unplayed.stream().map(this::book).toList()).mapEmpty();
    }

    /** What was booked before the loading was broken off is as good. */
    private Future<?> book(Visit visit) {
        return canteens.book(request(visit))
                .recover(refused ->
                        refused instanceof Refusal refusal && refusal.code().equals("already_booked")
                                ? Future.succeededFuture()
                                : Future.failedFuture(refused));
    }

    private BookingRequest request(Visit visit) {
        var diner = cast.resident(visit.diner()).personId();
        var staff = visit.bookedBy() == null ? null : cast.staff(visit.bookedBy());
        var operated = staff == null ? List.<UUID>of() : staff.scopesOf(Role.CANTEEN_OPERATOR);
        boolean isDelivery = visit.mode().equals("delivery");
        return new BookingRequest(
                IDS.districtId(),
                mealOf(visit),
                diner,
                staff == null ? diner : staff.personId(),
                operated.isEmpty(),
                Set.copyOf(operated),
                Mode.of(visit.mode()),
                visit.portions(),
                visit.isLight() ? List.of(dish(visit, 0), dish(visit, 1)) : List.of(),
                isDelivery ? address(visit.diner()) : null,
                false,
                instant(visit.bookedOn(), visit.bookedAt()),
                null,
                null);
    }

    private static DishPortions dish(Visit visit, int position) {
        return new DishPortions(IDS.dish(visit.canteen(), visit.date(), visit.period(), position), visit.portions());
    }

    /** Day by day, so that a canteen's transactions follow one another. */
    private Future<Void> serve(int canteen, Set<UUID> meals, List<Visit> unplayed, Map<Seat, UUID> bookings) {
        var byMeal = unplayed.stream().collect(Collectors.groupingBy(BookingHistory::mealOf));
        Future<Void> done = Future.succeededFuture();
        for (var date = today.minusDays(HistoryPlan.DAYS); date.isBefore(today); date = date.plusDays(1)) {
            var day = date;
            var open = data.periods().stream()
                    .filter(period -> meals.contains(IDS.meal(canteen, day, period.period())))
                    .toList();
            if (!open.isEmpty()) {
                done = done.compose(before -> database.inTransaction(
                        tx -> inOrder(open, period -> serve(tx, canteen, day, period, byMeal, bookings))));
            }
        }
        return done;
    }

    private Future<Void> serve(
            SqlConnection transaction,
            int canteen,
            LocalDate day,
            DemoData.PeriodLine period,
            Map<UUID, List<Visit>> byMeal,
            Map<Seat, UUID> bookings) {
        var meal = IDS.meal(canteen, day, period.period());
        var arrivals = byMeal.getOrDefault(meal, List.of()).stream()
                .filter(visit -> visit.outcome() == Outcome.SERVED)
                .map(visit -> canteens.checkIn(
                        transaction,
                        IDS.districtId(),
                        meal,
                        List.of(booking(visit, bookings)),
                        instant(day, visit.arrivesAt())))
                .toList();
        var served = arrivals.isEmpty() ? Future.succeededFuture() : Future.all(arrivals);
        return served.compose(all -> canteens.close(
                transaction, IDS.districtId(), meal, instant(day, LocalTime.parse(period.servingEndsAt()))));
    }

    private UUID booking(Visit visit, Map<Seat, UUID> bookings) {
        var seat = new Seat(mealOf(visit), cast.resident(visit.diner()).personId());
        return Objects.requireNonNull(bookings.get(seat), visit.toString());
    }

    private String address(String diner) {
        int number = Integer.parseInt(diner.substring(diner.indexOf('-') + 1));
        boolean isElder = diner.startsWith("elder");
        return isElder ? PlaceRows.address(number - 1) : PlaceRows.address((number - 1) / 6);
    }

    private static UUID mealOf(Visit visit) {
        return IDS.meal(visit.canteen(), visit.date(), visit.period());
    }

    private static Instant instant(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(DemoStructure.ZONE).toInstant();
    }

    private static <T> Future<Void> inOrder(List<T> items, Function<T, Future<Void>> work) {
        Future<Void> done = Future.succeededFuture();
        for (var item : items) {
            done = done.compose(before -> work.apply(item));
        }
        return done;
    }
}

package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.canteen.CanteenWorld.AFTER;
import static org.huying.canteen.CanteenWorld.BEFORE;
import static org.huying.canteen.CanteenWorld.LUNCHTIME;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.huying.canteen.CanteenModel.BookingState;
import org.huying.canteen.CanteenModel.MealState;
import org.huying.http.Idempotency;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/** What people do with meals and bookings, at one of several nodes, and what the model says to it. */
final class CanteenActs {
    /** Something that somebody does; answers a status or a code. */
    record Act(String what, Supplier<Future<String>> work, Supplier<String> said) {
        Future<String> run() {
            return work.get()
                    .recover(failure -> failure instanceof Refusal refusal
                            ? Future.succeededFuture(refusal.code())
                            : Future.failedFuture(failure));
        }

        String expected() {
            return said.get();
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private final CanteenWorld world;
    private final Map<UUID, Caller> operators = new HashMap<>();
    private final List<CanteenWorld.Node> nodes;

    CanteenActs(CanteenWorld world, List<CanteenWorld.Node> nodes) {
        this.world = world;
        this.nodes = List.copyOf(nodes);
    }

    Act any(Random random, CanteenModel model) {
        var meal = model.meals.get(random.nextInt(model.meals.size()));
        var node = nodes.get(random.nextInt(nodes.size()));
        int dice = random.nextInt(100);
        if (dice < 48 || meal.bookings.isEmpty()) {
            return book(random, model, meal, node);
        }
        var booking = meal.bookings.get(random.nextInt(meal.bookings.size()));
        if (dice < 92) {
            return ofBooking(dice, model, booking, node);
        }
        return ofMeal(random, dice, model, meal, node);
    }

    private Act book(Random random, CanteenModel model, MealState meal, CanteenWorld.Node node) {
        var diners = model.ages.keySet().stream().sorted().toList();
        var chosen = new LinkedHashMap<Integer, Integer>();
        if (random.nextBoolean()) {
            IntStream.range(0, meal.dishes.size())
                    .filter(dish -> random.nextBoolean())
                    .forEach(dish -> chosen.put(dish, 1 + random.nextInt(2)));
        }
        var asked = new BookingState(meal, diners.get(random.nextInt(diners.size())), 1 + random.nextInt(3), chosen);
        boolean joinWaitlist = random.nextInt(3) > 0;
        var retriedAt = random.nextInt(4) == 0 ? nodes.get(random.nextInt(nodes.size())) : null;
        return new Act(
                "book " + meal.id + " " + asked.diner + " x" + asked.portions,
                () -> book(asked, joinWaitlist, node, retriedAt),
                () -> model.book(asked, joinWaitlist));
    }

    /** Where the answer is lost, the same is asked again under the same key, and the first answer comes again. */
    private Future<String> book(
            BookingState asked, boolean joinWaitlist, CanteenWorld.Node node, CanteenWorld.@Nullable Node retriedAt) {
        var dishes = asked.chosen.entrySet().stream()
                .map(e -> new DishPortions(asked.meal.dishes.get(e.getKey()), e.getValue()))
                .toList();
        var order = new BookingOrder(asked.meal.id, null, Mode.PICKUP, asked.portions, dishes, null, joinWaitlist);
        var caller = world.asResident(asked.diner);
        var key = new Idempotency.Key(
                world.district, asked.diner, "createBooking", Ids.next().toString());
        var claim = retriedAt == null ? null : new Idempotency.Claim(key, Buffer.buffer("same"));
        return node.bookings().book(caller, order, claim, BEFORE).compose(answer -> {
            var made = ((FunnelAnswer.Made) answer).booking();
            asked.id = made.id();
            return retriedAt == null
                    ? Future.succeededFuture(made.status().code())
                    : retriedAt
                            .bookings()
                            .book(caller, order, claim, BEFORE)
                            .map(again -> sameId(made.id(), again))
                            .map(made.status().code());
        });
    }

    private static UUID sameId(UUID first, FunnelAnswer again) {
        var body = ((FunnelAnswer.Replayed) again).answer().body().toJsonObject();
        assertThat(body.getString("id")).isEqualTo(first.toString());
        return first;
    }

    private Act ofBooking(int dice, CanteenModel model, BookingState booking, CanteenWorld.Node node) {
        var id = Objects.requireNonNull(booking.id);
        var operator = operator(booking.meal);
        var meal = booking.meal.id;
        if (dice < 75) {
            var diner = world.asResident(booking.diner);
            return act(
                    "cancel " + id,
                    node,
                    t -> node.bookings().cancel(t, diner, id, null, BEFORE),
                    () -> model.cancel(booking));
        } else if (dice < 81) {
            return act(
                    "confirm " + id,
                    node,
                    t -> node.counter().confirm(t, operator, id, BEFORE),
                    () -> model.confirm(booking));
        } else if (dice < 87) {
            return act(
                    "check-in " + id,
                    node,
                    t -> node.counter().checkIn(t, operator, meal, null, id, LUNCHTIME),
                    () -> model.checkIn(booking));
        }
        return act(
                "correct " + id,
                node,
                t -> node.counter().correct(t, operator, id, AFTER),
                () -> model.correct(booking));
    }

    private Act ofMeal(Random random, int dice, CanteenModel model, MealState meal, CanteenWorld.Node node) {
        var operator = operator(meal);
        if (dice < 95) {
            int capacity = 1 + random.nextInt(12);
            var change = new MealChange(null, capacity, null, null, null, null, null);
            return new Act(
                    "capacity " + meal.id + " " + capacity,
                    () -> change(node, operator, meal, change),
                    () -> model.changeCapacity(meal, capacity));
        } else if (dice < 98) {
            int dish = random.nextInt(meal.dishes.size());
            var quota = random.nextInt(4) == 0 ? null : Integer.valueOf(random.nextInt(12));
            var change = new MealChange(null, null, null, null, null, null, dishes(meal, dish, quota));
            return new Act(
                    "quota " + meal.id + " " + dish + " " + quota,
                    () -> change(node, operator, meal, change),
                    () -> model.changeQuota(meal, dish, quota));
        } else if (dice < 99 || random.nextInt(3) > 0) {
            return new Act(
                    "cut-off " + meal.id,
                    () -> node.database()
                            .inTransaction(t -> node.canteens().expireIfDue(t, world.district, meal.id, LUNCHTIME))
                            .map("done"),
                    () -> model.expire(meal));
        }
        return new Act(
                "close " + meal.id,
                () -> node.database()
                        .inTransaction(t -> node.meals().close(t, operator, meal.id, null, AFTER))
                        .map(MealView::status),
                () -> model.close(meal));
    }

    private static Future<String> change(CanteenWorld.Node node, Caller operator, MealState meal, MealChange change) {
        return node.database()
                .inTransaction(t -> node.meals().change(t, operator, meal.id, change, BEFORE))
                .map(MealView::status);
    }

    private static List<MealChange.ChangedDish> dishes(MealState meal, int changed, @Nullable Integer quota) {
        var dishes = new ArrayList<MealChange.ChangedDish>();
        for (int i = 0; i < meal.dishes.size(); i++) {
            dishes.add(new MealChange.ChangedDish(
                    meal.dishes.get(i),
                    CanteenWorld.dish("菜" + i, meal.prices.get(i), i == changed ? quota : meal.quotas.get(i))));
        }
        return dishes;
    }

    private interface Work {
        Future<BookingView> in(SqlConnection transaction);
    }

    private static Act act(String what, CanteenWorld.Node node, Work work, Supplier<String> said) {
        return new Act(what, () -> node.database().inTransaction(work::in).map(BookingView::status), said);
    }

    private Caller operator(MealState meal) {
        return operators.computeIfAbsent(
                meal.canteen, canteen -> world.asStaff(Role.CANTEEN_OPERATOR, Grant.Scope.CANTEEN, canteen));
    }
}

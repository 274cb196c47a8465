package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.jspecify.annotations.Nullable;

/** Canteens and meals over HTTP. */
final class CanteenRoutes implements Operations.Binder {
    private final Database database;
    private final Clock clock;
    private final MealService meals;

    CanteenRoutes(Database database, Clock clock, MealService meals) {
        this.database = database;
        this.clock = clock;
        this.meals = meals;
    }

    @Override
    public void bind(Operations operations) {
        operations.query("listCanteens", Access.signedIn(), this::listCanteens);
        operations.query("listMeals", Access.signedIn(), this::listMeals);
        operations.command("createMeal", Access.signedIn(), this::createMeal);
        operations.command("changeMeal", Access.signedIn(), this::changeMeal);
        operations.command("copyWeek", Access.signedIn(), this::copyWeek);
        operations.command("publishMeal", Access.signedIn(), this::publishMeal);
        operations.command("closeMeal", Access.signedIn(), this::closeMeal);
        operations.command("cancelMeal", Access.signedIn(), this::cancelMeal);
    }

    private Future<Answer> listCanteens(Call call) {
        return database.read(client ->
                        meals.canteens(client, call.caller(), call.optionalId("placeId"), call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> listMeals(Call call) {
        return database.read(client -> meals.meals(
                        client,
                        call.caller(),
                        call.id("canteenId"),
                        call.date("from"),
                        call.date("to"),
                        call.cursor(),
                        call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> createMeal(Call call, SqlConnection transaction) {
        return meals.create(transaction, call.caller(), call.id("canteenId"), newMeal(call.body()), now())
                .map(Answer::created);
    }

    private Future<Answer> changeMeal(Call call, SqlConnection transaction) {
        return meals.change(transaction, call.caller(), call.id("mealId"), mealChange(call.body()), now())
                .map(Answer::ok);
    }

    private Future<Answer> copyWeek(Call call, SqlConnection transaction) {
        var toMonday = LocalDate.parse(call.body().getString("toMonday"));
        return meals.copyWeek(transaction, call.caller(), call.id("canteenId"), call.date("monday"), toMonday, now())
                .map(Answer::created);
    }

    private Future<Answer> publishMeal(Call call, SqlConnection transaction) {
        var seenVersion = call.body().getInteger("version");
        return meals.publish(transaction, call.caller(), call.id("mealId"), seenVersion, now())
                .map(Answer::ok);
    }

    private Future<Answer> closeMeal(Call call, SqlConnection transaction) {
        var seenVersion = call.body().getInteger("version");
        return meals.close(transaction, call.caller(), call.id("mealId"), seenVersion, now())
                .map(Answer::ok);
    }

    private Future<Answer> cancelMeal(Call call, SqlConnection transaction) {
        var reason = call.body().getString("reason");
        var seenVersion = call.body().getInteger("version");
        return meals.cancel(transaction, call.caller(), call.id("mealId"), seenVersion, reason, now())
                .map(Answer::ok);
    }

    private Instant now() {
        return clock.instant();
    }

    private static NewMeal newMeal(JsonObject body) {
        return new NewMeal(
                LocalDate.parse(body.getString("date")),
                Period.of(body.getString("period")),
                body.getInteger("capacity"),
                instant(body, "bookingOpensAt"),
                instant(body, "cutoffAt"),
                instant(body, "servingEndsAt"),
                body.getInteger("priceFen"),
                array(body, "dishes").stream()
                        .map(each -> newDish((JsonObject) each))
                        .toList(),
                Boolean.TRUE.equals(body.getBoolean("publish")));
    }

    private static MealChange mealChange(JsonObject body) {
        return new MealChange(
                body.getInteger("version"),
                body.getInteger("capacity"),
                instant(body, "bookingOpensAt"),
                instant(body, "cutoffAt"),
                instant(body, "servingEndsAt"),
                body.containsKey("priceFen") ? new MealChange.SetPrice(body.getInteger("priceFen")) : null,
                body.containsKey("dishes")
                        ? array(body, "dishes").stream()
                                .map(each -> changedDish((JsonObject) each))
                                .toList()
                        : null);
    }

    private static MealChange.ChangedDish changedDish(JsonObject dish) {
        var id = dish.getString("id");
        return new MealChange.ChangedDish(id == null ? null : UUID.fromString(id), newDish(dish));
    }

    private static NewMeal.NewDish newDish(JsonObject dish) {
        return new NewMeal.NewDish(
                dish.getString("name"),
                dish.getInteger("priceFen"),
                dish.getInteger("quota"),
                texts(dish, "tags"),
                texts(dish, "allergens"));
    }

    private static @Nullable Instant instant(JsonObject body, String name) {
        var text = body.getString(name);
        return text == null ? null : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static List<String> texts(JsonObject body, String name) {
        return array(body, name).stream().map(String.class::cast).toList();
    }

    private static JsonArray array(JsonObject body, String name) {
        return body.getJsonArray(name) == null ? new JsonArray() : body.getJsonArray(name);
    }
}

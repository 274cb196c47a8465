package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Who may see and do what with canteens and meals. A meal is everybody's to see, but its operators' only while a draft. */
final class MealService {
    private static final int MAX_RANGE_DAYS = 92;

    /** A week's copy as the contract shows it. */
    record CopiedWeek(List<MealView> items, List<WeekCopier.Skipped> skipped) {
        CopiedWeek {
            items = List.copyOf(items);
            skipped = List.copyOf(skipped);
        }
    }

    private final Places places;
    private final MealStore meals;
    private final MealLife life;
    private final MealEditor editor;
    private final WeekCopier copier;
    private final FieldCipher cipher;

    MealService(
            Places places, MealStore meals, MealLife life, MealEditor editor, WeekCopier copier, FieldCipher cipher) {
        this.places = places;
        this.meals = meals;
        this.life = life;
        this.editor = editor;
        this.copier = copier;
        this.cipher = cipher;
    }

    /** Of a place and all below it, or of the district. */
    Future<Page<CanteenView>> canteens(
            SqlClient client, Caller caller, @Nullable UUID placeId, @Nullable Cursor cursor, int limit) {
        Future<Optional<List<UUID>>> within = placeId == null
                ? Future.succeededFuture(Optional.empty())
                : places.below(client, caller.districtId(), placeId).map(Optional::of);
        return within.compose(placeIds -> meals.canteens(
                        client,
                        caller.districtId(),
                        placeIds.orElse(null),
                        cursor == null ? null : cursor.text(0),
                        cursor == null ? null : cursor.uuid(1),
                        limit + 1))
                .map(found -> Page.of(found, limit, c -> List.of(c.name(), c.id().toString()))
                        .map(CanteenView::of));
    }

    /** Both days included. */
    Future<Page<MealView>> meals(
            SqlClient client,
            Caller caller,
            UUID canteenId,
            LocalDate from,
            LocalDate to,
            @Nullable Cursor cursor,
            int limit) {
        return canteen(client, caller, canteenId)
                .compose(canteen -> {
                    requireRange(from, to);
                    return meals.meals(
                            client,
                            caller.districtId(),
                            canteenId,
                            from,
                            to,
                            isOperator(caller, canteenId),
                            cursor == null ? null : cursor.uuid(0),
                            limit + 1);
                })
                .map(found ->
                        Page.of(found, limit, m -> List.of(m.id().toString())).map(this::view));
    }

    Future<MealView> create(SqlConnection transaction, Caller caller, UUID canteenId, NewMeal asked, Instant now) {
        return canteen(transaction, caller, canteenId)
                .compose(canteen -> {
                    requireOperator(caller, canteenId);
                    return life.create(transaction, caller.districtId(), canteen, asked, now);
                })
                .map(this::view);
    }

    Future<MealView> change(SqlConnection transaction, Caller caller, UUID mealId, MealChange change, Instant now) {
        return operated(transaction, caller, mealId)
                .compose(meal -> editor.change(transaction, caller.districtId(), mealId, change, now))
                .map(this::view);
    }

    /** Drafts for another week; what stands there already stays. */
    Future<CopiedWeek> copyWeek(
            SqlConnection transaction,
            Caller caller,
            UUID canteenId,
            LocalDate monday,
            LocalDate toMonday,
            Instant now) {
        return canteen(transaction, caller, canteenId)
                .compose(canteen -> {
                    requireOperator(caller, canteenId);
                    return copier.copy(transaction, caller.districtId(), canteen, monday, toMonday, now);
                })
                .map(copied ->
                        new CopiedWeek(copied.drafts().stream().map(this::view).toList(), copied.skipped()));
    }

    Future<MealView> publish(
            SqlConnection transaction, Caller caller, UUID mealId, @Nullable Integer seenVersion, Instant now) {
        return operated(transaction, caller, mealId)
                .compose(meal ->
                        life.publish(transaction, caller.districtId(), new MealLife.Seen(mealId, seenVersion), now))
                .map(this::view);
    }

    Future<MealView> close(
            SqlConnection transaction, Caller caller, UUID mealId, @Nullable Integer seenVersion, Instant now) {
        return operated(transaction, caller, mealId)
                .compose(meal ->
                        life.close(transaction, caller.districtId(), new MealLife.Seen(mealId, seenVersion), now))
                .map(this::view);
    }

    Future<MealView> cancel(
            SqlConnection transaction,
            Caller caller,
            UUID mealId,
            @Nullable Integer seenVersion,
            String reason,
            Instant now) {
        var seen = new MealLife.Seen(mealId, seenVersion);
        return operated(transaction, caller, mealId)
                .compose(meal -> life.cancel(transaction, caller.districtId(), seen, caller.personId(), reason, now))
                .map(this::view);
    }

    /** The meal, if the caller runs its canteen; without its dishes, and not locked. */
    Future<Meal> operated(SqlClient client, Caller caller, UUID mealId) {
        return meals.meal(client, caller.districtId(), mealId).map(found -> {
            var meal = found.filter(m -> m.status() != MealStatus.DRAFT || isOperator(caller, m.canteenId()))
                    .orElseThrow(Refusal::notFound);
            requireOperator(caller, meal.canteenId());
            return meal;
        });
    }

    /** The same with its dishes, as it is shown. */
    Future<MealView> operatedView(SqlClient client, Caller caller, UUID mealId) {
        return operated(client, caller, mealId)
                .compose(meal -> meals.withDishes(client, caller.districtId(), List.of(meal)))
                .map(found -> view(found.get(0)));
    }

    private Future<Canteen> canteen(SqlClient client, Caller caller, UUID canteenId) {
        return meals.canteen(client, caller.districtId(), canteenId).map(found -> found.orElseThrow(Refusal::notFound));
    }

    private MealView view(Meal meal) {
        return MealView.of(meal, cipher.open(meal.cancelReasonSealed()));
    }

    private static boolean isOperator(Caller caller, UUID canteenId) {
        return caller.holds(Role.CANTEEN_OPERATOR, canteenId);
    }

    private static void requireOperator(Caller caller, UUID canteenId) {
        if (!isOperator(caller, canteenId)) {
            throw Refusal.forbidden();
        }
    }

    private static void requireRange(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw Faults.of("/query/to", "range_reversed");
        }
        if (from.plusDays(MAX_RANGE_DAYS).isBefore(to)) {
            throw Faults.of(new Fault("/query/to", "range_too_long", Integer.toString(MAX_RANGE_DAYS)));
        }
    }
}

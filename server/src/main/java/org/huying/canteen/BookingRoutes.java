package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Idempotency;
import org.huying.http.Operations;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.spelling.Typed;
import org.jspecify.annotations.Nullable;

/** Bookings over HTTP, from the diner's side and from behind the counter. */
final class BookingRoutes implements Operations.Binder {
    private final Database database;
    private final Clock clock;
    private final BookingService bookings;
    private final CounterService counter;
    private final QrCodes qrCodes;

    BookingRoutes(Database database, Clock clock, BookingService bookings, CounterService counter, QrCodes qrCodes) {
        this.database = database;
        this.clock = clock;
        this.bookings = bookings;
        this.counter = counter;
        this.qrCodes = qrCodes;
    }

    @Override
    public void bind(Operations operations) {
        var diners = Access.anyOf(Role.RESIDENT, Role.GRID_MEMBER, Role.CANTEEN_OPERATOR);
        operations.unmanaged("createBooking", diners, this::create);
        operations.query("listBookings", Access.signedIn(), this::list);
        operations.query("getBooking", Access.signedIn(), this::get);
        operations.query("getBookingQrCode", Access.signedIn(), this::qrCode);
        operations.command("cancelBooking", Access.signedIn(), this::cancel);
        operations.query("listMealBookings", Access.signedIn(), this::listOfMeal);
        operations.command("confirmMealBookings", Access.signedIn(), this::confirmAll);
        operations.command("confirmBooking", Access.signedIn(), this::confirm);
        operations.command("serveBooking", Access.signedIn(), this::serve);
        operations.command("checkIn", Access.signedIn(), this::checkIn);
    }

    private Future<Answer> create(Call call) {
        var key = call.idempotencyKey();
        var claim = key == null ? null : Idempotency.claimOf(call, key, call.requestHash());
        return bookings.book(call.caller(), order(call.body()), claim, now()).map(BookingRoutes::answer);
    }

    private Future<Answer> list(Call call) {
        var filter = new BookingStore.Filter(status(call), call.optionalDate("from"), call.optionalDate("to"));
        return database.read(client -> bookings.list(client, call.caller(), filter, call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> get(Call call) {
        return database.read(client -> bookings.get(client, call.caller(), call.id("bookingId")))
                .map(Answer::ok);
    }

    private Future<Answer> qrCode(Call call) {
        return database.read(client -> bookings.get(client, call.caller(), call.id("bookingId")))
                .map(booking -> Optional.ofNullable(booking.qrContent()).orElseThrow(Refusal::notFound))
                .compose(qrCodes::png)
                .map(png -> Answer.bytes("image/png", png));
    }

    private Future<Answer> cancel(Call call, SqlConnection transaction) {
        var reason = call.body().getString("reason");
        return bookings.cancel(transaction, call.caller(), call.id("bookingId"), reason, now())
                .map(Answer::ok);
    }

    private Future<Answer> listOfMeal(Call call) {
        return database.read(client -> counter.list(
                        client, call.caller(), call.id("mealId"), status(call), call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> confirmAll(Call call, SqlConnection transaction) {
        var seenDigest = call.body().getString("digest");
        return counter.confirmAll(transaction, call.caller(), call.id("mealId"), seenDigest, now())
                .map(confirmed -> Answer.ok(Map.of("confirmed", confirmed)));
    }

    private Future<Answer> confirm(Call call, SqlConnection transaction) {
        return counter.confirm(transaction, call.caller(), call.id("bookingId"), now())
                .map(Answer::ok);
    }

    private Future<Answer> serve(Call call, SqlConnection transaction) {
        return counter.correct(transaction, call.caller(), call.id("bookingId"), now())
                .map(Answer::ok);
    }

    private Future<Answer> checkIn(Call call, SqlConnection transaction) {
        var mealId = call.id("mealId");
        var read = call.body().getString("qrContent");
        var code = read == null ? code(call.body()) : QrContent.codeFor(mealId, read);
        var bookingId = uuid(call.body(), "bookingId");
        return counter.checkIn(transaction, call.caller(), mealId, code, bookingId, now())
                .map(Answer::ok);
    }

    private static @Nullable String code(JsonObject body) {
        var typed = body.getString("code");
        return typed == null ? null : Typed.code(typed);
    }

    private Instant now() {
        return clock.instant();
    }

    private static Answer answer(FunnelAnswer outcome) {
        if (outcome instanceof FunnelAnswer.Replayed replayed) {
            var first = replayed.answer();
            return new Answer(
                    first.status(),
                    first.body(),
                    Map.of("Content-Type", "application/json", "Idempotent-Replayed", "true"));
        }
        return Answer.created(BookingView.of(((FunnelAnswer.Made) outcome).booking()));
    }

    private static BookingOrder order(JsonObject body) {
        JsonArray dishes = body.getJsonArray("dishes");
        return new BookingOrder(
                UUID.fromString(body.getString("mealId")),
                uuid(body, "dinerId"),
                Mode.of(body.getString("mode")),
                body.getInteger("portions") == null ? 1 : body.getInteger("portions"),
                dishes == null
                        ? List.of()
                        : dishes.stream()
                                .map(each -> portions((JsonObject) each))
                                .toList(),
                body.getString("deliveryAddress"),
                Boolean.TRUE.equals(body.getBoolean("joinWaitlist")));
    }

    private static DishPortions portions(JsonObject dish) {
        return new DishPortions(UUID.fromString(dish.getString("dishId")), dish.getInteger("portions"));
    }

    private static @Nullable BookingStatus status(Call call) {
        var status = call.text("status");
        return status == null ? null : BookingStatus.of(status);
    }

    private static @Nullable UUID uuid(JsonObject body, String name) {
        var text = body.getString(name);
        return text == null ? null : UUID.fromString(text);
    }
}

package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.http.Cursor;
import org.huying.http.Idempotency.Claim;
import org.huying.http.Page;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.spelling.Shapes;
import org.huying.notify.Notice;
import org.jspecify.annotations.Nullable;

/** Booking, looking at bookings, cancelling. */
final class BookingService {
    private final Database database;
    private final People people;
    private final Sight sight;
    private final BookingFunnel funnel;
    private final BookingStore bookings;
    private final LedgerStore ledgers;
    private final Promoter promoter;
    private final BookingNotices notices;

    BookingService(
            Database database,
            People people,
            Sight sight,
            BookingFunnel funnel,
            BookingStore bookings,
            LedgerStore ledgers,
            Promoter promoter,
            BookingNotices notices) {
        this.database = database;
        this.people = people;
        this.sight = sight;
        this.funnel = funnel;
        this.bookings = bookings;
        this.ledgers = ledgers;
        this.promoter = promoter;
        this.notices = notices;
    }

    /** Booked or waitlisted, or the first answer to the same key. */
    Future<FunnelAnswer> book(Caller caller, BookingOrder order, @Nullable Claim claim, Instant now) {
        var dinerId = order.dinerId() != null || !caller.isResident() ? order.dinerId() : caller.personId();
        if (dinerId == null) {
            return Future.failedFuture(Faults.of("/dinerId", "diner_missing"));
        }
        var acts = dinerId.equals(caller.personId())
                ? Future.succeededFuture(true)
                : database.read(client -> sight.actsFor(client, caller, dinerId));
        return acts.compose(may -> funnel.submit(new BookingRequest(
                caller.districtId(),
                order.mealId(),
                dinerId,
                caller.personId(),
                may,
                Set.copyOf(caller.scopesOf(Role.CANTEEN_OPERATOR)),
                order.mode(),
                order.portions(),
                order.dishes(),
                order.deliveryAddress(),
                order.joinWaitlist(),
                now,
                claim,
                warrant(caller, dinerId))));
    }

    private static @Nullable Warrant warrant(Caller caller, UUID dinerId) {
        if (!caller.isResident()) {
            return new Warrant.OfRoles(caller.grants());
        }
        return dinerId.equals(caller.personId()) ? null : new Warrant.OfMandate();
    }

    /** The caller's own, those of whom they hold a mandate, and those they made. */
    Future<Page<BookingView>> list(
            SqlClient client, Caller caller, BookingStore.Filter filter, @Nullable Cursor cursor, int limit) {
        if (filter.from() != null && filter.to() != null && filter.to().isBefore(filter.from())) {
            return Future.failedFuture(Faults.of("/query/to", "range_reversed"));
        }
        return people.mandatorsOf(client, caller.districtId(), caller.personId(), People.MandateScope.BOOKING)
                .compose(mandators -> {
                    var diners = new ArrayList<>(mandators);
                    diners.add(caller.personId());
                    return people.selvesOf(client, caller.districtId(), diners);
                })
                .compose(diners -> bookings.ofPeople(
                        client,
                        caller.districtId(),
                        diners,
                        Sight.booksForOthers(caller) ? caller.personId() : null,
                        filter,
                        cursor == null ? null : cursor.uuid(0),
                        limit + 1))
                .compose(found -> named(client, caller, found, limit));
    }

    Future<BookingView> get(SqlClient client, Caller caller, UUID bookingId) {
        return existing(client, caller, bookingId)
                .compose(booking -> sight.of(client, caller, booking).compose(as -> named(client, caller, booking)));
    }

    /** By the diner's side until the cut-off, by the canteen with a reason; whoever waits and fits moves up. */
    Future<BookingView> cancel(
            SqlConnection transaction, Caller caller, UUID bookingId, @Nullable String reason, Instant now) {
        return existing(transaction, caller, bookingId)
                .compose(booking -> sight.of(transaction, caller, booking)
                        .map(BookingService::side)
                        .compose(side -> cancel(transaction, caller, booking, side, reason, now)))
                .compose(done -> existing(transaction, caller, bookingId))
                .compose(booking -> named(transaction, caller, booking));
    }

    private Future<Void> cancel(
            SqlConnection transaction,
            Caller caller,
            Booking seen,
            BookingStore.Side side,
            @Nullable String reason,
            Instant now) {
        var districtId = caller.districtId();
        var meal = ledgers.lock(transaction, districtId, seen.mealId());
        var current = meal.compose(locked -> existing(transaction, caller, seen.id()));
        return current.compose(booking -> {
                    requireCancellable(meal.result(), booking, side, reason, now);
                    return free(transaction, caller, meal.result(), booking);
                })
                .compose(freed ->
                        bookings.cancel(transaction, districtId, seen.id(), caller.personId(), side, reason, now))
                .compose(cancelled -> notices.tell(
                        transaction,
                        districtId,
                        side == BookingStore.Side.CANTEEN
                                ? Notice.Kind.BOOKING_CANCELLED
                                : Notice.Kind.BOOKING_WITHDRAWN,
                        List.of(seen.id()),
                        caller.personId(),
                        now))
                .compose(told -> promoter.promote(transaction, districtId, seen.mealId(), now));
    }

    private static BookingStore.Side side(Sight.As as) {
        return switch (as) {
            case CANTEEN -> BookingStore.Side.CANTEEN;
            case DINER -> BookingStore.Side.DINER;
            case BOOKER -> throw Refusal.forbidden();
        };
    }

    private static void requireCancellable(
            Meal meal, Booking booking, BookingStore.Side side, @Nullable String reason, Instant now) {
        BookingStatus.Action.CANCEL.after(booking.status());
        if (side == BookingStore.Side.DINER && !now.isBefore(meal.cutoffAt())) {
            throw Refusal.conflict("cutoff_passed");
        }
        if (side == BookingStore.Side.CANTEEN && (reason == null || Shapes.isBlank(reason))) {
            throw Faults.of("/reason", "reason_missing");
        }
    }

    private Future<Void> free(SqlConnection transaction, Caller caller, Meal meal, Booking booking) {
        var ledger = new MealLedger(meal, List.of(), List.of());
        ledger.giveUp(booking);
        return ledgers.save(transaction, caller.districtId(), List.of(ledger));
    }

    private Future<Booking> existing(SqlClient client, Caller caller, UUID bookingId) {
        return bookings.booking(client, caller.districtId(), bookingId)
                .map(found -> found.orElseThrow(Refusal::notFound));
    }

    private Future<BookingView> named(SqlClient client, Caller caller, Booking booking) {
        return people.names(client, caller.districtId(), booking.people().toList())
                .map(names -> BookingView.of(booking, names, caller));
    }

    private Future<Page<BookingView>> named(SqlClient client, Caller caller, List<Booking> found, int limit) {
        var page = Page.of(found, limit, b -> List.of(b.id().toString()));
        var concerned =
                page.items().stream().flatMap(Booking::people).distinct().toList();
        return people.names(client, caller.districtId(), concerned)
                .map(names -> page.map(b -> BookingView.of(b, names, caller)));
    }
}

package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.db.personal.OnePerson;
import org.huying.identity.People;
import org.huying.notify.Notice;
import org.huying.notify.Notices;

/** Gives the bookings of one entry of a person to the other one, under the locks of the meals that are still to be eaten. */
final class BookingMerge {
    private static final String REASON = "同一人有两份登记，已合并，保留先订的一份";

    private final People people;
    private final LedgerStore ledgers = new LedgerStore();
    private final BookingStore bookings;
    private final BookingNotices notices = new BookingNotices(new Notices());
    private final Promoter promoter;

    BookingMerge(FieldCipher cipher, People people) {
        this.people = people;
        bookings = new BookingStore(cipher);
        promoter = new Promoter(people, ledgers, bookings, new Codes(), notices);
    }

    /** In the order of their ids, as whoever changes bookings does. */
    Future<Void> hold(SqlConnection transaction, OnePerson one) {
        return both(transaction, one)
                .compose(held -> ledgers.lock(transaction, one.districtId(), standing(held)))
                .mapEmpty();
    }

    Future<Void> follow(SqlConnection transaction, OnePerson one) {
        return both(transaction, one)
                .compose(held -> ledgers.lock(transaction, one.districtId(), standing(held))
                        .compose(locked -> both(transaction, one))
                        .compose(again -> follow(transaction, one, again)));
    }

    private Future<Void> follow(SqlConnection transaction, OnePerson one, List<MergePlan.Held> held) {
        var plan = MergePlan.of(one.goneId(), held);
        var meals = held.stream()
                .filter(each -> plan.cancelled().contains(each.id()))
                .map(MergePlan.Held::mealId)
                .distinct()
                .sorted()
                .toList();
        Future<Void> done = Future.succeededFuture();
        for (var id : plan.cancelled()) {
            done = done.compose(before -> cancel(transaction, one, id));
        }
        done = done.compose(before -> dropSubsidies(transaction, one.districtId(), plan.unsubsidised()))
                .compose(before -> move(transaction, one, plan.left()));
        for (var each : held) {
            if (plan.subsidised().contains(each.id())) {
                done = done.compose(before -> subsidise(transaction, one, each));
            }
        }
        for (var meal : meals) {
            done = done.compose(before -> promoter.promote(transaction, one.districtId(), meal, one.now()));
        }
        return done.compose(before -> notices.tell(
                transaction,
                one.districtId(),
                Notice.Kind.BOOKING_CANCELLED,
                List.copyOf(plan.cancelled()),
                one.byId(),
                one.now()));
    }

    private Future<Void> cancel(SqlConnection transaction, OnePerson one, UUID bookingId) {
        var districtId = one.districtId();
        return bookings.booking(transaction, districtId, bookingId)
                .compose(found -> {
                    var booking = found.orElseThrow();
                    return ledgers.lock(transaction, districtId, booking.mealId())
                            .compose(meal -> {
                                var ledger = new MealLedger(meal, List.of(), List.of());
                                ledger.giveUp(booking);
                                return ledgers.save(transaction, districtId, List.of(ledger));
                            });
                })
                .compose(freed -> bookings.cancel(
                        transaction, districtId, bookingId, one.byId(), BookingStore.Side.CANTEEN, REASON, one.now()));
    }

    private static Future<Void> dropSubsidies(SqlClient client, UUID districtId, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture()
                : client.preparedQuery(MergeSql.DROP_SUBSIDIES)
                        .execute(Tuple.of(districtId, (Object) ids.toArray(UUID[]::new)))
                        .mapEmpty();
    }

    private static Future<Void> move(SqlClient client, OnePerson one, Collection<UUID> left) {
        var both = Tuple.of(one.districtId(), one.goneId(), one.staysId());
        return client.preparedQuery(MergeSql.MOVE)
                .execute(Tuple.of(one.districtId(), one.goneId(), one.staysId(), left.toArray(UUID[]::new)))
                .compose(done -> client.preparedQuery(MergeSql.MOVE_BOOKER).execute(both))
                .compose(done -> client.preparedQuery(MergeSql.MOVE_SIGNALS).execute(both))
                .mapEmpty();
    }

    /** By the birth date of the one that stays, under the policy of the meal's day. */
    private Future<Void> subsidise(SqlConnection transaction, OnePerson one, MergePlan.Held held) {
        var districtId = one.districtId();
        var meal = ledgers.lock(transaction, districtId, held.mealId());
        var bands = ledgers.bands(transaction, districtId, List.of(held.mealId()));
        var birthDates = people.holdVerifiedBirthDates(transaction, districtId, List.of(one.staysId()));
        return Future.all(meal, bands, birthDates).compose(all -> {
            Integer price = held.priceFen();
            var terms = Pricing.terms(
                    meal.result(),
                    bands.result().getOrDefault(held.mealId(), List.of()),
                    price == null ? 0 : price,
                    held.portions(),
                    birthDates.result().getOrDefault(one.staysId(), Optional.empty()),
                    false);
            var band = terms.band();
            return transaction
                    .preparedQuery(MergeSql.SUBSIDISE)
                    .execute(Tuple.of(
                            districtId,
                            held.id(),
                            terms.subsidyFen(),
                            band == null ? null : band.fromAge(),
                            band == null ? null : band.toAge()))
                    .mapEmpty();
        });
    }

    private static Future<List<MergePlan.Held>> both(SqlClient client, OnePerson one) {
        return client.preparedQuery(MergeSql.BOTH)
                .execute(Tuple.of(one.districtId(), (Object) new UUID[] {one.goneId(), one.staysId()}))
                .map(Rows.list(MergePlan.Held::from));
    }

    private static List<UUID> standing(List<MergePlan.Held> held) {
        return held.stream()
                .filter(MergePlan.Held::stands)
                .map(MergePlan.Held::mealId)
                .distinct()
                .sorted()
                .collect(Collectors.toCollection(ArrayList::new));
    }
}

package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.ActRows;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.http.Idempotency;
import org.huying.http.Operations;
import org.huying.identity.People;
import org.huying.identity.Wards;
import org.huying.kernel.ActFor;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.notify.Notices;
import org.huying.place.Places;

/**
 * The canteens of a district, one for each event loop. What is done here is done by the rules of domain.md section 2, at
 * the instant given, but without asking who does it: that is for the operations.
 */
public final class Canteens implements Operations.Binder {
    /** The kind of job that calls for a visit. */
    public static final String CARE_SIGNAL = Absences.SIGNAL;

    /** Who is to be visited, and the place of the canteen at which they were missed. */
    public record CareSignal(UUID dinerId, UUID canteenPlaceId) {
        public static CareSignal of(Job job) {
            return new CareSignal(job.subjectId(), UUID.fromString(job.payload().getString(Absences.CANTEEN_PLACE)));
        }
    }

    private final Places places;
    private final MealStore mealStore;
    private final BookingStore bookingStore;
    private final LedgerStore ledgerStore;
    private final MealLife mealLife;
    private final Deadlines deadlines;
    private final FunnelBatch batch;
    private final BookingFunnel funnel;
    private final MealService meals;
    private final BookingService bookings;
    private final CounterService counter;
    private final CanteenRoutes canteenRoutes;
    private final BookingRoutes bookingRoutes;

    /** @param ring of the funnels of all event loops of the node */
    public Canteens(
            Vertx vertx,
            Database database,
            FieldCipher cipher,
            Places places,
            People people,
            Idempotency idempotency,
            Notices notices,
            Clock clock,
            FunnelRing ring) {
        this.places = places;
        var codes = new Codes();
        ledgerStore = new LedgerStore();
        mealStore = new MealStore(cipher, ledgerStore);
        bookingStore = new BookingStore(cipher);
        var bookingNotices = new BookingNotices(notices);
        var absences = new Absences(people, new AbsenceStore(), mealStore);
        mealLife = new MealLife(places, mealStore, bookingStore, ledgerStore, absences, bookingNotices);
        deadlines = new Deadlines(clock, mealLife);
        batch = new FunnelBatch(database, people, idempotency, ledgerStore, new FunnelStore(cipher), codes);
        funnel = new BookingFunnel(vertx, batch, ring);
        var sight = new Sight(people, new Wards());
        var promoter = new Promoter(people, ledgerStore, bookingStore, codes, bookingNotices);
        meals = new MealService(
                places,
                mealStore,
                mealLife,
                new MealEditor(places, mealStore, ledgerStore, promoter),
                new WeekCopier(places, mealStore, mealLife),
                cipher);
        bookings = new BookingService(
                database, people, sight, funnel, bookingStore, ledgerStore, promoter, bookingNotices);
        counter = new CounterService(places, people, sight, meals, bookingStore, ledgerStore, absences);
        canteenRoutes = new CanteenRoutes(database, clock, meals);
        bookingRoutes = new BookingRoutes(database, clock, bookings, counter, new QrCodes(vertx));
    }

    /** Completes when what has been taken has its answer. */
    public Future<Void> close() {
        return funnel.close();
    }

    @Override
    public void bind(Operations operations) {
        canteenRoutes.bind(operations);
        bookingRoutes.bind(operations);
    }

    /** Forgets where meals of before a day were delivered to, and why they were cancelled. How many did. */
    public Future<Integer> expireDetails(SqlConnection transaction, UUID districtId, LocalDate before, int limit) {
        return bookingStore
                .forgetDetails(transaction, districtId, before, limit)
                .compose(bookings -> mealStore
                        .forgetReasons(transaction, districtId, before, limit)
                        .map(meals -> bookings + meals));
    }

    /** What this room does later. */
    public Map<String, JobHandler> jobs() {
        return deadlines.jobs();
    }

    /** Whether bookings are taken; not while too many wait. */
    public boolean isAccepting() {
        return funnel.isAccepting();
    }

    /** By id; those that do not exist are left out. */
    public Future<Map<UUID, String>> names(SqlClient client, UUID districtId, Collection<UUID> canteenIds) {
        return mealStore.canteenNames(client, districtId, canteenIds);
    }

    /** The canteen, or a refusal that says there is none. */
    public Future<Canteen> canteen(SqlClient client, UUID districtId, UUID canteenId) {
        return mealStore.canteen(client, districtId, canteenId).map(found -> found.orElseThrow(Refusal::notFound));
    }

    /** With its dishes, for an operator of its canteen: refuses others, and as if it were not there while a draft. */
    public Future<MealView> operatedMeal(SqlClient client, Caller caller, UUID mealId) {
        return meals.operatedView(client, caller, mealId);
    }

    /** What others did in a resident's name with bookings, the newest first. */
    public Future<List<ActFor>> actsFor(SqlClient client, ActFor.Query query) {
        return ActRows.read(client, DinerActSql.ACTS_FOR, query);
    }

    /** Returns the meal's id; to be booked, it must be committed. */
    public Future<UUID> createMeal(
            SqlConnection transaction, UUID districtId, UUID canteenId, NewMeal meal, Instant now) {
        return mealStore
                .canteen(transaction, districtId, canteenId)
                .map(found -> found.orElseThrow(Refusal::notFound))
                .compose(canteen -> mealLife.create(transaction, districtId, canteen, meal, now))
                .map(Meal::id);
    }

    /**
     * Takes its turn in the funnel, in a transaction of its own; many at once are quickest, up to some thousands. Returns
     * the booking's id, whether booked or waitlisted, and fails with the refusal.
     */
    public Future<UUID> book(BookingRequest request) {
        if (request.claim() != null) {
            throw new IllegalArgumentException("idempotency keys are for the operations");
        }
        return funnel.submit(request)
                .map(answer -> ((FunnelAnswer.Made) answer).booking().id());
    }

    /** Serves those of the bookings that are booked or confirmed, on the meal's day; returns how many. */
    public Future<Integer> checkIn(
            SqlConnection transaction, UUID districtId, UUID mealId, Collection<UUID> bookingIds, Instant now) {
        return ledgerStore
                .lock(transaction, districtId, mealId)
                .compose(meal -> places.zone(transaction, districtId).compose(zone -> {
                    CounterService.requireMealDay(meal.date(), zone, now);
                    return bookingStore.checkIn(transaction, districtId, mealId, bookingIds, now);
                }));
    }

    /** Who did not come becomes a no-show, who still waits expires. */
    public Future<Void> close(SqlConnection transaction, UUID districtId, UUID mealId, Instant now) {
        return mealLife.close(transaction, districtId, new MealLife.Seen(mealId, null), now)
                .mapEmpty();
    }

    /** The cut-off has come: who still waits expires. */
    Future<Void> expireIfDue(SqlConnection transaction, UUID districtId, UUID mealId, Instant now) {
        return mealLife.expireIfDue(transaction, districtId, mealId, now);
    }

    FunnelBatch batch() {
        return batch;
    }

    BookingFunnel funnel() {
        return funnel;
    }

    MealService meals() {
        return meals;
    }

    BookingService bookings() {
        return bookings;
    }

    CounterService counter() {
        return counter;
    }
}

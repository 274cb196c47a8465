package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.huying.db.Database;
import org.huying.http.Idempotency;
import org.huying.http.JsonText;
import org.huying.identity.People;
import org.huying.kernel.Refusal;

/**
 * Takes the requests of a batch through one transaction in two round trips: begin, lock, read; then, after deciding,
 * write and commit. Either all of its answers hold or the future fails and nothing happened.
 */
final class FunnelBatch {
    private static final int CREATED = 201;
    private static final long REACH_MILLIS = 300;

    /** Another transaction came between; the same batch may well pass now. */
    static final class Interfered extends RuntimeException {
        private Interfered(Throwable cause) {
            super("another transaction came between", cause);
        }
    }

    private record UnderLock(
            BookingDecision decision,
            Map<UUID, MealLedger> ledgers,
            Map<Idempotency.Claim, Idempotency.Outcome> claims,
            HeldWarrants warrants) {}

    private final Database database;
    private final People people;
    private final Idempotency idempotency;
    private final LedgerStore ledgerStore;
    private final FunnelStore funnelStore;
    private final Codes codes;
    private final FunnelPlans plans = new FunnelPlans();

    FunnelBatch(
            Database database,
            People people,
            Idempotency idempotency,
            LedgerStore ledgerStore,
            FunnelStore funnelStore,
            Codes codes) {
        this.database = database;
        this.people = people;
        this.idempotency = idempotency;
        this.ledgerStore = ledgerStore;
        this.funnelStore = funnelStore;
        this.codes = codes;
    }

    /** Answers in the order of the requests, which are all of one district and have different keys. */
    Future<List<FunnelAnswer>> run(UUID districtId, List<BookingRequest> requests) {
        return database.writing(connection -> {
            var begun = connection.query(plans.begin(connection)).execute();
            var read = read(connection, districtId, requests);
            return Future.all(begun, read)
                    .compose(both -> decideAndCommit(connection, districtId, requests, read.result()))
                    .recover(failure -> connection
                            .query("ROLLBACK")
                            .execute()
                            .transform(anyhow -> Future.failedFuture(asInterference(failure))));
        });
    }

    /** Whether the database answers anything at all; told within a moment. */
    Future<Void> reach() {
        return database.reach().timeout(REACH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Future<UnderLock> read(SqlConnection connection, UUID districtId, List<BookingRequest> requests) {
        var candidates = candidates(requests);
        var mealIds = candidates.keySet();
        var seats = requests.stream()
                .map(request -> new LedgerStore.Seat(request.mealId(), request.dinerId()))
                .distinct()
                .toList();
        var diners = seats.stream().map(LedgerStore.Seat::dinerId).collect(Collectors.toSet());

        var warrants = HeldWarrants.hold(connection, districtId, people, requests);
        var meals = ledgerStore.lock(connection, districtId, mealIds);
        var claims = claim(connection, requests);
        var dishes = ledgerStore.dishes(connection, districtId, mealIds);
        var taken = ledgerStore.taken(connection, districtId, seats);
        var bands = ledgerStore.bands(connection, districtId, mealIds);
        var freeCodes = ledgerStore.freeCodes(connection, districtId, candidates);
        var birthDates = people.holdVerifiedBirthDates(connection, districtId, diners);
        return Future.all(List.of(warrants, meals, claims, dishes, taken, bands, freeCodes, birthDates))
                .map(all -> {
                    var ledgers = ledgers(meals.result(), dishes.result(), bands.result(), freeCodes.result());
                    var decision = new BookingDecision(ledgers, birthDates.result(), taken.result());
                    return new UnderLock(decision, ledgers, claims.result(), warrants.result());
                });
    }

    /** Codes to choose from, for each meal of the batch. */
    private Map<UUID, List<String>> candidates(List<BookingRequest> requests) {
        var byMeal = new HashMap<UUID, Integer>();
        requests.forEach(request -> byMeal.merge(request.mealId(), 1, Integer::sum));
        var candidates = new HashMap<UUID, List<String>>();
        byMeal.forEach((mealId, count) -> candidates.put(mealId, codes.candidates(count)));
        return candidates;
    }

    private static Map<UUID, MealLedger> ledgers(
            Map<UUID, Meal> meals,
            Map<UUID, List<Dish>> dishes,
            Map<UUID, List<SubsidyBand>> bands,
            Map<UUID, List<String>> freeCodes) {
        var ledgers = new HashMap<UUID, MealLedger>();
        meals.forEach((id, meal) -> ledgers.put(
                id,
                new MealLedger(
                        meal.with(dishes.getOrDefault(id, List.of())),
                        bands.getOrDefault(id, List.of()),
                        Objects.requireNonNull(freeCodes.get(id)))));
        return ledgers;
    }

    private Future<Map<Idempotency.Claim, Idempotency.Outcome>> claim(
            SqlConnection connection, List<BookingRequest> requests) {
        var claims = requests.stream()
                .flatMap(request -> Optional.ofNullable(request.claim()).stream())
                .toList();
        return claims.isEmpty() ? Future.succeededFuture(Map.of()) : idempotency.claim(connection, claims);
    }

    private Future<List<FunnelAnswer>> decideAndCommit(
            SqlConnection connection, UUID districtId, List<BookingRequest> requests, UnderLock state) {
        var answers = new ArrayList<FunnelAnswer>(requests.size());
        var made = new ArrayList<Booking>();
        var stored = new LinkedHashMap<Idempotency.Claim, Idempotency.FirstAnswer>();
        for (var request : requests) {
            var answer = answer(request, state);
            answers.add(answer);
            if (answer instanceof FunnelAnswer.Made booked) {
                made.add(booked.booking());
                if (request.claim() != null) {
                    stored.put(
                            request.claim(),
                            new Idempotency.FirstAnswer(CREATED, JsonText.write(BookingView.of(booked.booking()))));
                }
            }
        }
        return write(connection, districtId, made, stored, state).map(answers);
    }

    private static FunnelAnswer answer(BookingRequest asked, UnderLock state) {
        try {
            return answerNow(state.warrants().asOfNow(asked), state);
        } catch (Refusal refusal) {
            return new FunnelAnswer.Refused(refusal);
        }
    }

    private static FunnelAnswer answerNow(BookingRequest request, UnderLock state) {
        var claimed = request.claim() == null ? null : state.claims().get(request.claim());
        if (claimed instanceof Idempotency.Outcome.Answered answered) {
            return new FunnelAnswer.Replayed(answered.answer());
        }
        if (claimed instanceof Idempotency.Outcome.Refused refused) {
            return new FunnelAnswer.Refused(refused.reason());
        }
        return new FunnelAnswer.Made(state.decision().decide(request));
    }

    private Future<Void> write(
            SqlConnection connection,
            UUID districtId,
            List<Booking> made,
            Map<Idempotency.Claim, Idempotency.FirstAnswer> stored,
            UnderLock state) {
        var writes = new ArrayList<Future<?>>();
        if (!made.isEmpty()) {
            var touched = made.stream()
                    .map(Booking::mealId)
                    .distinct()
                    .sorted()
                    .map(id -> Objects.requireNonNull(state.ledgers().get(id)))
                    .toList();
            writes.add(funnelStore.insert(connection, districtId, made));
            writes.add(ledgerStore.save(connection, districtId, touched));
            writes.add(idempotency.store(connection, stored));
        }
        // After a failed statement this commit rolls back; the failed write then fails the batch.
        writes.add(connection.query("COMMIT").execute());
        return Future.all(writes).mapEmpty();
    }

    private static Throwable asInterference(Throwable failure) {
        return Database.isPassing(failure) ? new Interfered(failure) : failure;
    }
}

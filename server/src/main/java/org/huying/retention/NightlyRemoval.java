package org.huying.retention;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.canteen.Canteens;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.Jobs;
import org.huying.http.Idempotency;
import org.huying.identity.PastCodes;
import org.huying.identity.claim.Claims;
import org.huying.identity.session.PastSessions;
import org.huying.identity.unmasking.PastSearches;
import org.huying.notify.Notices;
import org.huying.photo.PastPhotos;
import org.huying.place.Places;
import org.huying.ticket.Tickets;

/**
 * Removes what is past its time, a little of everything at a time: once a second until nothing is left to remove, and
 * then not before the next night.
 */
public final class NightlyRemoval implements JobHandler {
    /** The kind of job; a trigger leaves the first one of each district. Its payload says how far it has come. */
    static final String REMOVE = "remove_past";

    private static final LocalTime AT_NIGHT = LocalTime.of(3, 0);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int ROWS_AT_ONCE = 2000;
    private static final int TICKETS_AT_ONCE = 200;

    /** As long as whoever watches over them may want to ask what was tried. */
    private static final int SEARCHES_MONTHS = 12;

    /** Those that are over: as long as it matters whether somebody has tried before. */
    private static final int CLAIMS_MONTHS = 12;

    /** Files are slower than rows. */
    private static final int TICKETS_WITH_FILES_AT_ONCE = 20;

    private final RetentionStore store = new RetentionStore();
    private final Places places;
    private final Tickets tickets;
    private final PastPhotos photos;
    private final Canteens canteens;
    private final Notices notices;
    private final Claims claims;
    private final Idempotency idempotency;
    private final Clock clock;
    private final InstantSource realTime;
    private final MeterRegistry registry;

    /**
     * Makes a handler.
     *
     * @param clock    the domain's
     * @param realTime by which sessions and the keys of requests are dated
     */
    public NightlyRemoval(
            Places places,
            Tickets tickets,
            PastPhotos photos,
            Canteens canteens,
            Notices notices,
            Claims claims,
            Idempotency idempotency,
            Clock clock,
            InstantSource realTime,
            MeterRegistry registry) {
        this.places = places;
        this.tickets = tickets;
        this.photos = photos;
        this.canteens = canteens;
        this.notices = notices;
        this.claims = claims;
        this.idempotency = idempotency;
        this.clock = clock;
        this.realTime = realTime;
        this.registry = registry;
    }

    public Map<String, JobHandler> jobs() {
        return Map.of(REMOVE, this);
    }

    /** What one run goes by. */
    private record Run(UUID districtId, ZoneId zone, RetentionSettings settings, Instant now, JsonObject reached) {
        Instant monthsAgo(int months) {
            return now.atZone(zone).minusMonths(months).toInstant();
        }
    }

    private interface Rule {
        /** Removes a little; whether there may be more. */
        Future<Boolean> mayHaveMore(SqlConnection transaction, Run run);
    }

    @Override
    public Future<Void> run(SqlConnection transaction, Job job) {
        var districtId = job.districtId();
        return store.settings(transaction, districtId)
                .compose(settings -> places.zone(transaction, districtId)
                        .map(zone -> new Run(
                                districtId,
                                zone,
                                settings,
                                clock.instant(),
                                job.payload().copy())))
                .compose(run ->
                        inTurn(transaction, run, rules(), false).compose(more -> leaveNext(transaction, run, more)));
    }

    private List<Rule> rules() {
        return List.of(
                this::removeTexts,
                this::removeLateTexts,
                this::removePhotos,
                this::removeBookingDetails,
                this::removeNotices,
                this::removeSessions,
                this::removeSearches,
                this::endClaims,
                this::removeClaims,
                this::removeCodes,
                this::removeAnswers);
    }

    private static Future<Boolean> inTurn(SqlConnection transaction, Run run, List<Rule> rules, boolean more) {
        return rules.isEmpty()
                ? Future.succeededFuture(more)
                : rules.get(0)
                        .mayHaveMore(transaction, run)
                        .compose(any -> inTurn(transaction, run, rules.subList(1, rules.size()), more || any));
    }

    private Future<Void> leaveNext(SqlConnection transaction, Run run, boolean more) {
        return Jobs.leave(
                transaction,
                run.districtId(),
                new Jobs.NewJob(
                        REMOVE,
                        run.districtId(),
                        run.reached(),
                        more ? run.now().plus(PAUSE) : nextNight(run)));
    }

    private static Instant nextNight(Run run) {
        var today = run.now().atZone(run.zone());
        var tonight = today.toLocalDate().atTime(AT_NIGHT).atZone(run.zone());
        return (tonight.isAfter(today)
                        ? tonight
                        : today.toLocalDate().plusDays(1).atTime(AT_NIGHT).atZone(run.zone()))
                .toInstant();
    }

    private Future<Boolean> removeTexts(SqlConnection transaction, Run run) {
        var before = run.monthsAgo(run.settings().closedTicketTextsMonths());
        var past = new Past("texts", Tickets.Since.OVER, before);
        return ofTickets(transaction, run, past, TICKETS_AT_ONCE, tickets::expireTexts);
    }

    /** What was written after that: each time as long after the last event. */
    private Future<Boolean> removeLateTexts(SqlConnection transaction, Run run) {
        var before = run.monthsAgo(run.settings().closedTicketTextsMonths());
        var past = new Past("lateTexts", Tickets.Since.QUIET, before);
        return ofTickets(transaction, run, past, TICKETS_AT_ONCE, tickets::expireTexts);
    }

    private Future<Boolean> removePhotos(SqlConnection transaction, Run run) {
        var before = run.monthsAgo(run.settings().photosMonths());
        var past = new Past("photos", Tickets.Since.OVER, before);
        return ofTickets(transaction, run, past, TICKETS_WITH_FILES_AT_ONCE, photos::expire);
    }

    private Future<Boolean> removeBookingDetails(SqlConnection transaction, Run run) {
        var before = run.monthsAgo(run.settings().bookingDetailsMonths())
                .atZone(run.zone())
                .toLocalDate();
        return canteens.expireDetails(transaction, run.districtId(), before, ROWS_AT_ONCE)
                .map(count -> counted("booking_details", count));
    }

    private Future<Boolean> removeNotices(SqlConnection transaction, Run run) {
        var before = run.now().minus(Duration.ofDays(run.settings().notificationsDays()));
        return notices.expire(transaction, run.districtId(), before, ROWS_AT_ONCE)
                .map(count -> counted("notifications", count));
    }

    private Future<Boolean> removeSessions(SqlConnection transaction, Run run) {
        var before = realTime.instant().minus(Duration.ofDays(run.settings().sessionsDays()));
        return PastSessions.expire(transaction, run.districtId(), before, ROWS_AT_ONCE)
                .map(count -> counted("sessions", count));
    }

    private Future<Boolean> removeSearches(SqlConnection transaction, Run run) {
        return PastSearches.expire(transaction, run.districtId(), run.monthsAgo(SEARCHES_MONTHS), ROWS_AT_ONCE)
                .map(count -> counted("searches", count));
    }

    /** What nobody answers ends, and the claimant is told; it is not removed yet. */
    private Future<Boolean> endClaims(SqlConnection transaction, Run run) {
        return claims.expire(transaction, run.districtId(), run.now(), ROWS_AT_ONCE)
                .map(count -> count >= ROWS_AT_ONCE);
    }

    private Future<Boolean> removeClaims(SqlConnection transaction, Run run) {
        return claims.forget(transaction, run.districtId(), run.monthsAgo(CLAIMS_MONTHS), ROWS_AT_ONCE)
                .map(count -> counted("claims", count));
    }

    private Future<Boolean> removeCodes(SqlConnection transaction, Run run) {
        return PastCodes.expire(transaction, run.districtId(), realTime.instant(), ROWS_AT_ONCE)
                .map(count -> counted("codes", count));
    }

    private Future<Boolean> removeAnswers(SqlConnection transaction, Run run) {
        return idempotency
                .forget(transaction, run.districtId(), ROWS_AT_ONCE)
                .map(count -> counted("idempotency", count));
    }

    private interface OfTickets {
        Future<Integer> remove(SqlConnection transaction, UUID districtId, List<UUID> ticketIds);
    }

    /** What is past its time, and by what. */
    private record Past(String what, Tickets.Since since, Instant before) {}

    /** From where the last run ended: what lies before has nothing more to be removed. */
    private Future<Boolean> ofTickets(SqlConnection transaction, Run run, Past past, int limit, OfTickets removal) {
        var what = past.what();
        return tickets.over(transaction, run.districtId(), past.since(), reached(run, what), past.before(), limit)
                .compose(found -> {
                    if (found.isEmpty()) {
                        return Future.succeededFuture(false);
                    }
                    var last = found.get(found.size() - 1);
                    run.reached()
                            .put(
                                    what,
                                    new JsonObject()
                                            .put("at", last.at().toString())
                                            .put("id", last.id().toString()));
                    return removal.remove(
                                    transaction,
                                    run.districtId(),
                                    found.stream().map(Tickets.Over::id).toList())
                            .map(count -> {
                                counted(what, count);
                                return found.size() == limit;
                            });
                });
    }

    private static Tickets.Over reached(Run run, String what) {
        var reached = run.reached().getJsonObject(what);
        return reached == null
                ? Tickets.Over.NONE
                : new Tickets.Over(UUID.fromString(reached.getString("id")), Instant.parse(reached.getString("at")));
    }

    /** Whether there may be more. */
    private boolean counted(String what, int count) {
        if (count > 0) {
            registry.counter("huying.removed", "what", what).increment(count);
        }
        return count >= ROWS_AT_ONCE;
    }
}

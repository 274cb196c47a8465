package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.photo.Photos;
import org.huying.place.Organization;
import org.huying.place.Places;

/** Takes reports in: routes them, starts their clocks and their logs, and sees whether they repeat an earlier one. */
final class Submissions {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NUMBER_CANDIDATES = 8;

    private final Clock clock;
    private final Intake intake;
    private final Routing routing;
    private final Places places;
    private final TicketStore store;
    private final Repeats repeats;
    private final Recorder recorder;
    private final Photos photos;

    Submissions(
            Clock clock,
            Intake intake,
            Routing routing,
            Places places,
            TicketStore store,
            Recorder recorder,
            Photos photos) {
        this.clock = clock;
        this.intake = intake;
        this.routing = routing;
        this.places = places;
        this.store = store;
        this.repeats = new Repeats(store);
        this.recorder = recorder;
        this.photos = photos;
    }

    /** Refuses what the same person has reported in the same words just now. */
    Future<TicketState> submitOnce(SqlClient client, Caller caller, Submission submission) {
        var districtId = caller.districtId();
        return intake.check(client, caller, submission)
                .compose(accepted -> repeats.requireNone(client, districtId, accepted, clock.instant())
                        .compose(once -> submit(client, districtId, accepted)));
    }

    Future<TicketState> submit(SqlClient client, Caller caller, Submission submission) {
        return intake.check(client, caller, submission)
                .compose(accepted -> submit(client, caller.districtId(), accepted));
    }

    private Future<TicketState> submit(SqlClient client, UUID districtId, Intake.Accepted accepted) {
        return routing.responsibleFor(client, districtId, accepted.place(), accepted.item())
                .compose(responsible -> number(client, districtId)
                        .compose(number -> write(client, districtId, accepted, responsible, number)));
    }

    /** A visit that somebody who missed their meals is to have, without anybody asking for it; the grid sees to it. */
    Future<TicketState> openCareVisit(SqlClient client, UUID districtId, UUID dinerId, UUID canteenPlaceId) {
        return intake.careVisit(client, districtId, dinerId, canteenPlaceId)
                .compose(accepted -> routing.gridFor(client, districtId, accepted.place(), accepted.item())
                        .compose(grid -> number(client, districtId)
                                .compose(number -> write(client, districtId, accepted, grid, number))));
    }

    /**
     * The kin are locked before it is decided when this is, so a resolve of one of them lies wholly before this
     * ticket or wholly after it.
     */
    private Future<TicketState> write(
            SqlClient client, UUID districtId, Intake.Accepted accepted, Organization responsible, String number) {
        var ticketId = Ids.next();
        var kinSince = clock.instant().minus(Windows.AFTER_RESOLVE);
        return store.lockKin(client, districtId, accepted.kin(), kinSince).compose(earlier -> {
            var change = Change.begin(districtId, ticketId, clock.instant());
            change.write(accepted.author(), told(accepted, responsible, number, change.at()));
            var claimant = new Photos.Claimant(ticketId, change.state().lastSeq, Photos.Side.REPORTER);
            return recorder.record(client, change)
                    .compose(saved -> photos.claim(client, districtId, claimant, accepted.photos()))
                    .compose(claimed -> markReReports(client, districtId, earlier, change))
                    .map(marked -> change.state());
        });
    }

    private static Draft told(Intake.Accepted accepted, Organization responsible, String number, Instant at) {
        var submission = accepted.submission();
        var item = accepted.item();
        return words(submission)
                .with("ticketNo", number)
                .with("serviceItemCode", item.code())
                .with("serviceItemVersion", item.version())
                .with("serviceItemKind", item.kind())
                .with("householdId", submission.householdId())
                .with("placeId", accepted.place().id())
                .with("placePath", accepted.place().path())
                .with("channel", accepted.channel())
                .with("anonymous", submission.anonymous())
                .with("responsibleOrgId", responsible.id())
                .with("responseDueAt", accepted.targets().responseDue(at))
                .with("resolutionDueAt", accepted.targets().resolutionDue(at))
                .photos(accepted.photos());
    }

    /** What the reporter says in words. */
    static Draft words(Submission submission) {
        var location = submission.location();
        return Draft.of(EventType.SUBMITTED)
                .text("spot", submission.spot())
                .text("description", submission.description())
                .texts("attributes", submission.attributes())
                .text(TicketViews.LOCATION, location == null ? null : location.text());
    }

    /** Domain.md 4, cause 4: the earlier ticket was resolved, and within seven days it is reported again. */
    private Future<Void> markReReports(SqlClient client, UUID districtId, List<UUID> resolved, Change again) {
        return store.find(client, districtId, resolved).compose(found -> {
            Future<Void> done = Future.succeededFuture();
            for (var dossier : found.values()) {
                if (dossier.state().isInWindow(again.at())) {
                    done = done.compose(x -> markReReport(client, districtId, dossier.state(), again));
                }
            }
            return done;
        });
    }

    private Future<Void> markReReport(SqlClient client, UUID districtId, TicketState earlier, Change again) {
        return store.cast(client, districtId, earlier.origin.id()).compose(cast -> {
            var change = Change.of(districtId, earlier, cast, again.at());
            change.write(
                    Author.system(),
                    Draft.of(EventType.RE_REPORTED)
                            .with("ticketId", again.state().origin.id()));
            return recorder.record(client, change);
        });
    }

    /** The day and six digits, drawn rather than counted: a counter would make all reports of a day wait in line. */
    private Future<String> number(SqlClient client, UUID districtId) {
        return places.zone(client, districtId)
                .compose(zone -> {
                    var day = day(zone);
                    var candidates = Stream.generate(
                                    () -> String.format(Locale.ROOT, "%s-%06d", day, RANDOM.nextInt(1_000_000)))
                            .limit(NUMBER_CANDIDATES)
                            .toList();
                    return store.freeNumber(client, districtId, candidates);
                })
                .map(found -> found.orElseThrow(() -> Refusal.unavailable("ticket_numbers_exhausted")));
    }

    private String day(ZoneId zone) {
        return LocalDate.ofInstant(clock.instant(), zone).format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}

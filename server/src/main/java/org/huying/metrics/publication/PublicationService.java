package org.huying.metrics.publication;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.http.Cursor;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;
import org.huying.metrics.Frame;
import org.huying.metrics.Frames;
import org.huying.metrics.completion.Completion;
import org.huying.metrics.completion.OneTimeCompletion;
import org.huying.place.District;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Publishes months, and checks what was published. */
final class PublicationService {
    private final Clock clock;
    private final Places places;
    private final People people;
    private final Frames frames;
    private final Completion completion;
    private final PublicationStore store = new PublicationStore();

    PublicationService(Clock clock, Places places, People people) {
        this.clock = clock;
        this.places = places;
        this.people = people;
        this.frames = new Frames(clock, places);
        this.completion = new Completion(clock, places);
    }

    /** A month as of an instant, counted ticket by ticket, and what that rests on. */
    record Computed(PublishedFigures figures, ReportDigest digest) {}

    /** What would be published, for whoever is to decide on it. */
    Future<ReportDraft> draft(SqlConnection snapshot, Caller caller, YearMonth month, @Nullable Instant asOf) {
        return compute(snapshot, caller, month, asOf)
                .compose(computed -> store.latest(snapshot, caller.districtId(), month)
                        .map(latest -> {
                            var digest = computed.digest();
                            return new ReportDraft(
                                    month,
                                    PublicationStore.next(latest),
                                    digest.definition(),
                                    digest.asOf(),
                                    computed.figures(),
                                    digest.tickets(),
                                    digest.events(),
                                    digest.digest());
                        }));
    }

    /** What is to be published, if it is what the caller has seen. */
    Future<Computed> seen(SqlConnection snapshot, Caller caller, YearMonth month, Instant asOf, String seenDigest) {
        return compute(snapshot, caller, month, asOf).map(computed -> {
            Versions.require(seenDigest, computed.digest().digest(), "report_changed");
            return computed;
        });
    }

    /** A month in one snapshot; refused where the caller or the time is not fit for it. */
    Future<Computed> compute(SqlConnection snapshot, Caller caller, YearMonth month, @Nullable Instant asOf) {
        return places.district(snapshot, caller.districtId()).compose(district -> {
            if (!caller.holds(Role.SUPERVISOR, district.placeId())) {
                throw Refusal.forbidden();
            }
            var reportMonth = new ReportMonth(month, district.zone());
            return compute(snapshot, district, reportMonth, fit(reportMonth, asOf));
        });
    }

    /** Keeps it as the next edition of its month. */
    Future<Report<PublishedFigures>> publish(
            SqlConnection transaction, Caller caller, Computed computed, @Nullable String reason) {
        var districtId = caller.districtId();
        var month = computed.digest().month();
        return store.lock(transaction, districtId, month).compose(latest -> {
            latest.ifPresent(before -> refuseUnfit(before, computed, reason));
            var edition = PublicationStore.next(latest);
            var report = report(caller, computed, edition, reason);
            return store.keep(transaction, districtId, report)
                    .compose(kept -> names(transaction, districtId, List.of(report)))
                    .map(report::named);
        });
    }

    /** A correction says why, and rests on more than what it corrects: nobody picks the instant that looks best. */
    private static void refuseUnfit(PublicationStore.Latest before, Computed computed, @Nullable String reason) {
        var faults = new ArrayList<Fault>();
        if (reason == null) {
            faults.add(new Fault("/reason", "reason_required"));
        }
        if (!computed.digest().asOf().isAfter(before.asOf())) {
            faults.add(new Fault("/asOf", "as_of_before_edition"));
        }
        Faults.refuse(faults);
    }

    Future<List<Report<PublishedFigures.Totals>>> list(
            SqlClient client, Caller caller, @Nullable YearMonth month, @Nullable Cursor after, int limit) {
        return store.list(client, caller.districtId(), month, after, limit)
                .compose(found -> names(client, caller.districtId(), found)
                        .map(names ->
                                found.stream().map(each -> each.named(names)).toList()));
    }

    Future<Report<PublishedFigures>> get(SqlClient client, Caller caller, UUID reportId) {
        return existing(client, caller, reportId)
                .compose(report ->
                        names(client, caller.districtId(), List.of(report)).map(report::named));
    }

    /** Counts again as of the report's instant. */
    Future<ReportCheck> check(SqlConnection snapshot, Caller caller, UUID reportId) {
        return existing(snapshot, caller, reportId)
                .compose(report -> places.district(snapshot, caller.districtId())
                        .compose(district -> compute(
                                snapshot, district, new ReportMonth(report.month(), district.zone()), report.asOf()))
                        .map(now -> ReportCheck.of(report, now.figures(), now.digest(), clock.instant())));
    }

    private Future<Report<PublishedFigures>> existing(SqlClient client, Caller caller, UUID reportId) {
        return store.find(client, caller.districtId(), reportId).map(found -> {
            var report = found.orElseThrow(Refusal::notFound);
            caller.require(Frames.readers());
            return report;
        });
    }

    private Future<Computed> compute(SqlConnection snapshot, District district, ReportMonth month, Instant asOf) {
        var frame = frames.ofDistrict(district.id(), district.zone(), district.placeId(), month.asOf(asOf));
        return figures(snapshot, frame)
                .compose(figures -> store.heads(snapshot, frame)
                        .map(heads -> new Computed(
                                figures,
                                new ReportDigest(
                                        district.id(), month.month(), asOf, OneTimeCompletion.DEFINITION, heads))));
    }

    private Future<PublishedFigures> figures(SqlConnection snapshot, Frame frame) {
        var answers = new ArrayList<OneTimeCompletion>();
        var done = Future.<Void>succeededFuture();
        for (var grouping : PublishedFigures.GROUPINGS) {
            done = done.compose(before -> completion.counted(snapshot, frame, grouping))
                    .map(answers::add)
                    .mapEmpty();
        }
        return done.map(all -> PublishedFigures.of(answers));
    }

    /** The instant to publish as of: nothing can still come in from before it, and no window of the month is open. */
    private Instant fit(ReportMonth month, @Nullable Instant wanted) {
        var now = clock.instant();
        var settled = now.minus(Frames.SETTLING).truncatedTo(ChronoUnit.MILLIS);
        var asOf = wanted == null ? settled : wanted.truncatedTo(ChronoUnit.MILLIS);
        if (asOf.isBefore(month.maturesAt())) {
            throw Refusal.conflict(
                    "month_not_matured",
                    Map.of("publishableFrom", month.publishableFrom().toString()));
        }
        if (asOf.isAfter(settled)) {
            throw Faults.of("/asOf", asOf.isAfter(now) ? "as_of_future" : "as_of_unsettled");
        }
        return asOf;
    }

    private Report<PublishedFigures> report(Caller caller, Computed computed, int edition, @Nullable String reason) {
        var digest = computed.digest();
        return new Report<>(
                Ids.next(),
                digest.month(),
                edition,
                digest.definition(),
                digest.asOf(),
                clock.instant(),
                new Report.Publisher(caller.personId(), null),
                reason,
                computed.figures(),
                digest.tickets(),
                digest.events(),
                digest.digest());
    }

    private <F> Future<Map<UUID, String>> names(SqlClient client, UUID districtId, List<Report<F>> reports) {
        return people.names(
                client,
                districtId,
                reports.stream()
                        .map(report -> report.publishedBy().id())
                        .distinct()
                        .toList());
    }
}

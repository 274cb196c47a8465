package org.huying.metrics.scoreboard;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.kernel.Faults;
import org.huying.metrics.Frame;
import org.huying.metrics.Frames;
import org.huying.metrics.GroupKey;
import org.huying.metrics.MetricsQuery;
import org.huying.metrics.completion.Completion;
import org.huying.metrics.completion.Figure;
import org.huying.metrics.completion.OneTimeCompletion;
import org.huying.metrics.publication.Publications;
import org.huying.place.District;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Makes the public page: published figures where there are any, else those of now. */
final class ScoreboardService {
    private static final int MONTHS = 12;

    private final Clock clock;
    private final Places places;
    private final Frames frames;
    private final Completion completion;
    private final Publications publications = new Publications();

    ScoreboardService(Clock clock, Places places) {
        this.clock = clock;
        this.places = places;
        this.frames = new Frames(clock, places);
        this.completion = new Completion(clock, places);
    }

    /** What the figures of a month are taken from. */
    private record Source(
            int definition,
            Instant asOf,
            boolean settled,
            Figure total,
            List<Figure.Group> organizations,
            List<Figure.Group> places) {
        static Source of(Publications.Edition edition) {
            var figures = edition.figures();
            return new Source(
                    edition.definition(),
                    edition.asOf(),
                    true,
                    figures.total(),
                    figures.by("organization"),
                    figures.by("place"));
        }

        static Source of(OneTimeCompletion byOrganization, OneTimeCompletion byPlace) {
            return new Source(
                    byOrganization.definition(),
                    byOrganization.asOf(),
                    byOrganization.settled(),
                    byOrganization.total(),
                    byOrganization.groups(),
                    byPlace.groups());
        }
    }

    /** In one snapshot: total and cells that were not of the same moment would tell what happened between them. */
    Future<Scoreboard> of(SqlConnection snapshot, @Nullable UUID districtId, YearMonth month) {
        return places.district(snapshot, districtId).compose(district -> {
            // of the minute, so that every event loop makes the same page
            var now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
            if (month.atDay(1).atStartOfDay(district.zone()).toInstant().isAfter(now)) {
                throw Faults.of("/query/month", "month_future");
            }
            return publications
                    .latest(snapshot, district.id(), month.minusMonths(MONTHS - 1), month)
                    .compose(editions -> of(snapshot, district, month, now, editions));
        });
    }

    private Future<Scoreboard> of(
            SqlConnection snapshot,
            District district,
            YearMonth month,
            Instant now,
            Map<YearMonth, Publications.Edition> editions) {
        var edition = Optional.ofNullable(editions.get(month));
        var source = edition.map(Source::of)
                .map(Future::succeededFuture)
                .orElseGet(() -> live(snapshot, frame(district, month, month, now)));
        return source.compose(found -> months(snapshot, district, month, now, editions)
                .compose(months -> cells(snapshot, district, month, found)
                        .map(cells -> new Scoreboard(
                                new Scoreboard.DistrictKey(district.id(), district.name()),
                                month,
                                found.definition(),
                                OneTimeCompletion.TARGET,
                                found.asOf(),
                                found.settled(),
                                edition.map(Scoreboard.Published::of).orElse(null),
                                Cell.of(found.total()),
                                cells.firms(),
                                cells.compounds(),
                                months))));
    }

    /** Both lists at once: what one shows may tell what the other hides. */
    private Future<Cells> cells(SqlConnection snapshot, District district, YearMonth month, Source source) {
        return completion
                .crossed(snapshot, frame(district, month, month, source.asOf()))
                .compose(crossings -> places.services(snapshot, district.id())
                        .compose(services -> kinds(snapshot, district.id(), source)
                                .map(kinds -> Cells.of(
                                        listed(source.organizations(), kinds.firms()::contains),
                                        listed(source.places(), kinds.compounds()::contains),
                                        crossings,
                                        services))));
    }

    private Future<Source> live(SqlConnection snapshot, Frame frame) {
        return completion
                .figures(snapshot, frame, "organization")
                .compose(byOrganization -> completion
                        .figures(snapshot, frame, "place")
                        .map(byPlace -> Source.of(byOrganization, byPlace)));
    }

    /** Months are no parts of a total that is shown, so each stands for itself. */
    private Future<List<Cell.Named>> months(
            SqlConnection snapshot,
            District district,
            YearMonth month,
            Instant now,
            Map<YearMonth, Publications.Edition> editions) {
        var first = month.minusMonths(MONTHS - 1);
        return completion
                .figures(snapshot, frame(district, first, month, now), "month")
                .map(answer -> {
                    var live = answer.groups().stream()
                            .collect(Collectors.toMap(group -> group.key().id(), Figure.Group::figure));
                    var cells = new ArrayList<Cell.Named>();
                    for (var each = first; !each.isAfter(month); each = each.plusMonths(1)) {
                        var edition = editions.get(each);
                        var figure = edition == null
                                ? live.get(each.toString())
                                : edition.figures().total();
                        if (figure != null) {
                            cells.add(new Cell.Named(new GroupKey(each.toString(), each.toString()), Cell.of(figure)));
                        }
                    }
                    return cells;
                });
    }

    private Frame frame(District district, YearMonth from, YearMonth to, Instant now) {
        return frames.ofDistrict(
                district.id(),
                district.zone(),
                district.placeId(),
                MetricsQuery.of(from.atDay(1), to.atEndOfMonth(), now));
    }

    private record Kinds(List<String> firms, List<String> compounds) {}

    private Future<Kinds> kinds(SqlConnection snapshot, UUID districtId, Source source) {
        return places.organizations(snapshot, districtId, ids(source.organizations()))
                .compose(organizations -> places.places(snapshot, districtId, ids(source.places()))
                        .map(found -> new Kinds(
                                names(organizations.values().stream()
                                        .filter(each -> each.kind().equals("firm"))
                                        .map(each -> each.id())),
                                names(found.values().stream()
                                        .filter(each -> "compound".equals(each.kind()))
                                        .map(each -> each.id())))));
    }

    private static List<UUID> ids(List<Figure.Group> groups) {
        return groups.stream().map(group -> UUID.fromString(group.key().id())).toList();
    }

    private static List<String> names(Stream<UUID> ids) {
        return ids.map(UUID::toString).toList();
    }

    private static List<Figure.Group> listed(List<Figure.Group> groups, Predicate<String> isListed) {
        return groups.stream().filter(group -> isListed.test(group.key().id())).toList();
    }
}

package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.identity.People;
import org.huying.identity.Resident;
import org.huying.kernel.Masked;
import org.huying.photo.PhotoView;
import org.huying.photo.Photos;
import org.huying.place.Organization;
import org.huying.ticket.TicketView.Named;
import org.huying.ticket.TicketView.Reporter;
import org.jspecify.annotations.Nullable;

/** Turns tickets and events into what one caller is shown. */
final class TicketViews {
    private static final String ATTRIBUTES = "attributes.";
    static final String LOCATION = "location";

    /** The number of the event in which something is reported. */
    private static final int REPORT = 1;

    private final Clock clock;
    private final TicketStore store;
    private final People people;
    private final Photos photos;

    TicketViews(Clock clock, TicketStore store, People people, Photos photos) {
        this.clock = clock;
        this.store = store;
        this.people = people;
        this.photos = photos;
    }

    /** The names and the reports' photos that a page of tickets needs. */
    private record Register(
            Map<UUID, Organization> organizations,
            Map<UUID, Resident> residents,
            Map<UUID, String> names,
            Map<UUID, List<PhotoView>> photos) {}

    Future<List<TicketView>> views(
            SqlClient client,
            Viewer viewer,
            List<Dossier> dossiers,
            Map<UUID, Organization> organizations,
            boolean inList) {
        var reporters = ids(dossiers.stream().map(Dossier::reporterId));
        var others = ids(dossiers.stream().flatMap(d -> Stream.of(d.reporterId(), d.assigneeId())));
        var tickets = dossiers.stream().map(d -> d.state().origin.id()).toList();
        return Future.all(
                        people.residents(client, viewer.districtId(), reporters),
                        people.names(client, viewer.districtId(), others),
                        photos.ofEvent(client, viewer.districtId(), tickets, REPORT))
                .map(done -> {
                    var register = new Register(organizations, done.resultAt(0), done.resultAt(1), done.resultAt(2));
                    return dossiers.stream()
                            .map(dossier -> view(viewer, dossier, register, inList))
                            .toList();
                });
    }

    private TicketView view(Viewer viewer, Dossier dossier, Register register, boolean inList) {
        var ticket = dossier.state();
        var origin = ticket.origin;
        var standing = Standing.of(viewer, dossier, register.organizations());
        var now = clock.instant();
        var disclosure = Disclosure.ofReporter(viewer, dossier, standing, now);
        var reporter = disclosure.apply(reporter(dossier, register));
        var told = told(dossier);
        return new TicketView(
                origin.id(),
                ticket.lastSeq,
                origin.ticketNo(),
                ticket.status.code(),
                origin.itemCode(),
                origin.itemVersion(),
                origin.itemKind(),
                origin.householdId(),
                origin.placeId(),
                told.get("spot"),
                told.get("description"),
                attributes(told),
                location(told, Disclosure.ofPlace(viewer, dossier, disclosure)),
                register.photos().getOrDefault(origin.id(), List.of()),
                origin.channel(),
                origin.anonymous(),
                reporter == null || (!inList && viewer.caller().isResident()) ? reporter : reporter.masked(),
                origin.submittedAt(),
                Objects.requireNonNull(organization(register, ticket.responsibleOrgId)),
                organization(register, ticket.firstOwnerId),
                named(register, dossier.assigneeId()),
                dossier.assigneeId() != null && !dossier.assigneeWorks(),
                ticket.responseDueAt,
                ticket.resolutionDueAt,
                ticket.dueAt(),
                ticket.isOverdue(now),
                ticket.suspendedUntil,
                ticket.latestOutcome,
                ticket.firstResolvedAt,
                ticket.latestResolvedAt,
                ticket.closedAt,
                ticket.rating,
                ticket.mergedIntoId,
                ticket.exclusionSeq != null,
                dossier.following(),
                allowed(ticket, standing, now));
    }

    private static Submission.@Nullable Location location(Map<String, String> told, boolean exactly) {
        var text = told.get(LOCATION);
        if (text == null) {
            return null;
        }
        var location = Submission.Location.of(text);
        return exactly ? location : location.rounded();
    }

    private static List<String> allowed(TicketState ticket, Standing standing, Instant now) {
        return Action.allowed(ticket, standing, now).stream().map(Action::code).toList();
    }

    Future<List<EventView>> events(
            SqlClient client, Viewer viewer, Dossier dossier, Standing standing, List<TicketStore.Stored> events) {
        var origin = dossier.state().origin;
        return store.cast(client, viewer.districtId(), origin.id()).compose(cast -> {
            var ids =
                    ids(events.stream().flatMap(stored -> refs(stored.event())).map(cast::person));
            return people.names(client, viewer.districtId(), ids)
                    .map(names -> events.stream()
                            .map(stored ->
                                    EventView.of(stored.event(), shown(viewer, dossier, standing, stored, cast, names)))
                            .toList());
        });
    }

    private EventView.@Nullable Shown shown(
            Viewer viewer,
            Dossier dossier,
            Standing standing,
            TicketStore.Stored stored,
            Cast cast,
            Map<UUID, String> names) {
        var event = stored.event();
        var texts = Disclosure.ofTexts(viewer, standing, event) ? store.open(stored.shownSealed()) : null;
        var disclosure = Disclosure.ofReporter(viewer, dossier, standing, clock.instant());
        var named = named(viewer, dossier, disclosure, event, cast, names);
        if (texts == null && named.isEmpty()) {
            return null;
        }
        var beside = texts == null ? new JsonObject() : texts;
        var exactly = Disclosure.ofPlace(viewer, dossier, disclosure);
        return new EventView.Shown(
                members(beside, "texts", exactly), named, members(beside, "salts", exactly), commitments(event, cast));
    }

    private static Map<String, String> commitments(TicketEvent event, Cast cast) {
        var commitments = new HashMap<String, String>();
        refs(event).forEach(ref -> {
            var commitment = cast.commitment(ref);
            if (commitment != null) {
                commitments.put(ref, commitment);
            }
        });
        return commitments;
    }

    /** The names behind the pseudonyms of an event, as far as the caller may know them. */
    private static Map<String, String> named(
            Viewer viewer,
            Dossier dossier,
            Disclosure disclosure,
            TicketEvent event,
            Cast cast,
            Map<UUID, String> names) {
        var known = disclosure.ofPeople(viewer, dossier, refs(event).toList(), cast);
        var named = new HashMap<String, String>();
        refs(event).filter(known).forEach(ref -> {
            // The system is nobody.
            var person = cast.person(ref);
            var name = person == null ? null : names.get(person);
            if (name != null) {
                named.put(ref, Cast.isResident(ref) && !viewer.caller().isResident() ? Masked.name(name) : name);
            }
        });
        return named;
    }

    /** Without the place, where it is not told exactly: its words could be tried out by their salt. */
    private static Map<String, Object> members(JsonObject beside, String name, boolean exactly) {
        var members = beside.getJsonObject(name, new JsonObject()).copy();
        if (!exactly) {
            members.remove(LOCATION);
        }
        return members.getMap();
    }

    private static Stream<String> refs(TicketEvent event) {
        return Stream.of(event.actor().ref(), event.onBehalfOf(), event.data().getString("assignee"))
                .filter(Objects::nonNull);
    }

    /** The texts beside the first event, by path. */
    Map<String, String> told(Dossier dossier) {
        var shown = store.open(dossier.toldSealed());
        if (shown == null) {
            return Map.of();
        }
        return shown.getJsonObject("texts").stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().toString()));
    }

    private static Map<String, String> attributes(Map<String, String> told) {
        return told.entrySet().stream()
                .filter(each -> each.getKey().startsWith(ATTRIBUTES))
                .collect(Collectors.toMap(each -> each.getKey().substring(ATTRIBUTES.length()), Map.Entry::getValue));
    }

    private static @Nullable Reporter reporter(Dossier dossier, Register register) {
        var id = dossier.reporterId();
        if (id == null) {
            return null;
        }
        var resident = register.residents().get(id);
        return resident == null
                ? new Reporter(id, register.names().get(id), null)
                : new Reporter(id, resident.name(), resident.phone());
    }

    private static @Nullable Named organization(Register register, @Nullable UUID id) {
        var organization = id == null ? null : register.organizations().get(id);
        return organization == null ? null : new Named(organization.id(), organization.name());
    }

    private static @Nullable Named named(Register register, @Nullable UUID id) {
        var name = id == null ? null : register.names().get(id);
        return id == null || name == null ? null : new Named(id, name);
    }

    private static List<UUID> ids(Stream<@Nullable UUID> ids) {
        return ids.filter(Objects::nonNull).distinct().toList();
    }
}

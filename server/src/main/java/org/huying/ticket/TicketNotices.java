package org.huying.ticket;

import static org.huying.notify.Notice.Kind.*;
import static org.huying.ticket.TicketNotices.Audience.*;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.identity.People;
import org.huying.kernel.Role;
import org.huying.notify.Notice;
import org.huying.notify.Notices;
import org.huying.place.Organization;
import org.huying.ticket.catalogue.Catalogue;
import org.huying.ticket.catalogue.ServiceItem;
import org.jspecify.annotations.Nullable;

/** Tells whom it concerns what has become of a ticket; whoever did it knows already. */
final class TicketNotices {
    /** Whom an event concerns. */
    enum Audience {
        /** The reporter, who filed it for them, and reporters merged into it. */
        REPORTERS,
        /** The assigned worker, or else the dispatchers. */
        HANDLERS,
        /** The dispatchers of the responsible organization; at an office, its place's supervisors. */
        DISPATCHERS,
        /** The dispatchers of the organization that had it before. */
        FORMER_DISPATCHERS,
        FOLLOWERS
    }

    /** What is told of an event, and to whom. */
    private record Telling(Notice.Kind kind, Set<Audience> audience) {
        static Telling of(Notice.Kind kind, Audience... audience) {
            return new Telling(kind, Set.of(audience));
        }
    }

    /** Other events concern nobody at once. */
    private static final Map<EventType, Telling> TELLINGS = Map.ofEntries(
            Map.entry(EventType.SUBMITTED, Telling.of(TICKET_SUBMITTED, REPORTERS)),
            Map.entry(EventType.ACCEPTED, Telling.of(TICKET_ACCEPTED, REPORTERS)),
            Map.entry(EventType.ASSIGNED, Telling.of(TICKET_ASSIGNED, HANDLERS)),
            Map.entry(EventType.INFO_REQUESTED, Telling.of(TICKET_INFO_REQUESTED, REPORTERS)),
            Map.entry(EventType.INFO_PROVIDED, Telling.of(TICKET_INFO_PROVIDED, HANDLERS)),
            Map.entry(EventType.SUSPENDED, Telling.of(TICKET_SUSPENDED, REPORTERS, FOLLOWERS)),
            Map.entry(EventType.TRANSFERRED, Telling.of(TICKET_TRANSFERRED, REPORTERS, DISPATCHERS)),
            Map.entry(EventType.ESCALATED, Telling.of(TICKET_ESCALATED, REPORTERS, DISPATCHERS, FORMER_DISPATCHERS)),
            Map.entry(EventType.OVERDUE, Telling.of(TICKET_OVERDUE, HANDLERS)),
            Map.entry(EventType.RESOLVED, Telling.of(TICKET_RESOLVED, REPORTERS, FOLLOWERS)),
            Map.entry(EventType.CLOSED, Telling.of(TICKET_CLOSED, REPORTERS)),
            Map.entry(EventType.REOPENED, Telling.of(TICKET_REOPENED, HANDLERS, FOLLOWERS)),
            Map.entry(EventType.CANCELLED, Telling.of(TICKET_CANCELLED, REPORTERS, HANDLERS)),
            Map.entry(EventType.MERGED, Telling.of(TICKET_MERGED, REPORTERS, FOLLOWERS)),
            Map.entry(EventType.COMMENTED, Telling.of(TICKET_COMMENTED, REPORTERS, HANDLERS)),
            Map.entry(EventType.URGED, Telling.of(TICKET_URGED, HANDLERS)));

    private final Notices notices = new Notices();
    private final TicketStore store;
    private final Catalogue catalogue;
    private final Routing routing;
    private final People people;

    TicketNotices(TicketStore store, Catalogue catalogue, Routing routing, People people) {
        this.store = store;
        this.catalogue = catalogue;
        this.routing = routing;
        this.people = people;
    }

    /** Leaves the notices in the transaction of the change. */
    Future<Void> tell(SqlClient client, Change change) {
        var told = change.entries().stream()
                .map(Change.Entry::event)
                .filter(event -> concernsSomebody(change, event))
                .map(event -> notices(client, change, event, Objects.requireNonNull(TELLINGS.get(event.type()))))
                .toList();
        return Future.all(told)
                .compose(all -> notices.tell(
                        client, change.districtId(), flattened(told).toList(), change.at()));
    }

    /** Most reports are made by the reporters themselves, and what the clock escalates at once is told as that. */
    private static boolean concernsSomebody(Change change, TicketEvent event) {
        return switch (event.type()) {
            case SUBMITTED -> event.onBehalfOf() != null;
            case OVERDUE ->
                change.entries().stream().noneMatch(entry -> entry.event().type() == EventType.ESCALATED);
            default -> TELLINGS.containsKey(event.type());
        };
    }

    private Future<List<Notice>> notices(SqlClient client, Change change, TicketEvent event, Telling telling) {
        var done = change.cast().person(event.actor().ref());
        return recipients(client, change, event, telling.audience()).compose(recipients -> {
            recipients.remove(done);
            return recipients.isEmpty()
                    ? Future.succeededFuture(List.of())
                    : facts(client, change)
                            .map(facts -> recipients.stream()
                                    .map(recipient -> new Notice(recipient, telling.kind(), event.ticketId(), facts))
                                    .toList());
        });
    }

    private Future<JsonObject> facts(SqlClient client, Change change) {
        var ticket = change.state();
        var origin = ticket.origin;
        var item = catalogue.version(client, change.districtId(), origin.itemCode(), origin.itemVersion());
        var organization = routing.organization(client, change.districtId(), ticket.responsibleOrgId);
        return Future.all(item, organization)
                .map(both -> new JsonObject()
                        .put("ticketNo", origin.ticketNo())
                        .put("item", item.result().map(ServiceItem::name).orElse(origin.itemCode()))
                        .put("organization", organization.result().name()));
    }

    private Future<Set<UUID>> recipients(SqlClient client, Change change, TicketEvent event, Set<Audience> audience) {
        var parts = audience.stream()
                .filter(part -> isTold(part, event))
                .map(part -> members(client, change, event, part))
                .toList();
        return Future.all(parts).map(all -> flattened(parts).collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static <T> Stream<T> flattened(List<Future<List<T>>> done) {
        return done.stream().flatMap(each -> each.result().stream());
    }

    /** Internal comments stay within. */
    private static boolean isTold(Audience audience, TicketEvent event) {
        return audience != REPORTERS || !Boolean.TRUE.equals(event.data().getBoolean("internal"));
    }

    private Future<List<UUID>> members(SqlClient client, Change change, TicketEvent event, Audience audience) {
        var ticket = change.state();
        return switch (audience) {
            case REPORTERS -> store.reporters(client, change.districtId(), event.ticketId());
            case FOLLOWERS -> store.followers(client, change.districtId(), event.ticketId());
            case HANDLERS -> handlers(client, change);
            case DISPATCHERS -> dispatchers(client, change, ticket.responsibleOrgId);
            case FORMER_DISPATCHERS ->
                dispatchers(client, change, TicketState.uuid(event.data(), "fromOrganizationId"));
        };
    }

    /** Whoever was assigned it and works there no more is not told what becomes of it. */
    private Future<List<UUID>> handlers(SqlClient client, Change change) {
        var ticket = change.state();
        var assignee = change.cast().person(ticket.assigneeRef);
        if (assignee == null) {
            return dispatchers(client, change, ticket.responsibleOrgId);
        }
        return routing.organization(client, change.districtId(), ticket.responsibleOrgId)
                .compose(responsible -> routing.workplaceOf(client, change.districtId(), assignee, responsible))
                .compose(workplace -> workplace.isPresent()
                        ? Future.succeededFuture(List.of(assignee))
                        : dispatchers(client, change, ticket.responsibleOrgId));
    }

    private Future<List<UUID>> dispatchers(SqlClient client, Change change, @Nullable UUID organizationId) {
        if (organizationId == null) {
            return Future.succeededFuture(List.of());
        }
        return routing.organization(client, change.districtId(), organizationId)
                .map(Organization::officePlaceId)
                .compose(office -> office == null
                        ? people.holdersOf(client, change.districtId(), organizationId, Role.DISPATCHER)
                        : people.holdersOf(client, change.districtId(), office, Role.SUPERVISOR));
    }
}

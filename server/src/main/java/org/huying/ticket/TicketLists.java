package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.db.Rows;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.kernel.Caller;
import org.huying.kernel.Role;
import org.huying.place.Organization;
import org.jspecify.annotations.Nullable;

/** Lists of the tickets that a caller may see, and how many of them wait. */
final class TicketLists {
    private static final UUID FIRST_ID = new UUID(0, 0);
    private static final UUID LAST_ID = new UUID(-1, -1);

    /** Later than anything that is or will be due. */
    private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59Z");

    private static final Instant FIRST_INSTANT = Instant.EPOCH;

    /** What comes first. */
    enum Order {
        NEWEST(TicketListSql.NEWEST, LAST_INSTANT, LAST_ID),
        DUE(TicketListSql.QUEUE, FIRST_INSTANT, FIRST_ID);

        private final String sql;
        private final Instant start;
        private final UUID startId;

        Order(String sql, Instant start, UUID startId) {
            this.sql = sql;
            this.start = start;
            this.startId = startId;
        }
    }

    /**
     * What a list is to have.
     *
     * @param scope {@code mine|assigned|organization|place|followed}; absent: all that the caller may see
     */
    record Filter(
            @Nullable String status,
            @Nullable String scope,
            @Nullable Boolean overdue,
            @Nullable UUID assigneeId,
            Order order,
            @Nullable Cursor after,
            int limit) {
        List<String> statuses() {
            return status != null
                    ? List.of(status)
                    : Arrays.stream(Status.values()).map(Status::code).toList();
        }
    }

    /**
     * Open tickets.
     *
     * @param byStatus of every open status
     */
    record Counts(long open, long overdue, Map<String, Long> byStatus) {}

    /** Where a ticket stands in a list. */
    private record Key(UUID id, Instant at) {
        static Key from(Row row) {
            return new Key(row.getUUID("id"), Rows.instant(row, "at"));
        }

        List<String> cursor(Order order) {
            return List.of(order.name(), at.toString(), id.toString());
        }
    }

    private final Clock clock;
    private final TicketStore store;
    private final Viewers viewers;
    private final Routing routing;
    private final TicketViews views;

    TicketLists(Clock clock, TicketStore store, Viewers viewers, Routing routing, TicketViews views) {
        this.clock = clock;
        this.store = store;
        this.viewers = viewers;
        this.routing = routing;
        this.views = views;
    }

    Future<Page<TicketView>> list(SqlClient client, Caller caller, Filter filter) {
        return viewers.of(client, caller)
                .compose(viewer -> keys(client, viewer, filter).compose(page -> views(client, viewer, page)));
    }

    Future<Counts> count(SqlClient client, Caller caller, @Nullable String scope) {
        return viewers.of(client, caller)
                .compose(viewer -> ways(client, viewer, scope))
                .compose(values -> client.preparedQuery(TicketListSql.COUNT)
                        .execute(values.addOffsetDateTime(Rows.utc(clock.instant()))))
                .map(rows -> {
                    var byStatus = new TreeMap<String, Long>();
                    Status.OPEN.forEach(status -> byStatus.put(status.code(), 0L));
                    rows.forEach(row -> byStatus.put(row.getString("status"), row.getLong("tickets")));
                    return new Counts(
                            byStatus.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum(),
                            Rows.stream(rows)
                                    .mapToLong(row -> row.getLong("overdue"))
                                    .sum(),
                            byStatus);
                });
    }

    private Future<Page<Key>> keys(SqlClient client, Viewer viewer, Filter filter) {
        var order = filter.order();
        var after = filter.after();
        if (after != null) {
            after.require(0, order.name());
        }
        return ways(client, viewer, filter.scope())
                .compose(values -> client.preparedQuery(order.sql)
                        .execute(values.addValue(filter.statuses().toArray(String[]::new))
                                .addValue(filter.overdue())
                                .addOffsetDateTime(Rows.utc(clock.instant()))
                                .addValue(filter.assigneeId())
                                .addOffsetDateTime(Rows.utc(after == null ? order.start : after.instant(1)))
                                .addUUID(after == null ? order.startId : after.uuid(2))
                                .addInteger(filter.limit() + 1)))
                .map(Rows.list(Key::from))
                .map(keys -> Page.of(keys, filter.limit(), key -> key.cursor(order)));
    }

    private Future<Page<TicketView>> views(SqlClient client, Viewer viewer, Page<Key> page) {
        var ids = page.items().stream().map(Key::id).toList();
        return store.find(client, viewer, ids)
                .compose(found -> {
                    var dossiers = ids.stream()
                            .map(found::get)
                            .filter(Objects::nonNull)
                            .toList();
                    return routing.organizationsOf(
                                    client,
                                    viewer.districtId(),
                                    dossiers.stream().map(Dossier::state))
                            .compose(organizations -> views.views(
                                    client, viewer, visible(viewer, dossiers, organizations), organizations, true));
                })
                .map(shown -> new Page<>(shown, page.nextCursor()));
    }

    /** A list never shows what one by one would not be there. */
    private static List<Dossier> visible(Viewer viewer, List<Dossier> dossiers, Map<UUID, Organization> organizations) {
        return dossiers.stream()
                .filter(dossier -> Standing.of(viewer, dossier, organizations).visible())
                .toList();
    }

    /** The first values of each statement: what the caller has to do with, as far as the scope goes. */
    private Future<Tuple> ways(SqlClient client, Viewer viewer, @Nullable String scope) {
        var wanted = scope == null ? Set.of("mine", "assigned", "organization", "place") : Set.of(scope);
        return viewer.caller().isResident()
                ? Future.succeededFuture(waysOfResident(viewer, wanted))
                : waysOfStaff(client, viewer, wanted);
    }

    private static Tuple waysOfResident(Viewer viewer, Set<String> wanted) {
        var mine = wanted.contains("mine");
        var followed = wanted.contains("followed");
        var households = mine ? List.copyOf(viewer.households().entrySet()) : List.<Map.Entry<UUID, Instant>>of();
        return Tuple.tuple()
                .addUUID(viewer.districtId())
                .addValue(array(Set.of()))
                .addValue(array(Set.of()))
                .addValue(array(mine ? viewer.persons() : Set.of()))
                .addValue(array(Set.of()))
                .addValue(households.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
                .addValue(array(wanted.contains("place") ? viewer.home() : Set.of()))
                .addUUID(viewer.id())
                .addValue(array(followed ? viewer.home() : Set.of()))
                .addValue(households.stream()
                        .map(each -> Rows.utc(each.getValue()))
                        .toArray(OffsetDateTime[]::new));
    }

    private Future<Tuple> waysOfStaff(SqlClient client, Viewer viewer, Set<String> wanted) {
        var caller = viewer.caller();
        var self = List.of(viewer.id());
        var organizations = wanted.contains("organization")
                ? viewers.organizationsOf(client, caller)
                : Future.succeededFuture(Set.<UUID>of());
        return organizations.map(own -> Tuple.tuple()
                .addUUID(viewer.districtId())
                .addValue(array(own))
                .addValue(array(wanted.contains("assigned") ? self : List.of()))
                .addValue(array(wanted.contains("mine") ? self : List.of()))
                .addValue(array(wanted.contains("place") ? placesOf(caller) : Set.of()))
                .addValue(array(Set.of()))
                .addValue(array(Set.of()))
                .addValue(null)
                .addValue(array(scopesOf(caller, Role.GRID_MEMBER, Role.HOTLINE_AGENT)))
                .addValue(new OffsetDateTime[0]));
    }

    private static Set<UUID> placesOf(Caller caller) {
        return scopesOf(caller, Role.GRID_MEMBER, Role.HOTLINE_AGENT, Role.SUPERVISOR, Role.ADMIN);
    }

    private static Set<UUID> scopesOf(Caller caller, Role... roles) {
        return Stream.of(roles).flatMap(role -> caller.scopesOf(role).stream()).collect(Collectors.toSet());
    }

    private static UUID[] array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}

package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.ticket.catalogue.Catalogue;
import org.jspecify.annotations.Nullable;

/** What somebody who is about to report may find reported already. */
final class Similar {
    /** Of those that may be meant, the latest are looked at: their words are sealed, so no index knows them. */
    private static final int CANDIDATES = 200;

    private static final int OFFERED = 10;

    private final TicketStore store;
    private final Catalogue catalogue;
    private final Viewers viewers;
    private final Routing routing;
    private final TicketViews views;

    Similar(TicketStore store, Catalogue catalogue, Viewers viewers, Routing routing, TicketViews views) {
        this.store = store;
        this.catalogue = catalogue;
        this.viewers = viewers;
        this.routing = routing;
        this.views = views;
    }

    /** What is about to be reported; either a household or a public place. */
    record Query(
            String itemCode,
            @Nullable UUID householdId,
            @Nullable UUID placeId,
            String text) {}

    /** Open tickets of the same item and household or spot that the caller may see, most alike first. */
    Future<List<TicketView>> find(SqlClient client, Caller caller, Query query) {
        Intake.requireOneSubject(query.householdId(), query.placeId());
        return catalogue
                .present(client, caller.districtId(), query.itemCode())
                .map(item -> item.orElseThrow(() -> Faults.of("/serviceItemCode", "service_item_unknown")))
                .compose(item -> viewers.of(client, caller))
                .compose(viewer -> store.candidates(client, caller.districtId(), query, CANDIDATES)
                        .compose(ids -> store.find(client, viewer, ids))
                        .compose(found -> offer(client, viewer, found, query.text())));
    }

    private Future<List<TicketView>> offer(SqlClient client, Viewer viewer, Map<UUID, Dossier> found, String text) {
        var states = found.values().stream().map(Dossier::state);
        return routing.organizationsOf(client, viewer.districtId(), states).compose(organizations -> {
            var wanted = Likeness.of(text);
            Map<UUID, Double> likeness = found.values().stream()
                    .filter(dossier ->
                            Standing.of(viewer, dossier, organizations).visible())
                    .collect(Collectors.toMap(
                            dossier -> dossier.state().origin.id(), dossier -> wanted.to(Likeness.of(words(dossier)))));
            var best = likeness.entrySet().stream()
                    .sorted(Map.Entry.<UUID, Double>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .limit(OFFERED)
                    .map(each -> Objects.requireNonNull(found.get(each.getKey())))
                    .toList();
            return views.views(client, viewer, best, organizations, true);
        });
    }

    private String words(Dossier dossier) {
        var told = views.told(dossier);
        return Stream.of("spot", "description")
                .map(told::get)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }
}

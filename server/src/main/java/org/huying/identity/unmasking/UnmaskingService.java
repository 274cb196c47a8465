package org.huying.identity.unmasking;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/** Who reads the record: an administrator all of it, a supervisor what lay in their place, everybody what is about them. */
final class UnmaskingService {
    private final UnmaskingStore store;
    private final People people;

    UnmaskingService(UnmaskingStore store, People people) {
        this.store = store;
        this.people = people;
    }

    Future<Page<UnmaskingView>> list(
            SqlClient client,
            Caller caller,
            @Nullable UUID residentId,
            @Nullable UUID staffId,
            @Nullable Cursor cursor,
            int limit) {
        var places = caller.is(Role.ADMIN) ? null : caller.scopesOf(Role.SUPERVISOR);
        return page(
                client,
                caller,
                new UnmaskingStore.Filter(caller.personId(), places, residentId, staffId),
                cursor,
                limit);
    }

    Future<Page<UnmaskingView>> listMine(SqlClient client, Caller caller, @Nullable Cursor cursor, int limit) {
        return page(
                client,
                caller,
                new UnmaskingStore.Filter(caller.personId(), null, caller.personId(), null),
                cursor,
                limit);
    }

    private Future<Page<UnmaskingView>> page(
            SqlClient client, Caller caller, UnmaskingStore.Filter filter, @Nullable Cursor cursor, int limit) {
        return store.list(client, caller.districtId(), filter, cursor, limit + 1)
                .compose(found -> {
                    var page = Page.of(
                            found,
                            limit,
                            each -> List.of(each.at().toString(), each.id().toString()));
                    var ids = page.items().stream()
                            .flatMap(each -> Stream.of(each.actorId(), each.subjectId()))
                            .filter(Objects::nonNull)
                            .distinct()
                            .toList();
                    return people.names(client, caller.districtId(), ids)
                            .map(names -> page.map(each -> UnmaskingView.of(each, names)));
                });
    }
}

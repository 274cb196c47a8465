package org.huying.identity.staff;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.identity.AccountAudit;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** Which accounts somebody sees: those below them, and their own. */
final class StaffReader {
    private static final int HISTORY_MAX = 50;
    private static final String NAME_UNKNOWN = "—";

    private final StaffStore store;
    private final Scopes scopes;
    private final People people;
    private final AccountAudit audit;

    StaffReader(StaffStore store, Scopes scopes, People people, AccountAudit audit) {
        this.store = store;
        this.scopes = scopes;
        this.people = people;
        this.audit = audit;
    }

    Future<Page<StaffView>> list(
            SqlClient client, Caller caller, StaffFilter filter, @Nullable Cursor cursor, int limit) {
        return store.list(
                        client,
                        caller.districtId(),
                        Authority.of(caller),
                        caller.personId(),
                        filter,
                        cursor == null ? null : cursor.uuid(0),
                        limit + 1)
                .compose(found -> scopes.names(
                                client,
                                caller.districtId(),
                                found.stream()
                                        .flatMap(account -> account.grants().stream())
                                        .toList())
                        .map(names -> Page.of(
                                        found,
                                        limit,
                                        account -> List.of(account.id().toString()))
                                .map(account -> StaffView.of(account, names))));
    }

    Future<StaffView.Detailed> get(SqlClient client, Caller caller, UUID staffId) {
        return visible(client, caller, staffId)
                .compose(account -> audit.latest(client, caller.districtId(), staffId, HISTORY_MAX)
                        .compose(history -> detailed(client, caller.districtId(), account, history)));
    }

    /** In this order: 404 for what the caller does not see, 403 for roles that are above nobody. */
    Future<Account> visible(SqlClient client, Caller caller, UUID staffId) {
        var isOwn = !caller.isResident() && caller.personId().equals(staffId);
        return store.find(client, caller.districtId(), Authority.of(caller), staffId)
                .map(found ->
                        found.filter(account -> account.isBelow() || isOwn).orElseThrow(Refusal::notFound))
                .map(account -> {
                    caller.require(Above.upperRoles());
                    return account;
                });
    }

    Future<StaffView> view(SqlClient client, UUID districtId, Account account) {
        return scopes.names(client, districtId, account.grants()).map(names -> StaffView.of(account, names));
    }

    private Future<StaffView.Detailed> detailed(
            SqlClient client, UUID districtId, Account account, List<AccountAudit.Entry> history) {
        var grants = Stream.concat(
                        account.grants().stream(),
                        history.stream()
                                .map(entry -> entry.detail().grants())
                                .filter(Objects::nonNull)
                                .flatMap(List::stream))
                .toList();
        var actors =
                history.stream().map(AccountAudit.Entry::actorId).distinct().toList();
        return scopes.names(client, districtId, grants)
                .compose(scopeNames -> people.names(client, districtId, actors)
                        .map(names -> StaffView.Detailed.of(
                                StaffView.of(account, scopeNames),
                                account,
                                history.stream()
                                        .map(entry -> StaffView.Deed.of(
                                                entry,
                                                Optional.ofNullable(names.get(entry.actorId()))
                                                        .orElse(NAME_UNKNOWN),
                                                scopeNames))
                                        .toList())));
    }
}

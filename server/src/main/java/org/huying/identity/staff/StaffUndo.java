package org.huying.identity.staff;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.identity.AccountAudit;
import org.huying.identity.AccountAudit.Action;
import org.huying.identity.AccountAudit.Detail;
import org.huying.identity.staff.StaffBatch.Held;
import org.huying.kernel.Grant;
import org.huying.kernel.Role;
import org.jspecify.annotations.Nullable;

/**
 * Takes back accounts that an administrator made, and roles that they gave, at once with much else. Who has it taken back is
 * an administrator, who may take every role.
 */
public final class StaffUndo {
    /**
     * What was done.
     *
     * @param entryId the latest on the account's record then
     * @param given   a role that was added to an account; null where the account was made with it
     */
    public record Deed(
            UUID accountId, UUID entryId, @Nullable Held given) {
        boolean isMade() {
            return given == null;
        }
    }

    /** As it stands on the record of an account. */
    private static final String WHY = "撤销导入";

    private final StaffStore store;
    private final AccountAudit audit;
    private final Clock clock;

    /** @param clock real time, as accounts are about logins */
    public StaffUndo(FieldCipher cipher, Clock clock) {
        this.store = new StaffStore(cipher);
        this.audit = new AccountAudit(cipher);
        this.clock = clock;
    }

    /** Waits for what these accounts are doing just now, and holds up what they would do next; before the district is locked. */
    public Future<Void> hold(SqlConnection transaction, UUID districtId, List<Deed> deeds) {
        return transaction
                .preparedQuery(StaffSql.LOCK_ACCOUNTS)
                .execute(Tuple.of(districtId, (Object) accounts(deeds)))
                .mapEmpty();
    }

    /**
     * Those that are taken back: accounts that were made where nothing was done to them or given to them since, and nobody
     * has activated them; roles that were added where the account still holds them and has held them all the time. The last
     * administrator stays one.
     */
    public Future<Set<Deed>> takeBack(SqlConnection transaction, UUID districtId, List<Deed> deeds, UUID byId) {
        var made = deeds.stream().filter(Deed::isMade).toList();
        var given = deeds.stream().filter(each -> !each.isMade()).toList();
        return withdraw(transaction, districtId, made, byId)
                .compose(gone -> take(transaction, districtId, given, byId).map(taken -> {
                    var all = new HashSet<>(taken);
                    made.stream()
                            .filter(each -> gone.contains(each.accountId()))
                            .forEach(all::add);
                    return all;
                }));
    }

    private Future<Set<UUID>> withdraw(SqlConnection transaction, UUID districtId, List<Deed> made, UUID byId) {
        var entries = new LinkedHashMap<UUID, UUID>();
        made.forEach(each -> entries.put(each.accountId(), each.entryId()));
        var ids = entries.keySet().toArray(UUID[]::new);
        return transaction
                .preparedQuery(StaffSql.LOCK_LOGINS)
                .execute(Tuple.of((Object) ids))
                .compose(locked -> transaction
                        .preparedQuery(StaffSql.UNTOUCHED)
                        .execute(Tuple.of(districtId, ids, entries.values().toArray(UUID[]::new))))
                .map(Rows.list(row -> row.getUUID("id")))
                .compose(gone -> transaction
                        .preparedQuery(StaffSql.WITHDRAW)
                        .execute(Tuple.of(districtId, (Object) gone.toArray(UUID[]::new)))
                        .compose(done -> {
                            var noted = Future.<Void>succeededFuture();
                            for (var id : gone) {
                                noted = noted.compose(before -> audit.add(
                                        transaction,
                                        districtId,
                                        id,
                                        byId,
                                        Action.SUSPENDED,
                                        new Detail(null, List.of(), WHY),
                                        clock.instant()));
                            }
                            return noted;
                        })
                        .map(Set.copyOf(gone)));
    }

    private Future<Set<Deed>> take(SqlConnection transaction, UUID districtId, List<Deed> given, UUID byId) {
        var marks = given.stream()
                .map(each -> new AccountAudit.Mark(each.accountId(), each.entryId()))
                .toList();
        return audit.changesSince(transaction, districtId, marks)
                .compose(since -> grants(transaction, districtId, given).compose(held -> {
                    var byAccount = new LinkedHashMap<UUID, List<Deed>>();
                    for (int i = 0; i < given.size(); i++) {
                        var deed = given.get(i);
                        if (isHeld(deed, held.getOrDefault(deed.accountId(), List.of()))
                                && isHeldAllTheTime(deed, since.get(i))) {
                            byAccount
                                    .computeIfAbsent(deed.accountId(), none -> new ArrayList<>())
                                    .add(deed);
                        }
                    }
                    var taken = new HashSet<Deed>();
                    var done = Future.<Void>succeededFuture();
                    for (var each : byAccount.entrySet()) {
                        var grants = Objects.requireNonNull(held.get(each.getKey()));
                        done = done.compose(before -> removable(transaction, districtId, each.getValue())
                                .compose(deeds -> take(transaction, districtId, grants, deeds, byId)
                                        .onSuccess(any -> taken.addAll(deeds))));
                    }
                    return done.map(taken);
                }));
    }

    private static boolean isHeldAllTheTime(Deed deed, List<Detail> since) {
        return since.stream().map(Detail::grants).filter(Objects::nonNull).allMatch(grants -> isHeld(deed, grants));
    }

    private static boolean isHeld(Deed deed, Collection<Grant> grants) {
        return grants.stream().anyMatch(grant -> isOf(deed, grant));
    }

    private static boolean isOf(Deed deed, Grant grant) {
        return new Held(grant.role(), grant.scopeId()).equals(deed.given());
    }

    /** Of one account. */
    private Future<List<Deed>> removable(SqlConnection transaction, UUID districtId, List<Deed> deeds) {
        if (deeds.stream().noneMatch(StaffUndo::isOfAdmin)) {
            return Future.succeededFuture(deeds);
        }
        return store.isOtherAdmin(transaction, districtId, deeds.get(0).accountId())
                .map(left -> left
                        ? deeds
                        : deeds.stream().filter(each -> !isOfAdmin(each)).toList());
    }

    private static boolean isOfAdmin(Deed deed) {
        return deed.given() != null && deed.given().role() == Role.ADMIN;
    }

    /** With the codes by which others would get in on the word of the account. */
    private Future<Void> take(
            SqlConnection transaction, UUID districtId, List<Grant> grants, List<Deed> deeds, UUID byId) {
        if (deeds.isEmpty()) {
            return Future.succeededFuture();
        }
        var account = deeds.get(0).accountId();
        var left = grants.stream()
                .filter(grant -> deeds.stream().noneMatch(deed -> isOf(deed, grant)))
                .toList();
        return store.regrant(transaction, districtId, account, left)
                .compose(done -> store.voidCodes(transaction, districtId, account))
                .compose(done -> audit.add(
                        transaction,
                        districtId,
                        account,
                        byId,
                        Action.CHANGED,
                        new Detail(null, left, WHY),
                        clock.instant()));
    }

    private static Future<Map<UUID, List<Grant>>> grants(SqlClient client, UUID districtId, List<Deed> of) {
        return client.preparedQuery(StaffSql.GRANTS_OF)
                .execute(Tuple.of(districtId, (Object) accounts(of)))
                .map(rows -> Rows.stream(rows)
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("staff_id"),
                                HashMap::new,
                                Collectors.mapping(StaffUndo::grant, Collectors.toList()))));
    }

    private static Grant grant(Row row) {
        return new Grant(
                Role.of(row.getString("role")),
                Grant.Scope.valueOf(row.getString("scope_kind").toUpperCase(Locale.ROOT)),
                row.getUUID("scope_id"));
    }

    private static UUID[] accounts(List<Deed> deeds) {
        return deeds.stream().map(Deed::accountId).distinct().toArray(UUID[]::new);
    }
}

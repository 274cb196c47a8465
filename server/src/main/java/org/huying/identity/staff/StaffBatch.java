package org.huying.identity.staff;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.identity.AccountAudit;
import org.huying.identity.AccountAudit.Action;
import org.huying.identity.AccountAudit.Detail;
import org.huying.identity.ActivationCode;
import org.huying.identity.CanteenNames;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Many accounts at once, for an administrator who takes them in from elsewhere. */
public final class StaffBatch {
    /** A role at a place, an organization or a canteen. */
    public record Held(Role role, UUID scopeId) {}

    /** An account that there is. Of one of another district nothing is known but that. */
    public record Known(UUID id, String name, boolean isHere, List<Grant> grants) {
        public boolean holds(Held held) {
            return grants.stream()
                    .anyMatch(grant ->
                            grant.role() == held.role() && grant.scopeId().equals(held.scopeId()));
        }
    }

    private static final Authority ADMIN = new Authority(true, List.of());

    private final StaffStore store;
    private final Scopes scopes;
    private final AccountAudit audit;
    private final Clock clock;
    private final FieldCipher cipher;
    private final SecureRandom random = new SecureRandom();

    /** @param clock real time, as accounts are about logins */
    public StaffBatch(FieldCipher cipher, Places places, CanteenNames canteens, Clock clock) {
        this.store = new StaffStore(cipher);
        this.scopes = new Scopes(places, canteens);
        this.audit = new AccountAudit(cipher);
        this.clock = clock;
        this.cipher = cipher;
    }

    /** By user name. */
    public Future<Map<String, Known>> known(SqlClient client, UUID districtId, Collection<String> usernames) {
        return client.preparedQuery(StaffSql.KNOWN)
                .execute(Tuple.of(districtId, (Object) usernames.toArray(String[]::new)))
                .map(rows -> {
                    var found = new HashMap<String, Known>();
                    Rows.stream(rows).forEach(row -> {
                        var name = cipher.open(row.getBuffer("name_sealed"));
                        found.put(
                                row.getString("username"),
                                new Known(
                                        row.getUUID("id"),
                                        name == null ? "" : name,
                                        name != null,
                                        Account.grants(row)));
                    });
                    return found;
                });
    }

    /** What is wrong with roles, by the codes of a single account; those that are right are not in it. */
    public Future<Map<Held, String>> faults(SqlClient client, UUID districtId, Collection<Held> asked) {
        var list = List.copyOf(asked);
        return scopes.resolve(
                        client,
                        districtId,
                        ADMIN,
                        list.stream().map(StaffBatch::asked).toList())
                .map(Map.<Held, String>of())
                .recover(failure -> {
                    if (!(failure instanceof Refusal.RuleBroken broken)) {
                        return Future.failedFuture(failure);
                    }
                    var faults = new HashMap<Held, String>();
                    broken.faults()
                            .forEach(fault -> faults.put(
                                    list.get(Integer.parseInt(fault.pointer().split("/", -1)[2])), fault.code()));
                    return Future.succeededFuture(faults);
                });
    }

    /** The first administrator of a district, made by nobody but themself; shows the code. */
    public Future<String> found(
            SqlConnection transaction, UUID districtId, String username, String name, UUID topPlaceId) {
        return store.isTaken(transaction, username)
                .compose(taken -> taken
                        ? Future.failedFuture(Refusal.conflict("username_taken"))
                        : create(
                                transaction,
                                districtId,
                                Ids.next(),
                                username,
                                name,
                                List.of(new Held(Role.ADMIN, topPlaceId)),
                                null));
    }

    /** An account that was made, with the code that activates it. */
    public record Made(UUID id, String code) {}

    /** Nobody else changes accounts of the district meanwhile. */
    public Future<Made> create(
            SqlConnection transaction, UUID districtId, String username, String name, List<Held> held, UUID byId) {
        var id = Ids.next();
        return create(transaction, districtId, id, username, name, held, byId).map(code -> new Made(id, code));
    }

    /** The latest entry on the record of each account, by which it is known what was done to it since. */
    public Future<Map<UUID, UUID>> latestEntries(SqlClient client, UUID districtId, Collection<UUID> accounts) {
        return client.preparedQuery(StaffSql.LATEST_ENTRIES)
                .execute(Tuple.of(districtId, (Object) accounts.toArray(UUID[]::new)))
                .map(rows -> {
                    var entries = new HashMap<UUID, UUID>();
                    rows.forEach(row -> entries.put(row.getUUID("id"), row.getUUID("entry_id")));
                    return entries;
                });
    }

    private Future<String> create(
            SqlConnection transaction,
            UUID districtId,
            UUID id,
            String username,
            String name,
            List<Held> held,
            @Nullable UUID byId) {
        var now = clock.instant();
        var code = ActivationCode.make(random, now);
        return store.lock(transaction, districtId)
                .compose(locked -> grants(transaction, districtId, held))
                .compose(grants -> store.insert(
                                transaction, districtId, id, new StaffStore.Invited(username, name, grants), code, now)
                        .compose(done -> audit.add(
                                transaction,
                                districtId,
                                id,
                                byId == null ? id : byId,
                                Action.CREATED,
                                new Detail(name, grants, null),
                                now)))
                .map(code.text());
    }

    /** Adds roles that it does not hold. */
    public Future<Void> grant(SqlConnection transaction, UUID districtId, Known account, List<Held> held, UUID byId) {
        return store.lock(transaction, districtId)
                .compose(locked -> grants(transaction, districtId, held))
                .compose(grants -> {
                    var all = new ArrayList<>(Stream.concat(account.grants().stream(), grants.stream())
                            .toList());
                    return store.grant(transaction, districtId, account.id(), grants)
                            .compose(done -> audit.add(
                                    transaction,
                                    districtId,
                                    account.id(),
                                    byId,
                                    Action.CHANGED,
                                    new Detail(null, all, null),
                                    clock.instant()));
                });
    }

    private Future<List<Grant>> grants(SqlClient client, UUID districtId, List<Held> held) {
        return scopes.resolve(
                client, districtId, ADMIN, held.stream().map(StaffBatch::asked).toList());
    }

    private static AskedGrant asked(Held held) {
        return new AskedGrant(held.role(), held.scopeId());
    }
}

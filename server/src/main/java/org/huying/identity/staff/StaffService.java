package org.huying.identity.staff;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.huying.identity.AccountAudit;
import org.huying.identity.AccountAudit.Action;
import org.huying.identity.AccountAudit.Detail;
import org.huying.identity.ActivationCode;
import org.huying.identity.session.Sessions;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;
import org.jspecify.annotations.Nullable;

/** Who makes, changes and suspends accounts. Those that work on one account of a district go one after another. */
final class StaffService {
    private final StaffStore store;
    private final StaffReader reader;
    private final Scopes scopes;
    private final AccountAudit audit;
    private final Sessions sessions;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param clock real time, as accounts are about logins */
    StaffService(
            StaffStore store, StaffReader reader, Scopes scopes, AccountAudit audit, Sessions sessions, Clock clock) {
        this.store = store;
        this.reader = reader;
        this.scopes = scopes;
        this.audit = audit;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** What is to be made. */
    record NewAccount(String username, String name, List<AskedGrant> grants) {}

    /** What is to be another; absent stays. */
    record Change(
            @Nullable Integer seenVersion,
            @Nullable String name,
            @Nullable List<AskedGrant> grants) {}

    Future<StaffView.Issued> create(SqlConnection transaction, Caller caller, NewAccount asked) {
        var id = Ids.next();
        var now = clock.instant();
        var code = ActivationCode.make(random, now);
        var district = caller.districtId();
        return store.isTaken(transaction, asked.username())
                .compose(taken -> taken
                        ? Future.failedFuture(Refusal.conflict("username_taken"))
                        : scopes.resolve(transaction, district, Authority.of(caller), asked.grants()))
                .compose(grants -> store.insert(
                                transaction,
                                district,
                                id,
                                new StaffStore.Invited(asked.username(), asked.name(), grants),
                                code,
                                now)
                        .compose(made ->
                                add(transaction, caller, id, Action.CREATED, new Detail(asked.name(), grants, null))))
                .compose(done -> issued(transaction, caller, id, code));
    }

    /**
     * An account that something is to be done to.
     *
     * @param version as whoever asks has seen it; null for whatever it is
     */
    record Seen(UUID staffId, @Nullable Integer version) {}

    Future<StaffView> change(SqlConnection transaction, Caller caller, UUID staffId, Change asked) {
        return locked(transaction, caller, staffId)
                .map(account -> asSeen(account, asked.seenVersion()))
                .compose(account -> requireAdminLeft(transaction, caller, account, keepsAdmin(account, asked))
                        .compose(left -> grantsAsked(transaction, caller, account, asked))
                        .compose(grants -> change(transaction, caller, account, asked.name(), grants)))
                .compose(changed -> view(transaction, caller, staffId));
    }

    /** Ends all sessions too, and the codes by which others would get in on this one's word. */
    Future<StaffView> suspend(SqlConnection transaction, Caller caller, Seen seen, String reason) {
        var staffId = seen.staffId();
        return others(transaction, caller, seen)
                .compose(account -> account.isSuspended()
                        ? Future.failedFuture(Refusal.conflict("already_suspended"))
                        : requireAdminLeft(transaction, caller, account, false))
                .compose(left -> store.setSuspended(transaction, caller.districtId(), staffId, true))
                .compose(done -> store.voidCodes(transaction, caller.districtId(), staffId))
                .compose(done -> add(transaction, caller, staffId, Action.SUSPENDED, new Detail(null, null, reason)))
                .compose(done -> sessions.endAll(transaction, staffId, Caller.Kind.STAFF, null))
                .compose(ended -> view(transaction, caller, staffId));
    }

    Future<StaffView> resume(SqlConnection transaction, Caller caller, Seen seen) {
        var staffId = seen.staffId();
        return others(transaction, caller, seen)
                .compose(account -> account.isSuspended()
                        ? store.setSuspended(transaction, caller.districtId(), staffId, false)
                        : Future.failedFuture(Refusal.conflict("not_suspended")))
                .compose(done -> add(transaction, caller, staffId, Action.RESUMED, Detail.NONE))
                .compose(done -> view(transaction, caller, staffId));
    }

    /** The old password is good no more, and all sessions end. */
    Future<StaffView.Issued> resetPassword(SqlConnection transaction, Caller caller, Seen seen) {
        var code = ActivationCode.make(random, clock.instant());
        var staffId = seen.staffId();
        return others(transaction, caller, seen)
                .compose(account -> account.username() == null
                        ? Future.failedFuture(Refusal.conflict("login_missing"))
                        : requireAdminLeft(transaction, caller, account, false))
                .compose(left -> store.reset(transaction, caller.districtId(), staffId, code))
                .compose(done -> add(transaction, caller, staffId, Action.PASSWORD_RESET, Detail.NONE))
                .compose(done -> sessions.endAll(transaction, staffId, Caller.Kind.STAFF, null))
                .compose(ended -> issued(transaction, caller, staffId, code));
    }

    /** An account that the caller is above, while nobody else changes any. */
    private Future<Account> locked(SqlConnection transaction, Caller caller, UUID staffId) {
        return store.lock(transaction, caller.districtId(), staffId)
                .compose(quiet -> store.lock(transaction, caller.districtId()))
                .compose(locked -> reader.visible(transaction, caller, staffId))
                .map(account -> {
                    if (!account.isBelow()) {
                        throw Refusal.forbidden("own_account");
                    }
                    return account;
                });
    }

    /** The same of somebody else, as it was seen. */
    private Future<Account> others(SqlConnection transaction, Caller caller, Seen seen) {
        return locked(transaction, caller, seen.staffId())
                .map(account -> asSeen(notOwn(caller, account), seen.version()));
    }

    private static Account asSeen(Account account, @Nullable Integer seenVersion) {
        Versions.require(seenVersion, account.version(), "account_changed");
        return account;
    }

    private static Account notOwn(Caller caller, Account account) {
        if (caller.personId().equals(account.id())) {
            throw Refusal.forbidden("own_account");
        }
        return account;
    }

    private static boolean keepsAdmin(Account account, Change asked) {
        var grants = asked.grants();
        return grants == null
                || account.grants().stream()
                        .filter(grant -> grant.role() == Role.ADMIN)
                        .allMatch(grant -> grants.contains(new AskedGrant(grant.role(), grant.scopeId())));
    }

    private Future<Void> requireAdminLeft(
            SqlConnection transaction, Caller caller, Account account, boolean staysAdmin) {
        if (staysAdmin || !account.isAdmin()) {
            return Future.succeededFuture();
        }
        return store.isOtherAdmin(transaction, caller.districtId(), account.id())
                .compose(left -> left ? Future.succeededFuture() : Future.failedFuture(Refusal.conflict("last_admin")));
    }

    private Future<List<Grant>> grantsAsked(SqlConnection transaction, Caller caller, Account account, Change asked) {
        var grants = asked.grants();
        return grants == null
                ? Future.succeededFuture(account.grants())
                : scopes.resolve(transaction, caller.districtId(), Authority.of(caller), grants)
                        .map(resolved -> {
                            // an administrator's own account lies below them like any other
                            if (!account.grants().containsAll(resolved)) {
                                notOwn(caller, account);
                            }
                            return resolved;
                        });
    }

    private Future<Void> change(
            SqlConnection transaction, Caller caller, Account account, @Nullable String name, List<Grant> grants) {
        var newName = name == null || name.equals(account.name()) ? null : name;
        var newGrants = new HashSet<>(grants).equals(new HashSet<>(account.grants())) ? null : grants;
        if (newName == null && newGrants == null) {
            return Future.succeededFuture();
        }
        var renamed = newName == null
                ? Future.<Void>succeededFuture()
                : store.rename(transaction, caller.districtId(), account.id(), newName);
        return renamed.compose(done -> newGrants == null
                        ? Future.<Void>succeededFuture()
                        : regrant(transaction, caller.districtId(), account, newGrants))
                .compose(done ->
                        add(transaction, caller, account.id(), Action.CHANGED, new Detail(newName, newGrants, null)));
    }

    /** Whoever loses a role takes along the codes by which others would get in on the word of it. */
    private Future<Void> regrant(SqlConnection transaction, UUID district, Account account, List<Grant> grants) {
        return store.regrant(transaction, district, account.id(), grants)
                .compose(done -> grants.containsAll(account.grants())
                        ? Future.succeededFuture()
                        : store.voidCodes(transaction, district, account.id()));
    }

    private Future<Void> add(SqlConnection transaction, Caller caller, UUID staffId, Action action, Detail detail) {
        return audit.add(transaction, caller.districtId(), staffId, caller.personId(), action, detail, clock.instant());
    }

    private Future<StaffView> view(SqlConnection transaction, Caller caller, UUID staffId) {
        return store.find(transaction, caller.districtId(), Authority.of(caller), staffId)
                .map(found -> found.orElseThrow(Refusal::notFound))
                .compose(account -> reader.view(transaction, caller.districtId(), account));
    }

    private Future<StaffView.Issued> issued(
            SqlConnection transaction, Caller caller, UUID staffId, ActivationCode code) {
        return view(transaction, caller, staffId).map(view -> StaffView.Issued.of(view, code));
    }
}

package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.identity.session.SessionOwner;
import org.huying.identity.session.Sessions;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;

/** Lets staff in, and lets them set their passwords. */
final class StaffLoginService {
    private final SharedIdentity shared;
    private final Database database;
    private final Sessions sessions;
    private final Admission admission;
    private final AccountAudit audit;

    StaffLoginService(SharedIdentity shared, Database database, FieldCipher cipher) {
        this.shared = shared;
        this.database = database;
        this.sessions = new Sessions(shared.revoked(), shared.clock());
        this.admission = new Admission(shared, cipher);
        this.audit = new AccountAudit(cipher);
    }

    private record Known(Credentials credentials, SessionOwner owner) {}

    /** @param address where the request comes from, for locking out guessers */
    Future<Login> asStaff(String username, String password, String address) {
        return shared.throttle()
                .check(username, address)
                .compose(free -> database.read(client -> CredentialStore.byUsername(client, username)))
                .compose(found -> shared.passwords()
                        .matches(
                                username,
                                address,
                                password,
                                found.map(Credentials::passwordHash).orElse(null))
                        .compose(matches -> settled(username, address, found, credentials -> matches)))
                .compose(known -> renewedHash(known, password, address)
                        .compose(hash -> database.inTransaction(tx -> open(tx, username, hash, known.owner()))))
                .onSuccess(login -> shared.passwords().remember(username, address));
    }

    /** Sets the first password, or a new one after a reset. Costs an unknown name what it costs a known one. */
    Future<Login> activate(String username, String code, String password, String address) {
        var faults = PasswordRules.faults("/password", password, username);
        if (!faults.isEmpty()) {
            return Future.failedFuture(Refusal.ruleBroken(faults.get(0).code(), faults));
        }
        var hash = ActivationCode.hash(code);
        var now = shared.clock().instant();
        return shared.throttle()
                .check(username, address)
                .compose(free -> database.read(client -> CredentialStore.byUsername(client, username)))
                .compose(found -> settled(username, address, found, known -> known.isActivatedBy(hash, now)))
                .compose(known -> shared.passwords()
                        .hashed(username, password)
                        .compose(stored -> database.inTransaction(tx -> useCode(tx, known, hash, stored)
                                .compose(used -> audited(tx, known.owner(), AccountAudit.Action.ACTIVATED))
                                .compose(done -> open(tx, username, stored, known.owner())))));
    }

    /** While nobody changes the roles. A code for other roles stays, and is good again once they are these. */
    private static Future<Void> useCode(SqlConnection transaction, Known known, Buffer code, String passwordHash) {
        var owner = known.owner();
        return Grants.hold(transaction, owner.districtId(), owner.personId())
                .compose(held -> CredentialStore.activate(
                        transaction, known.credentials().username(), code, passwordHash, owner.districtId()))
                .map(used -> {
                    if (!used.orElseThrow(StaffLoginService::badCredentials)) {
                        throw Refusal.conflict("account_changed");
                    }
                    return null;
                });
    }

    /** Ends all other sessions of the caller. */
    Future<Void> changePassword(Caller caller, String current, String next, String address) {
        if (caller.isResident()) {
            return Future.failedFuture(Refusal.forbidden());
        }
        return database.read(client -> CredentialStore.byPerson(client, caller.districtId(), caller.personId()))
                .map(found -> found.orElseThrow(Refusal::forbidden))
                .compose(own -> shared.throttle()
                        .check(own.username(), address)
                        .compose(free ->
                                shared.passwords().matches(own.username(), address, current, own.passwordHash()))
                        .compose(matches -> shared.throttle()
                                .settle(own.username(), address, matches)
                                .map(matches))
                        .map(matches -> {
                            requireAcceptable(own.username(), matches, next);
                            return own;
                        }))
                .compose(own -> shared.passwords()
                        .hashed(own.username(), next)
                        .compose(hash -> database.inTransaction(tx -> replace(tx, caller, own, hash))));
    }

    private Future<Void> replace(SqlConnection transaction, Caller caller, Credentials own, String hash) {
        var before = Objects.requireNonNull(own.passwordHash(), "a password that was verified");
        return CredentialStore.replace(transaction, own.username(), before, hash)
                .compose(replaced -> replaced
                        ? sessions.endAll(transaction, caller.personId(), caller.kind(), caller.sessionId())
                        : Future.failedFuture(passwordWrong()))
                .compose(ended -> audited(
                        transaction,
                        new SessionOwner(caller.personId(), caller.districtId(), caller.kind()),
                        AccountAudit.Action.PASSWORD_CHANGED));
    }

    private static void requireAcceptable(String username, boolean isCurrent, String next) {
        var faults = new ArrayList<Fault>();
        if (!isCurrent) {
            faults.add(new Fault("/currentPassword", "password_wrong"));
        }
        faults.addAll(PasswordRules.faults("/newPassword", next, username));
        Faults.refuse(faults);
    }

    private Future<Void> audited(SqlConnection transaction, SessionOwner owner, AccountAudit.Action action) {
        return audit.add(
                transaction,
                owner.districtId(),
                owner.personId(),
                owner.personId(),
                action,
                AccountAudit.Detail.NONE,
                shared.clock().instant());
    }

    private Future<Login> open(SqlConnection transaction, String username, String passwordHash, SessionOwner owner) {
        return CredentialStore.hold(transaction, username, passwordHash, owner.districtId())
                .compose(held -> held ? sessions.open(transaction, owner) : Future.failedFuture(badCredentials()))
                .compose(session -> admission.login(transaction, session))
                .map(login -> login.orElseThrow(StaffLoginService::badCredentials));
    }

    /** Tells the throttle how it went, and refuses unless it went well. */
    private Future<Known> settled(
            String username, String address, Optional<Credentials> found, Predicate<Credentials> isRight) {
        var known = found.filter(isRight)
                .flatMap(credentials ->
                        Optional.ofNullable(credentials.owner()).map(owner -> new Known(credentials, owner)));
        return shared.throttle()
                .settle(username, address, known.isPresent())
                .map(settled -> known.orElseThrow(StaffLoginService::badCredentials));
    }

    /** The hash that stands then. A password is known in clear only now: what costs too little today is hashed anew. */
    private Future<String> renewedHash(Known known, String password, String address) {
        var hash = Objects.requireNonNull(known.credentials().passwordHash(), "a password that was verified");
        var username = known.credentials().username();
        if (!shared.passwords().isOutdated(hash)) {
            return Future.succeededFuture(hash);
        }
        return shared.passwords()
                .hashed(username, password)
                .compose(renewed -> database.inTransaction(tx -> CredentialStore.replace(tx, username, hash, renewed))
                        .compose(replaced ->
                                replaced ? Future.succeededFuture(renewed) : hashOfNow(username, password, address)));
    }

    /** Of a password that somebody else has hashed anew, or changed, in this very moment. */
    private Future<String> hashOfNow(String username, String password, String address) {
        return database.read(client -> CredentialStore.byUsername(client, username))
                .map(found -> found.map(Credentials::passwordHash).orElseThrow(StaffLoginService::badCredentials))
                .compose(hash -> shared.passwords()
                        .matches(username, address, password, hash)
                        .compose(matches ->
                                matches ? Future.succeededFuture(hash) : Future.failedFuture(badCredentials())));
    }

    private static Refusal passwordWrong() {
        return Faults.of("/currentPassword", "password_wrong");
    }

    private static Refusal badCredentials() {
        return Refusal.unauthenticated("bad_credentials");
    }
}

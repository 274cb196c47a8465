package org.huying.identity.mandate;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.identity.People;
import org.huying.identity.Tidings;
import org.huying.identity.Tidings.Tiding;
import org.huying.identity.Wards;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** Who offers, takes up and ends a mandate. */
final class MandateService {
    private static final Duration CODE_GOOD_FOR = Duration.ofDays(7);
    private static final int MAX_GIVEN = 20;
    private static final int MAX_HELD = 50;

    private final People people;
    private final Wards wards;
    private final MandateStore store;
    private final ConsentPhotos photos;
    private final Tidings tidings;
    private final Clock realTime;

    /** @param realTime on which terms and codes run out, as in the statements */
    MandateService(
            People people, Wards wards, MandateStore store, ConsentPhotos photos, Tidings tidings, Clock realTime) {
        this.people = people;
        this.wards = wards;
        this.store = store;
        this.photos = photos;
        this.tidings = tidings;
        this.realTime = realTime;
    }

    Future<MandateView.Offered> offer(SqlConnection transaction, Caller caller, Offer offer, Instant now) {
        var districtId = caller.districtId();
        return grantor(transaction, caller, offer.grantorId()).compose(grantorId -> {
            var id = Ids.next();
            var code = InviteCode.draw();
            var expiresAt = realTime.instant().truncatedTo(ChronoUnit.MILLIS).plus(CODE_GOOD_FOR);
            return store.lockGrantor(transaction, districtId, grantorId)
                    .compose(locked -> store.countGiven(transaction, districtId, grantorId))
                    .compose(given -> given < MAX_GIVEN
                            ? requireFit(transaction, caller, id, offer)
                            : Future.failedFuture(Refusal.conflict("mandates_full")))
                    .compose(fit -> store.insert(
                            transaction, districtId, id, grantorId, caller.personId(), offer, code, expiresAt, now))
                    .compose(made -> store.find(transaction, districtId, id))
                    .map(found -> found.orElseThrow(IllegalStateException::new))
                    .compose(made -> tell(transaction, districtId, offeredFor(caller, made), now)
                            .map(new MandateView.Offered(
                                    id, code.shown(), "offered", grantorId, made.scope(), made.until(), expiresAt)));
        });
    }

    /** A resident for themself, a grid member for somebody whom they look after; anybody else is not there for them. */
    private Future<UUID> grantor(SqlConnection transaction, Caller caller, @Nullable UUID named) {
        if (caller.isResident()) {
            return named == null || named.equals(caller.personId())
                    ? Future.succeededFuture(caller.personId())
                    : Future.failedFuture(Refusal.forbidden());
        }
        if (named == null) {
            return Future.failedFuture(Faults.of("/grantorId", "grantor_missing"));
        }
        return wards.has(transaction, caller, named)
                .compose(theirs -> theirs ? Future.succeededFuture(named) : Future.failedFuture(Refusal.notFound()));
    }

    private Future<Void> requireFit(SqlConnection transaction, Caller caller, UUID id, Offer offer) {
        var photo = offer.consentPhotoId();
        var claimed = photo == null
                ? Future.succeededFuture(true)
                : photos.claim(transaction, caller.districtId(), caller.personId(), id, photo);
        return claimed.map(isTheirs -> {
            var faults = new ArrayList<Fault>();
            if (!caller.isResident() && offer.consentNote() == null && photo == null) {
                faults.add(new Fault("/consentNote", "consent_missing"));
            }
            if (!isTheirs) {
                faults.add(new Fault("/consentPhotoId", "photo_unknown"));
            }
            if (offer.until() != null && !offer.until().isAfter(realTime.instant())) {
                faults.add(new Fault("/until", "until_past"));
            }
            Faults.refuse(faults);
            return null;
        });
    }

    /** Who takes it up is never the one whom it is about, nor the one who offered it for them. */
    Future<MandateView> accept(SqlConnection transaction, Caller caller, InviteCode code, Instant now) {
        var districtId = caller.districtId();
        var proxyId = caller.personId();
        return store.lockInvited(transaction, districtId, code)
                .map(found -> found.orElseThrow(() -> Refusal.notFound("invite_unknown")))
                .compose(offered -> requireNoConflict(transaction, caller, offered)
                        .compose(fit -> store.lockGrantor(transaction, districtId, offered.grantorId()))
                        .compose(locked -> store.countHeld(transaction, districtId, proxyId))
                        .compose(held -> held < MAX_HELD
                                ? store.accept(transaction, districtId, offered, proxyId, now)
                                : Future.failedFuture(Refusal.conflict("mandates_held_full")))
                        .compose(accepted -> tell(
                                transaction,
                                districtId,
                                List.of(
                                        tiding(offered.grantorId(), "mandate_accepted", offered),
                                        tiding(proxyId, "mandate_held", offered)),
                                now))
                        .compose(told -> store.find(transaction, districtId, offered.id())))
                .compose(mandate -> view(transaction, caller, mandate.orElseThrow()));
    }

    private Future<Void> requireNoConflict(SqlConnection transaction, Caller caller, Mandate offered) {
        var person = caller.personId();
        if (person.equals(offered.grantorId()) || person.equals(offered.offeredById())) {
            return Future.failedFuture(Refusal.forbidden("own_mandate"));
        }
        if (!offered.forTicket()) {
            return Future.succeededFuture();
        }
        return people.servedByFirmOf(transaction, caller.districtId(), person, List.of(offered.grantorId()))
                .compose(served -> served.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(Refusal.forbidden("mandate_conflict")));
    }

    /** Ending what has ended already does nothing. */
    Future<Void> revoke(SqlConnection transaction, Caller caller, UUID mandateId, Instant now) {
        return visible(transaction, caller, mandateId)
                .compose(mandate -> store.revoke(transaction, caller.districtId(), mandateId, now, caller.personId())
                        .compose(revoked -> tell(
                                transaction,
                                caller.districtId(),
                                revoked
                                        ? mandate.sides().stream()
                                                .map(side -> tiding(side, "mandate_ended", mandate))
                                                .toList()
                                        : List.of(),
                                now)));
    }

    /** The caller's own, or those of somebody whom they look after, with masked names. */
    Future<Page<MandateView>> list(
            SqlClient client, Caller caller, @Nullable UUID residentId, @Nullable Cursor cursor, int limit) {
        var person = residentId == null ? caller.personId() : residentId;
        var own = person.equals(caller.personId());
        return (own ? Future.succeededFuture(true) : wards.has(client, caller, person))
                .compose(may -> may
                        ? store.list(
                                client, caller.districtId(), person, cursor == null ? null : cursor.uuid(0), limit + 1)
                        : Future.failedFuture(Refusal.notFound()))
                .compose(found -> {
                    var page = Page.of(found, limit, each -> List.of(each.id().toString()));
                    var sides = page.items().stream()
                            .flatMap(each -> each.sides().stream())
                            .distinct()
                            .toList();
                    return people.names(client, caller.districtId(), sides)
                            .map(names -> page.map(each -> MandateView.of(each, names, !own)));
                });
    }

    Future<Boolean> sees(SqlClient client, Caller caller, UUID mandateId) {
        return store.find(client, caller.districtId(), mandateId)
                .compose(found -> found.isEmpty() ? Future.succeededFuture(false) : sees(client, caller, found.get()));
    }

    private Future<Boolean> sees(SqlClient client, Caller caller, Mandate mandate) {
        return mandate.isBetween(caller.personId())
                ? Future.succeededFuture(true)
                : wards.has(client, caller, mandate.grantorId());
    }

    private Future<Mandate> visible(SqlClient client, Caller caller, UUID mandateId) {
        return store.find(client, caller.districtId(), mandateId)
                .map(found -> found.orElseThrow(Refusal::notFound))
                .compose(mandate -> sees(client, caller, mandate)
                        .compose(sees ->
                                sees ? Future.succeededFuture(mandate) : Future.failedFuture(Refusal.notFound())));
    }

    private Future<MandateView> view(SqlClient client, Caller caller, Mandate mandate) {
        return people.names(client, caller.districtId(), mandate.sides())
                .map(names -> MandateView.of(mandate, names, false));
    }

    /** Who offers their own knows. */
    private static List<Tiding> offeredFor(Caller caller, Mandate mandate) {
        return mandate.grantorId().equals(caller.personId())
                ? List.of()
                : List.of(tiding(mandate.grantorId(), "mandate_offered", mandate));
    }

    private Future<Void> tell(SqlConnection transaction, UUID districtId, List<Tiding> told, Instant now) {
        return tidings.tell(transaction, districtId, told, now);
    }

    private static Tiding tiding(UUID recipientId, String kind, Mandate mandate) {
        return new Tiding(recipientId, kind, mandate.id(), new JsonObject());
    }
}

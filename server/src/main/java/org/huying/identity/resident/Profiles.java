package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.identity.Wards;
import org.huying.identity.unmasking.Look;
import org.huying.identity.unmasking.Unmaskings;
import org.huying.kernel.Caller;
import org.huying.kernel.Faults;
import org.huying.kernel.Masked;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;
import org.huying.kernel.spelling.NormalForm;
import org.huying.place.Place;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** What is known of residents: they tell it themselves, or the grid member of where they live does. */
public final class Profiles {
    private final Places places;
    private final ResidentStore store;
    private final Wards wards;
    private final Unmaskings unmaskings;
    private final Clock clock;

    public Profiles(Places places, FieldCipher cipher, Wards wards, Unmaskings unmaskings, Clock clock) {
        this.places = places;
        this.store = new ResidentStore(cipher);
        this.wards = wards;
        this.unmaskings = unmaskings;
        this.clock = clock;
    }

    /** By the resident. Nobody has seen a document, so a birth date that somebody has seen one for stays. */
    public Future<Void> changeOwn(
            SqlConnection transaction, Caller caller, @Nullable String name, @Nullable LocalDate birthDate) {
        return store.lock(transaction, caller.districtId(), caller.personId())
                .compose(locked -> store.find(transaction, caller.districtId(), caller.personId(), List.of()))
                .compose(found -> {
                    var own = found.filter(each -> !each.erased()).orElseThrow(Refusal::notFound);
                    if (birthDate != null && own.birthDateVerified()) {
                        throw Refusal.conflict("birth_date_verified");
                    }
                    requireFree(name, "/displayName");
                    return change(transaction, caller, own, new ResidentChange(name, null, birthDate, null));
                });
    }

    Future<ResidentDetail> get(SqlClient client, Caller caller, UUID residentId) {
        return inSight(client, caller, residentId).map(ResidentDetail::of);
    }

    /** By their grid member: who says that they have seen a document says so for the date that is sent, or was there. */
    Future<ResidentDetail> change(
            SqlConnection transaction,
            Caller caller,
            UUID residentId,
            ResidentChange change,
            @Nullable Integer seenVersion) {
        return store.lock(transaction, caller.districtId(), residentId)
                .compose(locked -> inSight(transaction, caller, residentId))
                .compose(resident -> {
                    requireFit(resident, change, seenVersion);
                    requireFree(change.name(), "/name");
                    return change(transaction, caller, resident, change);
                })
                .compose(done -> get(transaction, caller, residentId));
    }

    /** What is verified is what was seen: the date that is sent, or that of a version which is still the present one. */
    private static void requireFit(KnownResident resident, ResidentChange change, @Nullable Integer seenVersion) {
        Versions.require(seenVersion, resident.version(), "resident_changed");
        if (change.birthDate() != null && resident.birthDateVerified() && change.birthDateVerified() == null) {
            throw Refusal.conflict("birth_date_verified");
        }
        if (change.verifiesWhatIsThere()) {
            if (resident.birthDate() == null) {
                throw Faults.of("/birthDate", "birth_date_missing");
            }
            if (seenVersion == null) {
                throw Faults.of("/version", "version_required");
            }
        }
    }

    /** On record, in the same transaction. */
    Future<UnmaskedResident> unmask(SqlConnection transaction, Caller caller, UUID residentId, String reason) {
        return inSight(transaction, caller, residentId)
                .compose(resident -> pathOf(transaction, caller, resident)
                        .compose(path -> unmaskings.record(
                                transaction,
                                caller,
                                new Look(
                                        Role.GRID_MEMBER,
                                        residentId,
                                        null,
                                        path,
                                        false,
                                        List.of("name", "phone", "birthDate", "address"),
                                        reason)))
                        .map(UnmaskedResident.of(resident)));
    }

    /**
     * Whether the resident is still to be erased, for an administrator, or for their grid member where they do not log in;
     * refuses others.
     */
    public Future<Boolean> isToBeErased(SqlConnection transaction, Caller caller, UUID residentId) {
        return store.lock(transaction, caller.districtId(), residentId)
                .compose(locked ->
                        store.find(transaction, caller.districtId(), residentId, caller.scopesOf(Role.GRID_MEMBER)))
                .map(found -> found.orElseThrow(Refusal::notFound))
                .compose(resident -> caller.is(Role.ADMIN)
                        ? Future.succeededFuture(!resident.erased())
                        : requireWard(transaction, caller, resident).map(theirs -> {
                            if (resident.hasLogin()) {
                                throw Refusal.forbidden();
                            }
                            return !resident.erased();
                        }));
    }

    /**
     * Puts on record that somebody was erased.
     *
     * @param reason why somebody else did it
     */
    public Future<Void> noteErased(
            SqlConnection transaction, UUID districtId, UUID actorId, UUID residentId, @Nullable String reason) {
        return store.note(transaction, districtId, actorId, residentId, List.of("erased"), reason, clock.instant());
    }

    /** The name of the erased is theirs alone. */
    private static void requireFree(@Nullable String name, String pointer) {
        if (name != null && NormalForm.ofName(name).equals(NormalForm.ofName(Masked.ERASED))) {
            throw Faults.of(pointer, "name_reserved");
        }
    }

    private Future<Void> change(
            SqlConnection transaction, Caller caller, KnownResident resident, ResidentChange change) {
        if (change.fields().isEmpty()) {
            return Future.succeededFuture();
        }
        var now = clock.instant();
        return places.zone(transaction, caller.districtId()).compose(zone -> {
            if (change.birthDate() != null) {
                BirthDates.requireLikely(change.birthDate(), now, zone);
            }
            var birthDate = change.birthDate() == null ? resident.birthDate() : change.birthDate();
            if (Boolean.TRUE.equals(change.birthDateVerified()) && birthDate != null) {
                BirthDates.requireVerifiable(birthDate, now, zone);
            }
            return store.change(transaction, caller.districtId(), caller.personId(), resident.id(), change, now);
        });
    }

    /** Where they live, or else where the grid member who registered them is at home. */
    private Future<List<UUID>> pathOf(SqlClient client, Caller caller, KnownResident resident) {
        var home = resident.home();
        return home != null
                ? Future.succeededFuture(home.path())
                : places.get(
                                client,
                                caller.districtId(),
                                caller.scopesOf(Role.GRID_MEMBER).get(0))
                        .map(Place::path);
    }

    /**
     * For the grid member of where they live, or who registered them. Who meets the resident elsewhere learns that this
     * is not theirs to do, and anybody else nothing.
     */
    private Future<KnownResident> inSight(SqlClient client, Caller caller, UUID residentId) {
        return store.find(client, caller.districtId(), residentId, caller.scopesOf(Role.GRID_MEMBER))
                .map(found -> found.filter(each -> !each.erased()).orElseThrow(Refusal::notFound))
                .compose(resident -> requireWard(client, caller, resident));
    }

    private Future<KnownResident> requireWard(SqlClient client, Caller caller, KnownResident resident) {
        return wards.has(client, caller, resident.id()).map(theirs -> {
            if (theirs) {
                return resident;
            }
            throw Wards.meetsEverybody(caller) || caller.personId().equals(resident.id())
                    ? Refusal.forbidden()
                    : Refusal.notFound();
        });
    }
}

package org.huying.place.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;
import org.huying.place.Organization;
import org.huying.place.Place;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Reshapes the tree of places. A path leads from the district down to the place, so its length tells the level. */
final class TreeService {
    private static final List<String> LEVELS = List.of("district", "town", "community", "compound");
    private static final Set<String> WITH_OFFICE = Set.of("town", "community");

    private final Places places;
    private final TreeStore tree;
    private final OrganizationStore organizations;
    private final Uses placeUses;
    private final Uses organizationUses;

    TreeService(Places places, TreeStore tree, OrganizationStore organizations, Uses placeUses, Uses organizationUses) {
        this.places = places;
        this.tree = tree;
        this.organizations = organizations;
        this.placeUses = placeUses;
        this.organizationUses = organizationUses;
    }

    /** By an administrator; with its office, where its level has one. */
    Future<Place> create(SqlConnection transaction, Caller caller, NewPlace asked) {
        var districtId = caller.districtId();
        var id = Ids.next();
        return tree.lockDistrict(transaction, districtId)
                .compose(locked -> places.get(transaction, districtId, asked.parentId()))
                .compose(parent -> requireFreeName(transaction, districtId, parent.id(), asked.name(), id)
                        .compose(free -> requireFreeOfficeName(transaction, districtId, asked))
                        .map(free -> {
                            Faults.refuse(faults(asked, parent));
                            var path = new ArrayList<>(parent.path());
                            path.add(id);
                            return new Place(
                                    id, Versions.FIRST, asked.level(), asked.kind(), parent.id(), asked.name(), path);
                        }))
                .compose(place -> tree.insert(transaction, districtId, place)
                        .compose(done -> openOffice(transaction, districtId, asked, id))
                        .map(place));
    }

    /** By an administrator. Moving takes along all that is below; what was reported keeps the path that it had then. */
    Future<Place> change(SqlConnection transaction, Caller caller, UUID placeId, PlaceChange change) {
        var districtId = caller.districtId();
        return administered(transaction, caller, placeId)
                .compose(seen -> tree.lockDistrict(transaction, districtId))
                .compose(locked -> places.get(transaction, districtId, placeId))
                .map(place -> {
                    Versions.require(change.seenVersion(), place.version(), "place_changed");
                    return place;
                })
                .compose(place -> parent(transaction, districtId, place, change.parentId())
                        .compose(parent -> change(
                                transaction,
                                districtId,
                                place,
                                change.name() == null ? place.name() : change.name(),
                                parent.orElse(null))))
                .compose(done -> places.get(transaction, districtId, placeId));
    }

    private Future<Void> change(
            SqlConnection transaction, UUID districtId, Place place, String name, @Nullable Place newParent) {
        var parentId = newParent == null ? place.parentId() : newParent.id();
        return requireFreeName(transaction, districtId, parentId, name, place.id())
                .compose(free -> {
                    if (newParent != null
                            && newParent.path().size() != place.path().size() - 1) {
                        throw Faults.of("/parentId", "parent_level_wrong");
                    }
                    return name.equals(place.name())
                            ? Future.succeededFuture()
                            : tree.rename(transaction, districtId, place.id(), name);
                })
                .compose(done -> newParent == null || newParent.id().equals(place.parentId())
                        ? Future.succeededFuture()
                        : tree.move(transaction, districtId, place.id(), newParent.id(), newParent.path()));
    }

    /** By an administrator, while nothing refers to it; its office goes with it. */
    Future<Void> delete(SqlConnection transaction, Caller caller, UUID placeId) {
        var districtId = caller.districtId();
        return administered(transaction, caller, placeId)
                .compose(seen -> tree.lockDistrict(transaction, districtId))
                .compose(locked -> tree.lockPlace(transaction, districtId, placeId))
                .compose(there -> there
                        ? places.officeOf(transaction, districtId, placeId)
                        : Future.failedFuture(Refusal.notFound()))
                .compose(office -> isUsed(transaction, districtId, placeId, office))
                .compose(used -> used ? inUse() : tree.delete(transaction, districtId, placeId))
                .recover(failure -> Database.isStillReferredTo(failure) ? inUse() : Future.failedFuture(failure));
    }

    private Future<Boolean> isUsed(
            SqlConnection transaction, UUID districtId, UUID placeId, Optional<Organization> office) {
        return placeUses
                .isUsed(transaction, districtId, placeId)
                .compose(used -> used || office.isEmpty()
                        ? Future.succeededFuture(used)
                        : organizations
                                .lock(transaction, districtId, office.get().id())
                                .compose(locked -> organizationUses.isUsed(
                                        transaction, districtId, office.get().id())));
    }

    private Future<Void> openOffice(SqlConnection transaction, UUID districtId, NewPlace asked, UUID placeId) {
        return WITH_OFFICE.contains(asked.level())
                ? organizations.insert(
                        transaction,
                        districtId,
                        new Organization(
                                Ids.next(), Versions.FIRST, OrganizationService.OFFICE, officeName(asked), placeId))
                : Future.succeededFuture();
    }

    /** The place, if the caller may change it. */
    private Future<Place> administered(SqlClient client, Caller caller, UUID placeId) {
        return places.get(client, caller.districtId(), placeId).map(place -> {
            caller.require(Role.ADMIN);
            return place;
        });
    }

    private Future<Optional<Place>> parent(SqlClient client, UUID districtId, Place place, @Nullable UUID parentId) {
        return parentId == null || parentId.equals(place.parentId())
                ? Future.succeededFuture(Optional.empty())
                : places.get(client, districtId, parentId).map(Optional::of);
    }

    private Future<Void> requireFreeName(
            SqlConnection transaction, UUID districtId, @Nullable UUID parentId, String name, UUID exceptId) {
        return tree.isNameTaken(transaction, districtId, parentId, name, exceptId)
                .compose(taken ->
                        taken ? Future.failedFuture(Refusal.conflict("place_exists")) : Future.succeededFuture());
    }

    private Future<Void> requireFreeOfficeName(SqlConnection transaction, UUID districtId, NewPlace asked) {
        return WITH_OFFICE.contains(asked.level())
                ? organizations.requireFreeName(
                        transaction, districtId, OrganizationService.OFFICE, officeName(asked), null)
                : Future.succeededFuture();
    }

    private static List<Fault> faults(NewPlace asked, Place parent) {
        var faults = new ArrayList<Fault>();
        if (parent.path().size() != LEVELS.indexOf(asked.level())) {
            faults.add(new Fault("/parentId", "parent_level_wrong"));
        }
        var isCompound = asked.level().equals("compound");
        if (isCompound != (asked.kind() != null)) {
            faults.add(new Fault("/kind", isCompound ? "kind_required" : "kind_unexpected"));
        }
        if (asked.officeName() != null && !WITH_OFFICE.contains(asked.level())) {
            faults.add(new Fault("/officeName", "office_name_unexpected"));
        }
        return faults;
    }

    private static String officeName(NewPlace asked) {
        return asked.officeName() == null ? asked.name() : asked.officeName();
    }

    private static <T> Future<T> inUse() {
        return Future.failedFuture(Refusal.conflict("place_in_use"));
    }
}

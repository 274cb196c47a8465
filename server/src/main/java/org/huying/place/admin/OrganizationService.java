package org.huying.place.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.Versions;
import org.huying.place.Organization;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Who takes responsibility in a district, and who works under contract for whom. */
final class OrganizationService {
    static final String OFFICE = "office";

    private static final String COOPERATIVE = "cooperative";

    /** Those to which tickets can go. */
    private static final Set<String> RESPONSIBLE = Set.of("firm", OFFICE, "department");

    private final Places places;
    private final TreeStore tree;
    private final OrganizationStore store;
    private final Uses uses;

    OrganizationService(Places places, TreeStore tree, OrganizationStore store, Uses uses) {
        this.places = places;
        this.tree = tree;
        this.store = store;
        this.uses = uses;
    }

    Future<Page<Organization>> list(
            SqlClient client, Caller caller, @Nullable String kind, @Nullable Cursor cursor, int limit) {
        return store.list(
                        client,
                        caller.districtId(),
                        kind,
                        cursor == null ? null : cursor.text(0),
                        cursor == null ? null : cursor.uuid(1),
                        limit + 1)
                .map(found -> Page.of(found, limit, o -> List.of(o.name(), o.id().toString())));
    }

    /** The organization, or a refusal that says there is none. */
    Future<Organization> get(SqlClient client, UUID districtId, UUID organizationId) {
        return places.organization(client, districtId, organizationId)
                .map(found -> found.orElseThrow(Refusal::notFound));
    }

    /** By an administrator; offices come with their places. */
    Future<Organization> create(SqlConnection transaction, Caller caller, String kind, String name) {
        var districtId = caller.districtId();
        var made = new Organization(Ids.next(), Versions.FIRST, kind, name, null);
        return tree.lockDistrict(transaction, districtId)
                .compose(locked -> store.requireFreeName(transaction, districtId, kind, name, null))
                .compose(free -> {
                    if (kind.equals(OFFICE)) {
                        throw Faults.of("/kind", "office_with_its_place");
                    }
                    return store.insert(transaction, districtId, made);
                })
                .map(made);
    }

    /**
     * By an administrator.
     *
     * @param seenVersion of the organization that is to be renamed; null for whatever it is
     */
    Future<Organization> rename(
            SqlConnection transaction, Caller caller, UUID organizationId, @Nullable Integer seenVersion, String name) {
        var districtId = caller.districtId();
        return administered(transaction, caller, organizationId)
                .compose(seen -> tree.lockDistrict(transaction, districtId))
                .compose(locked -> get(transaction, districtId, organizationId))
                .compose(found -> {
                    Versions.require(seenVersion, found.version(), "organization_changed");
                    return store.requireFreeName(transaction, districtId, found.kind(), name, found.id());
                })
                .compose(free -> store.rename(transaction, districtId, organizationId, name))
                .compose(renamed -> get(transaction, districtId, organizationId));
    }

    /** By an administrator, while nothing refers to it; an office goes with its place only. */
    Future<Void> delete(SqlConnection transaction, Caller caller, UUID organizationId) {
        var districtId = caller.districtId();
        return administered(transaction, caller, organizationId)
                .compose(found -> found.isOffice() ? inUse() : tree.lockDistrict(transaction, districtId))
                .compose(locked -> store.lock(transaction, districtId, organizationId))
                .compose(there -> there
                        ? uses.isUsed(transaction, districtId, organizationId)
                        : Future.failedFuture(Refusal.notFound()))
                .compose(used -> used ? inUse() : store.delete(transaction, districtId, organizationId))
                .recover(failure -> Database.isStillReferredTo(failure) ? inUse() : Future.failedFuture(failure));
    }

    /** For staff. */
    Future<Page<Contract>> contracts(
            SqlClient client, Caller caller, UUID organizationId, @Nullable Cursor cursor, int limit) {
        return get(client, caller.districtId(), organizationId)
                .compose(found -> {
                    requireStaff(caller);
                    return store.contracts(
                            client,
                            caller.districtId(),
                            organizationId,
                            cursor == null ? null : cursor.uuid(0),
                            limit + 1);
                })
                .map(found -> Page.of(
                        found,
                        limit,
                        contract -> List.of(contract.cooperativeId().toString())));
    }

    /** By an administrator; once is as good as twice. */
    Future<Contract> addContract(SqlConnection transaction, Caller caller, UUID organizationId, UUID cooperativeId) {
        var districtId = caller.districtId();
        return tree.lockDistrict(transaction, districtId)
                .compose(locked -> get(transaction, districtId, organizationId))
                .compose(organization -> get(transaction, districtId, cooperativeId)
                        .map(cooperative -> {
                            caller.require(Role.ADMIN);
                            Faults.refuse(faults(organization, cooperative));
                            return new Contract(organizationId, cooperativeId, cooperative.name());
                        }))
                .compose(contract -> store.addContract(transaction, districtId, organizationId, cooperativeId)
                        .map(contract));
    }

    /** By an administrator; what is assigned already stays with whom it is assigned to. */
    Future<Void> endContract(SqlConnection transaction, Caller caller, UUID organizationId, UUID cooperativeId) {
        return administered(transaction, caller, organizationId)
                .compose(found -> store.endContract(transaction, caller.districtId(), organizationId, cooperativeId))
                .compose(ended -> ended ? Future.succeededFuture() : Future.failedFuture(Refusal.notFound()));
    }

    /** What is wrong with making the organization responsible for tickets. */
    static List<Fault> responsibilityFaults(Organization organization, String pointer) {
        return RESPONSIBLE.contains(organization.kind())
                ? List.of()
                : List.of(new Fault(pointer, "organization_not_responsible"));
    }

    static void requireStaff(Caller caller) {
        if (caller.isResident()) {
            throw Refusal.forbidden();
        }
    }

    private static List<Fault> faults(Organization organization, Organization cooperative) {
        var faults = new ArrayList<>(responsibilityFaults(organization, "/path/organizationId"));
        if (!cooperative.kind().equals(COOPERATIVE)) {
            faults.add(new Fault("/path/cooperativeId", "not_a_cooperative"));
        }
        return faults;
    }

    private Future<Organization> administered(SqlClient client, Caller caller, UUID organizationId) {
        return get(client, caller.districtId(), organizationId).map(found -> {
            caller.require(Role.ADMIN);
            return found;
        });
    }

    private static <T> Future<T> inUse() {
        return Future.failedFuture(Refusal.conflict("organization_in_use"));
    }
}

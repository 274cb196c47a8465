package org.huying.place.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Decides where what is reported from now on goes; what was reported already stays where it is. */
final class ServiceAreaService {
    private final Places places;
    private final TreeStore tree;
    private final OrganizationService organizations;
    private final ServiceAreaStore store;
    private final ServiceItemCodes items;

    ServiceAreaService(
            Places places,
            TreeStore tree,
            OrganizationService organizations,
            ServiceAreaStore store,
            ServiceItemCodes items) {
        this.places = places;
        this.tree = tree;
        this.organizations = organizations;
        this.store = store;
        this.items = items;
    }

    /** For staff. */
    Future<Page<ServiceArea>> list(
            SqlClient client,
            Caller caller,
            @Nullable UUID placeId,
            @Nullable UUID organizationId,
            @Nullable Cursor cursor,
            int limit) {
        OrganizationService.requireStaff(caller);
        return store.list(
                        client,
                        caller.districtId(),
                        placeId,
                        organizationId,
                        cursor == null ? null : cursor.uuid(0),
                        limit + 1)
                .map(found -> Page.of(found, limit, area -> List.of(area.id().toString())));
    }

    /** By an administrator. */
    Future<ServiceArea> create(
            SqlConnection transaction, Caller caller, UUID placeId, UUID organizationId, @Nullable String code) {
        var districtId = caller.districtId();
        return tree.lockDistrict(transaction, districtId)
                .compose(locked -> places.get(transaction, districtId, placeId))
                .compose(place -> organizations
                        .get(transaction, districtId, organizationId)
                        .compose(organization -> isKnown(transaction, districtId, code)
                                .compose(known -> {
                                    var faults = new ArrayList<>(
                                            OrganizationService.responsibilityFaults(organization, "/organizationId"));
                                    if (!known) {
                                        faults.add(new Fault("/serviceItemCode", "service_item_unknown"));
                                    }
                                    return insert(
                                            transaction,
                                            districtId,
                                            new ServiceArea(
                                                    Ids.next(),
                                                    placeId,
                                                    place.name(),
                                                    organizationId,
                                                    organization.name(),
                                                    code),
                                            faults);
                                })));
    }

    /** A conflict is told before broken rules; the transaction ends with either. */
    private Future<ServiceArea> insert(
            SqlConnection transaction, UUID districtId, ServiceArea area, List<Fault> faults) {
        return store.insert(transaction, districtId, area).map(inserted -> {
            if (!inserted) {
                throw Refusal.conflict("service_area_exists");
            }
            Faults.refuse(faults);
            return area;
        });
    }

    /** By an administrator. */
    Future<Void> delete(SqlConnection transaction, Caller caller, UUID areaId) {
        return store.exists(transaction, caller.districtId(), areaId).compose(there -> {
            if (!there) {
                throw Refusal.notFound();
            }
            caller.require(Role.ADMIN);
            return store.delete(transaction, caller.districtId(), areaId);
        });
    }

    private Future<Boolean> isKnown(SqlClient client, UUID districtId, @Nullable String code) {
        return code == null ? Future.succeededFuture(true) : items.isKnown(client, districtId, code);
    }
}

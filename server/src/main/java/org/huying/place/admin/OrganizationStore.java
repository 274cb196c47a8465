package org.huying.place.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.kernel.Refusal;
import org.huying.kernel.spelling.NormalForm;
import org.huying.place.Organization;
import org.jspecify.annotations.Nullable;

/** Organizations and their contracts. Names are only once there under the lock of the district. */
final class OrganizationStore {
    /** Of one kind, or of all without. */
    Future<List<Organization>> list(
            SqlClient client,
            UUID districtId,
            @Nullable String kind,
            @Nullable String afterName,
            @Nullable UUID afterId,
            int limit) {
        return client.preparedQuery(OrganizationSql.LIST)
                .execute(Tuple.of(districtId, kind, afterName, afterId, limit))
                .map(Rows.list(Organization::from));
    }

    /** Refuses a name that another organization of the kind has, however it is spelled. */
    Future<Void> requireFreeName(
            SqlConnection transaction, UUID districtId, String kind, String name, @Nullable UUID exceptId) {
        return transaction
                .preparedQuery(OrganizationSql.NAMES_BESIDE)
                .execute(Tuple.of(districtId, kind, exceptId))
                .map(Rows.list(row -> row.getString("name")))
                .compose(names -> NormalForm.ofName(name).isAmong(names)
                        ? Future.failedFuture(Refusal.conflict("organization_exists"))
                        : Future.succeededFuture());
    }

    Future<Void> insert(SqlConnection transaction, UUID districtId, Organization organization) {
        return transaction
                .preparedQuery(OrganizationSql.INSERT)
                .execute(Tuple.of(
                        districtId,
                        organization.id(),
                        organization.kind(),
                        organization.name(),
                        organization.officePlaceId()))
                .mapEmpty();
    }

    Future<Void> rename(SqlConnection transaction, UUID districtId, UUID organizationId, String name) {
        return transaction
                .preparedQuery(OrganizationSql.RENAME)
                .execute(Tuple.of(districtId, organizationId, name))
                .mapEmpty();
    }

    /** False when it is gone. */
    Future<Boolean> lock(SqlConnection transaction, UUID districtId, UUID organizationId) {
        return transaction
                .preparedQuery(OrganizationSql.LOCK)
                .execute(Tuple.of(districtId, organizationId))
                .map(rows -> rows.size() == 1);
    }

    /** Fails while something refers to it. */
    Future<Void> delete(SqlConnection transaction, UUID districtId, UUID organizationId) {
        return transaction
                .preparedQuery(OrganizationSql.DELETE)
                .execute(Tuple.of(districtId, organizationId))
                .mapEmpty();
    }

    Future<List<Contract>> contracts(
            SqlClient client, UUID districtId, UUID organizationId, @Nullable UUID after, int limit) {
        return client.preparedQuery(OrganizationSql.CONTRACTS)
                .execute(Tuple.of(districtId, organizationId, after, limit))
                .map(Rows.list(Contract::from));
    }

    Future<Void> addContract(SqlConnection transaction, UUID districtId, UUID organizationId, UUID cooperativeId) {
        return transaction
                .preparedQuery(OrganizationSql.ADD_CONTRACT)
                .execute(Tuple.of(districtId, organizationId, cooperativeId))
                .mapEmpty();
    }

    /** False when there was none. */
    Future<Boolean> endContract(SqlConnection transaction, UUID districtId, UUID organizationId, UUID cooperativeId) {
        return transaction
                .preparedQuery(OrganizationSql.END_CONTRACT)
                .execute(Tuple.of(districtId, organizationId, cooperativeId))
                .map(rows -> rows.rowCount() == 1);
    }
}

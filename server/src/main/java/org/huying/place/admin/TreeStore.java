package org.huying.place.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.kernel.spelling.NormalForm;
import org.huying.place.Place;
import org.jspecify.annotations.Nullable;

/** Writes the tree of places. All but the first are right only under the lock of the district. */
final class TreeStore {
    /** One who changes the tree or the organizations of a district at a time; until the transaction has ended. */
    Future<Void> lockDistrict(SqlConnection transaction, UUID districtId) {
        return transaction
                .preparedQuery(TreeSql.LOCK_DISTRICT)
                .execute(Tuple.of(districtId))
                .mapEmpty();
    }

    /** False when it is gone. */
    Future<Boolean> lockPlace(SqlConnection transaction, UUID districtId, UUID placeId) {
        return transaction
                .preparedQuery(TreeSql.LOCK_PLACE)
                .execute(Tuple.of(districtId, placeId))
                .map(rows -> rows.size() == 1);
    }

    /** Whether the parent has another place of this name, however it is spelled. */
    Future<Boolean> isNameTaken(
            SqlConnection transaction, UUID districtId, @Nullable UUID parentId, String name, UUID exceptId) {
        return transaction
                .preparedQuery(TreeSql.NAMES_BESIDE)
                .execute(Tuple.of(districtId, parentId, exceptId))
                .map(Rows.list(row -> row.getString("name")))
                .map(NormalForm.ofName(name)::isAmong);
    }

    Future<Void> insert(SqlConnection transaction, UUID districtId, Place place) {
        return transaction
                .preparedQuery(TreeSql.INSERT_PLACE)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(place.id())
                        .addString(place.level())
                        .addString(place.kind())
                        .addUUID(place.parentId())
                        .addString(place.name())
                        .addArrayOfUUID(place.path().toArray(UUID[]::new)))
                .mapEmpty();
    }

    Future<Void> rename(SqlConnection transaction, UUID districtId, UUID placeId, String name) {
        return transaction
                .preparedQuery(TreeSql.RENAME_PLACE)
                .execute(Tuple.of(districtId, placeId, name))
                .mapEmpty();
    }

    /** With all below it. */
    Future<Void> move(
            SqlConnection transaction, UUID districtId, UUID placeId, UUID newParentId, List<UUID> newParentPath) {
        return transaction
                .preparedQuery(TreeSql.MOVE_PLACE)
                .execute(Tuple.of(districtId, placeId, newParentId, newParentPath.toArray(UUID[]::new)))
                .mapEmpty();
    }

    /** With its office. Fails while something refers to either. */
    Future<Void> delete(SqlConnection transaction, UUID districtId, UUID placeId) {
        return transaction
                .preparedQuery(TreeSql.DELETE_OFFICE)
                .execute(Tuple.of(districtId, placeId))
                .compose(done -> transaction.preparedQuery(TreeSql.DELETE_PLACE).execute(Tuple.of(districtId, placeId)))
                .mapEmpty();
    }
}

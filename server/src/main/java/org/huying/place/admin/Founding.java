package org.huying.place.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneId;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.spelling.NormalForm;

/** Where a district begins: its row, the top of its tree and that one's office. What else each has, triggers give it. */
public final class Founding {
    private static final String NAMES = """
            SELECT name FROM district
            """;

    /** The first one is the one for those who name none. */
    private static final String INSERT_DISTRICT = """
            INSERT INTO district (id, name, zone, is_default)
            SELECT $1, $2, $3, NOT EXISTS (SELECT 1 FROM district)
            """;

    private static final String INSERT_TOP = """
            INSERT INTO place (district_id, id, level, name, path) VALUES ($1, $2, 'district', $3, ARRAY[$2::uuid])
            """;

    private static final String INSERT_OFFICE = """
            INSERT INTO organization (district_id, id, kind, name, office_place_id) VALUES ($1, $2, 'office', $3, $4)
            """;

    private Founding() {}

    /** The ids of a district and of its top. */
    public record Founded(UUID districtId, UUID topPlaceId) {}

    public static Future<Founded> found(SqlConnection transaction, String name, ZoneId zone) {
        var founded = new Founded(Ids.next(), Ids.next());
        return transaction
                .query("LOCK TABLE district IN SHARE ROW EXCLUSIVE MODE")
                .execute()
                .compose(locked -> transaction.query(NAMES).execute())
                .map(Rows.list(row -> row.getString("name")))
                .compose(names -> NormalForm.ofName(name).isAmong(names)
                        ? Future.failedFuture(Refusal.conflict("district_exists"))
                        : transaction
                                .preparedQuery(INSERT_DISTRICT)
                                .execute(Tuple.of(founded.districtId(), name, zone.getId())))
                .compose(made -> transaction
                        .preparedQuery(INSERT_TOP)
                        .execute(Tuple.of(founded.districtId(), founded.topPlaceId(), name)))
                .compose(made -> transaction
                        .preparedQuery(INSERT_OFFICE)
                        .execute(Tuple.of(founded.districtId(), Ids.next(), name, founded.topPlaceId())))
                .map(founded);
    }
}

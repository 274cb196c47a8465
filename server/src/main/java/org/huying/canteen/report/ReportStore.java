package org.huying.canteen.report;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.huying.db.FieldCipher;

/** Reads what the papers are made of. */
final class ReportStore {
    private final FieldCipher cipher;

    ReportStore(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** Booked, confirmed or served; by code. */
    Future<List<KitchenBooking>> kitchenBookings(SqlClient client, UUID districtId, UUID mealId) {
        var values = Tuple.of(districtId, mealId);
        return list(client, ReportSql.KITCHEN_BOOKINGS, values, row -> KitchenBooking.from(row, cipher));
    }

    Future<MonthMeals> monthMeals(SqlClient client, UUID districtId, UUID canteenId, YearMonth month) {
        return list(client, ReportSql.MEALS_SETTLED, days(districtId, canteenId, month), MonthMeals::from)
                .map(found -> found.get(0));
    }

    /** In the order of the days and of the day. */
    Future<List<SettlementLine>> settlementLines(SqlClient client, UUID districtId, UUID canteenId, YearMonth month) {
        return list(client, ReportSql.SETTLEMENT_LINES, days(districtId, canteenId, month), SettlementLine::from);
    }

    private static Tuple days(UUID districtId, UUID canteenId, YearMonth month) {
        return Tuple.of(districtId, canteenId, month.atDay(1), month.atEndOfMonth());
    }

    private static <T> Future<List<T>> list(SqlClient client, String statement, Tuple values, Function<Row, T> from) {
        return client.preparedQuery(statement)
                .collecting(Collectors.mapping(from, Collectors.toUnmodifiableList()))
                .execute(values)
                .map(SqlResult::value);
    }
}

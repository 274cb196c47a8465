package org.huying.canteen.report;

import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import org.huying.canteen.Period;

/** The sums of one meal and one band. */
record SettlementLine(LocalDate date, Period period, AgeBand band, Sums sums) {
    static SettlementLine from(Row row) {
        return new SettlementLine(
                row.getLocalDate("date"),
                Period.of(row.getString("period")),
                new AgeBand(row.getInteger("subsidy_from_age"), row.getInteger("subsidy_to_age")),
                Sums.from(row));
    }
}

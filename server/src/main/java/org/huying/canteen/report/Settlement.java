package org.huying.canteen.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.huying.canteen.Canteen;
import org.huying.canteen.Period;

/**
 * What a canteen has served in a month, as the contract shows it.
 *
 * @param settled whether nothing of it can change any more
 * @param byMeal  in the order of the days and of the day; for the workbook only
 */
record Settlement(
        UUID canteenId,
        String canteenName,
        YearMonth month,
        @JsonProperty("final") boolean settled,
        @JsonUnwrapped Sums total,
        @JsonProperty List<Band> byAgeBand,
        @JsonIgnore List<MealSums> byMeal) {
    record Band(@JsonUnwrapped AgeBand band, @JsonUnwrapped Sums sums) {}

    record MealSums(LocalDate date, Period period, Sums sums) {}

    private record MealOfDay(LocalDate date, Period period) {}

    /** Adds up the lines, in their order. */
    static Settlement of(Canteen canteen, YearMonth month, boolean settled, List<SettlementLine> lines) {
        var byBand = new TreeMap<AgeBand, Sums>();
        var byMeal = new LinkedHashMap<MealOfDay, Sums>();
        var total = Sums.NONE;
        for (var line : lines) {
            byBand.merge(line.band(), line.sums(), Sums::plus);
            byMeal.merge(new MealOfDay(line.date(), line.period()), line.sums(), Sums::plus);
            total = total.plus(line.sums());
        }
        return new Settlement(
                canteen.id(),
                canteen.name(),
                month,
                settled,
                total,
                byBand.entrySet().stream()
                        .map(each -> new Band(each.getKey(), each.getValue()))
                        .toList(),
                byMeal.entrySet().stream()
                        .map(each ->
                                new MealSums(each.getKey().date(), each.getKey().period(), each.getValue()))
                        .toList());
    }
}

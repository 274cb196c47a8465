package org.huying.canteen.admin;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.huying.canteen.Period;
import org.huying.canteen.PeriodRule;
import org.huying.canteen.SubsidyBand;
import org.huying.kernel.Fault;

/** What is wrong with times and subsidies that were asked for. */
final class CanteenFaults {
    private CanteenFaults() {}

    /** Meals by these times would not open before they are cut off, or be cut off after they end. */
    static List<Fault> of(List<PeriodRule> periods) {
        var faults = new ArrayList<Fault>();
        var seen = EnumSet.noneOf(Period.class);
        for (var i = 0; i < periods.size(); i++) {
            var rule = periods.get(i);
            var pointer = "/periods/" + i;
            if (!seen.add(rule.period())) {
                faults.add(new Fault(pointer + "/period", "period_repeated"));
            }
            var cutoff = onOneDay(rule.cutoffDaysBefore()).with(rule.cutoffAt());
            if (!onOneDay(rule.opensDaysBefore()).with(rule.opensAt()).isBefore(cutoff)) {
                faults.add(new Fault(pointer + "/cutoffAt", "cutoff_not_after_opening"));
            }
            if (cutoff.isAfter(onOneDay(0).with(rule.servingEndsAt()))) {
                faults.add(new Fault(pointer + "/servingEndsAt", "end_before_cutoff"));
            }
        }
        return faults;
    }

    /** An age is in one band at most. */
    static List<Fault> ofBands(List<SubsidyBand> bands) {
        var faults = new ArrayList<Fault>();
        for (var i = 0; i < bands.size(); i++) {
            var band = bands.get(i);
            if (lastAge(band) < band.fromAge()) {
                faults.add(new Fault("/bands/" + i + "/toAge", "band_reversed"));
            } else if (IntStream.range(0, i).anyMatch(earlier -> overlap(bands.get(earlier), band))) {
                faults.add(new Fault("/bands/" + i, "bands_overlap"));
            }
        }
        return faults;
    }

    private static boolean overlap(SubsidyBand one, SubsidyBand other) {
        return one.fromAge() <= lastAge(other) && other.fromAge() <= lastAge(one);
    }

    private static int lastAge(SubsidyBand band) {
        return band.toAge() == null ? Integer.MAX_VALUE : band.toAge();
    }

    /** Which one does not matter: these are hours on the clock. */
    private static LocalDateTime onOneDay(int daysBefore) {
        return LocalDate.EPOCH.minusDays(daysBefore).atStartOfDay();
    }
}

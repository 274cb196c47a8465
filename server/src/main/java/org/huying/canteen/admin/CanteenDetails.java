package org.huying.canteen.admin;

import java.util.List;
import java.util.UUID;
import org.huying.canteen.Canteen;
import org.huying.canteen.PeriodRule;

/** A canteen with its usual times, as the contract shows it. */
record CanteenDetails(
        UUID id, int version, String name, String address, UUID placeId, boolean delivery, List<PeriodView> periods) {
    CanteenDetails {
        periods = List.copyOf(periods);
    }

    record PeriodView(
            String period,
            int opensDaysBefore,
            String opensAt,
            int cutoffDaysBefore,
            String cutoffAt,
            String servingEndsAt) {
        static PeriodView of(PeriodRule rule) {
            return new PeriodView(
                    rule.period().code(),
                    rule.opensDaysBefore(),
                    rule.opensAt().toString(),
                    rule.cutoffDaysBefore(),
                    rule.cutoffAt().toString(),
                    rule.servingEndsAt().toString());
        }
    }

    static CanteenDetails of(Canteen canteen, List<PeriodRule> periods) {
        return new CanteenDetails(
                canteen.id(),
                canteen.version(),
                canteen.name(),
                canteen.address(),
                canteen.placeId(),
                canteen.delivers(),
                periods.stream().map(PeriodView::of).toList());
    }
}

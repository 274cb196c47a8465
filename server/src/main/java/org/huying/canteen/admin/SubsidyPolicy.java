package org.huying.canteen.admin;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.huying.canteen.SubsidyBand;

/** What a canteen's diners are given from a day on, until the next policy begins. */
public record SubsidyPolicy(UUID canteenId, LocalDate effectiveFrom, List<SubsidyBand> bands) {
    public SubsidyPolicy {
        bands = List.copyOf(bands);
    }
}

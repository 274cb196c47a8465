package org.huying.canteen;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A canteen to be.
 *
 * @param policyFrom the first day on which the subsidy bands hold
 */
public record NewCanteen(
        UUID placeId,
        String name,
        String address,
        boolean delivers,
        List<PeriodRule> periods,
        LocalDate policyFrom,
        List<SubsidyBand> bands) {
    public NewCanteen {
        periods = List.copyOf(periods);
        bands = List.copyOf(bands);
    }
}

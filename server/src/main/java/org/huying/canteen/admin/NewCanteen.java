package org.huying.canteen.admin;

import java.util.List;
import java.util.UUID;
import org.huying.canteen.PeriodRule;

/** A canteen to be. */
public record NewCanteen(UUID placeId, String name, String address, boolean delivers, List<PeriodRule> periods) {
    public NewCanteen {
        periods = List.copyOf(periods);
    }
}

package org.huying.canteen;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is paid for a booking, and by whom. */
final class Pricing {
    private Pricing() {}

    /**
     * The price of all portions.
     *
     * @param chosen portions by dish; empty for the set meal
     */
    static int priceFen(Meal meal, int portions, Map<UUID, Integer> chosen) {
        if (!chosen.isEmpty()) {
            return meal.dishes().stream()
                    .mapToInt(dish -> dish.priceFen() * chosen.getOrDefault(dish.id(), 0))
                    .sum();
        }
        var set = meal.priceFen() != null
                ? meal.priceFen()
                : meal.dishes().stream().mapToInt(Dish::priceFen).sum();
        return portions * set;
    }

    /**
     * The part that the programme pays: once for a diner, date and period, for one portion, never more than it costs.
     *
     * @param birthDate only if it was seen on a document
     * @param used      whether the diner has had the subsidy of this date and period
     */
    static Terms terms(
            Meal meal,
            List<SubsidyBand> bands,
            int priceFen,
            int portions,
            Optional<LocalDate> birthDate,
            boolean used) {
        if (used || !meal.period().isSubsidised() || birthDate.isEmpty()) {
            return new Terms(priceFen, 0, null);
        }
        int age = (int) ChronoUnit.YEARS.between(birthDate.get(), meal.date());
        return bands.stream()
                .filter(band -> band.covers(age))
                .findFirst()
                .map(band -> subsidised(priceFen, Math.min(band.amountFen(), priceFen / portions), band))
                .orElseGet(() -> new Terms(priceFen, 0, null));
    }

    private static Terms subsidised(int priceFen, int subsidyFen, SubsidyBand band) {
        return new Terms(priceFen, subsidyFen, subsidyFen == 0 ? null : band);
    }
}

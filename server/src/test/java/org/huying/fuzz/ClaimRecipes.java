package org.huying.fuzz;

import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Somebody new has the number of an elder, and says that it is them. */
final class ClaimRecipes {
    private final Helper helper;
    private final Map<String, Function<Random, Likely>> recipes;

    ClaimRecipes(Helper helper, Map<String, Function<Random, Likely>> recipes) {
        this.helper = helper;
        this.recipes = recipes;
    }

    void add() {
        recipes.put("claimResident", random -> {
            var claimant = helper.newcomer();
            return Likely.by(claimant)
                    .with("residentId", onRecord(claimant, random))
                    .with("version", 1);
        });
        recipes.put(
                "declineClaim", random -> Likely.by("grid-member-1").with("claimId", claim(helper.newcomer(), random)));
        recipes.put("withdrawClaim", random -> {
            var claimant = helper.newcomer();
            return Likely.by(claimant).with("claimId", claim(claimant, random));
        });
    }

    private String onRecord(String claimant, Random random) {
        var number = "139" + (10_000_000 + random.nextInt(80_000_000));
        var elder = helper.elder(random, number);
        helper.post(claimant, "/v1/me/phone", Map.of("code", "demo-phone-" + number))
                .withStatus(200);
        return elder;
    }

    private String claim(String claimant, Random random) {
        var claim = Map.of("residentId", onRecord(claimant, random), "version", 1);
        return helper.post(claimant, "/v1/me/claims", claim)
                .withStatus(200)
                .json()
                .getString("claimId");
    }
}

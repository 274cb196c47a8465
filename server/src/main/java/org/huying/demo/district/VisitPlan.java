package org.huying.demo.district;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.huying.demo.district.Visit.Outcome;

/**
 * Who ate where in the ninety days before a day, from a fixed seed: the elders nearly every day at the canteen of their
 * community, others now and then; breakfasts are not remembered. Nobody misses two meals running but those who are meant to.
 */
final class VisitPlan {
    static final List<String> PERIODS = List.of("lunch", "dinner");

    private static final long SEED = 20_260_902L;
    private static final int FIRST_ELDER = 31;
    private static final int RESIDENTS = 40;
    private static final int ELDERS = 4;

    /** Who missed all meals of which days: how many days ago, from and until. */
    static final Map<String, int[]> ABSENCES = new TreeMap<>(Map.of(
            "resident-33", new int[] {71, 69},
            "resident-36", new int[] {58, 56},
            "resident-39", new int[] {34, 32},
            "elder-2", new int[] {47, 45},
            "elder-1", new int[] {20, 18},
            "elder-3", new int[] {3, 1}));

    private static final Map<String, LocalTime[]> SERVING = Map.of(
            "lunch", new LocalTime[] {LocalTime.of(11, 0), LocalTime.of(12, 50)},
            "dinner", new LocalTime[] {LocalTime.of(16, 50), LocalTime.of(18, 20)});

    private final LocalDate today;
    private final Random random = new Random(SEED);
    private final Map<String, Outcome> last = new HashMap<>();
    private final List<Visit> visits = new ArrayList<>();

    private VisitPlan(LocalDate today) {
        this.today = today;
    }

    /** In the order of days and of meals within a day. */
    static List<Visit> before(LocalDate today) {
        var plan = new VisitPlan(today);
        for (int ago = HistoryPlan.DAYS; ago > 0; ago--) {
            for (var period : PERIODS) {
                plan.plan(ago, period);
            }
        }
        return List.copyOf(plan.visits);
    }

    private void plan(int ago, String period) {
        var date = today.minusDays(ago);
        for (int n = 1; n <= ELDERS; n++) {
            maybeVisit("elder-" + n, (n + 1) / 2, date, ago, period, 75);
        }
        for (int n = 1; n <= RESIDENTS; n++) {
            boolean isElder = n >= FIRST_ELDER;
            int community = DemoStructure.firmNumberOf(n);
            int canteen = !isElder && period.equals("lunch") && random.nextInt(4) == 0 ? 4 : community;
            maybeVisit("resident-" + n, canteen, date, ago, period, isElder ? 70 : 7);
        }
    }

    private void maybeVisit(String diner, int canteen, LocalDate date, int ago, String period, int lunchesInHundred) {
        int chance = period.equals("lunch") ? lunchesInHundred : lunchesInHundred / 5;
        boolean isAbsent = isAbsent(diner, ago);
        boolean comes = random.nextInt(100) < chance;
        // The absent had booked their lunches.
        if (!comes && !(isAbsent && period.equals("lunch"))) {
            return;
        }
        var outcome = isAbsent ? Outcome.MISSED : outcome(diner, ago);
        last.put(diner, outcome);
        visits.add(visit(diner, canteen, date, period, outcome));
    }

    /** Those who are not meant to be missed come again after missing once, and all come at the end. */
    private Outcome outcome(String diner, int ago) {
        boolean mayMiss = last.getOrDefault(diner, Outcome.MISSED) == Outcome.SERVED && ago > 7;
        return random.nextInt(100) < 4 && mayMiss ? Outcome.MISSED : Outcome.SERVED;
    }

    private static boolean isAbsent(String diner, int ago) {
        var days = ABSENCES.get(diner);
        return days != null && ago <= days[0] && ago >= days[1];
    }

    private Visit visit(String diner, int canteen, LocalDate date, String period, Outcome outcome) {
        var serving = SERVING.get(period);
        if (serving == null) {
            throw new IllegalArgumentException(period);
        }
        int span = serving[1].toSecondOfDay() - serving[0].toSecondOfDay();
        int draw = random.nextInt(10);
        boolean isFrail = diner.startsWith("elder");
        boolean isByStaff = isFrail || draw == 0;
        return new Visit(
                diner,
                isByStaff ? (isFrail && draw < 5 ? gridMember(canteen) : "canteen-operator-" + canteen) : null,
                canteen,
                date,
                period,
                mode(canteen),
                random.nextInt(12) == 0 ? 2 : 1,
                random.nextInt(8) == 0,
                outcome,
                LocalTime.of(8, 0).plusSeconds(random.nextInt(11 * 60 * 60)),
                serving[0].plusSeconds(random.nextInt(span)));
    }

    private static String gridMember(int community) {
        return "grid-member-" + Math.min(community, 2);
    }

    private String mode(int canteen) {
        int draw = random.nextInt(10);
        if (draw < 6 || (draw == 9 && canteen == 4)) {
            return "dine_in";
        }
        return draw < 9 ? "pickup" : "delivery";
    }
}

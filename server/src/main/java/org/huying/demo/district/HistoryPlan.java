package org.huying.demo.district;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.huying.demo.district.Story.Actor;
import org.huying.demo.district.Story.Step;
import org.huying.demo.district.Story.Subject;

/**
 * The tickets of the ninety days before a day, written down from a fixed seed: the same people, items, fates and gaps
 * whatever the day. How many share which fate is counted out, not drawn, so that the proportions are what they are
 * meant to be.
 */
final class HistoryPlan {
    static final int DAYS = 90;

    private static final long SEED = 20_260_901L;

    /** How many tickets of each fate: firm 1, firm 2, firm 3, and the offices of places that no firm serves. */
    private static final Map<Fate, int[]> COUNTS = counts();

    /** A stranger to a subject's earlier trouble: long enough apart to be no re-report. */
    private static final Duration APART = Duration.ofDays(20);

    /** Of the last days only these residents have tickets, so that the others can be tried out without a past. */
    private static final int QUIET_DAYS = 22;

    private static final int FIRST_BUSY = 11;
    private static final int LAST_BUSY = 30;
    private final DemoData data;
    private final Instant end;
    private final Random random = new Random(SEED);
    private final Scripts scripts;
    private final Phrases phrases;
    private final Map<String, List<Instant>> taken = new HashMap<>();
    private final List<Story> stories = new ArrayList<>();

    private HistoryPlan(DemoData data, LocalDate today) {
        this.data = data;
        this.end = today.atStartOfDay(DemoStructure.ZONE).toInstant();
        this.phrases = Phrases.load();
        this.scripts = new Scripts(phrases, random);
    }

    /** In the order in which they are reported; nothing happens on the day itself. */
    static List<Story> before(LocalDate today, DemoData data) {
        var plan = new HistoryPlan(data, today);
        COUNTS.forEach((fate, counts) -> {
            for (int firm = 0; firm < counts.length; firm++) {
                for (int n = 0; n < counts[firm]; n++) {
                    plan.tell(fate, (firm + 1) % counts.length);
                }
            }
        });
        plan.stories.sort(Comparator.comparing(Story::begins));
        return List.copyOf(plan.stories);
    }

    private static Map<Fate, int[]> counts() {
        var counts = new EnumMap<Fate, int[]>(Fate.class);
        counts.put(Fate.PLAIN, new int[] {132, 118, 92, 22});
        counts.put(Fate.INFO_ONCE, new int[] {6, 8, 9, 1});
        counts.put(Fate.PAUSED, new int[] {3, 3, 3, 0});
        counts.put(Fate.TRANSFERRED, new int[] {2, 3, 4, 0});
        counts.put(Fate.ESCALATED, new int[] {1, 2, 4, 1});
        counts.put(Fate.LATE, new int[] {1, 4, 9, 0});
        counts.put(Fate.REOPENED, new int[] {4, 6, 9, 1});
        counts.put(Fate.RE_REPORTED, new int[] {3, 4, 6, 0});
        counts.put(Fate.INFO_TWICE, new int[] {1, 2, 5, 0});
        counts.put(Fate.UNABLE, new int[] {2, 2, 4, 0});
        counts.put(Fate.NOT_RESPONSIBLE, new int[] {1, 2, 4, 0});
        counts.put(Fate.DISSATISFIED, new int[] {1, 2, 5, 0});
        counts.put(Fate.EXCLUDED, new int[] {1, 1, 2, 0});
        counts.put(Fate.INCLUDED_AGAIN, new int[] {0, 0, 1, 0});
        counts.put(Fate.MERGED, new int[] {2, 2, 2, 0});
        counts.put(Fate.CANCELLED, new int[] {2, 3, 3, 0});
        counts.put(Fate.UNTOUCHED, new int[] {1, 2, 3, 1});
        counts.put(Fate.ACCEPTED, new int[] {1, 1, 1, 0});
        counts.put(Fate.ASSIGNED, new int[] {1, 1, 2, 0});
        counts.put(Fate.WORKING, new int[] {2, 1, 2, 1});
        counts.put(Fate.WAITING, new int[] {1, 1, 1, 0});
        counts.put(Fate.SUSPENDED, new int[] {1, 1, 2, 0});
        return counts;
    }

    private void tell(Fate fate, int firm) {
        var begins = begins(fate);
        var item = item(fate, firm);
        var subject = subject(item, firm, begins);
        while (!isFree(subject, item, begins)) {
            begins = begins(fate);
            item = item(fate, firm);
            subject = subject(item, firm, begins);
        }
        take(subject, item, begins);
        var script = scripts.write(fate, item, begins);
        var story = add(subject, item, script.until(end));
        if (fate == Fate.RE_REPORTED) {
            reReport(story, item);
        } else if (fate == Fate.MERGED) {
            merge(story, item);
        }
    }

    /** The same trouble again, a few days after it was said to be solved. */
    private void reReport(Story first, DemoData.Item item) {
        var resolved = first.steps().get(first.steps().size() - 1).at();
        var again = daytime(resolved.plus(Duration.ofHours(20 + random.nextInt(4 * 24))));
        add(first.subject(), item, scripts.write(Fate.PLAIN, item, again).until(end));
    }

    /** Reported once more while the first is open, and joined to it. */
    private void merge(Story first, DemoData.Item item) {
        var accepted = first.steps().get(1).at();
        var again = first.begins()
                .plusSeconds(1 + Duration.between(first.begins(), accepted).toSeconds() / 2);
        var joined = new Step(accepted.plusSeconds(240), Actor.HANDLER, "merge", Map.of("story", first.number()));
        add(first.subject(), item, List.of(new Step(again, Actor.REPORTER, "submit", Map.of()), joined));
    }

    private Story add(Subject subject, DemoData.Item item, List<Step> steps) {
        var attributes = new HashMap<String, String>();
        for (var info : item.info()) {
            if (info.type().equals("choice")) {
                attributes.put(info.key(), Phrases.pick(info.options(), random));
            } else if (info.type().equals("text") && (info.required() || random.nextBoolean())) {
                attributes.put(info.key(), phrases.pick("attributes." + info.key(), random));
            }
        }
        var story = new Story(
                stories.size() + 1,
                subject,
                item.code(),
                channel(subject),
                !subject.isHousehold() && random.nextInt(6) == 0,
                Phrases.pick(item.stories(), random),
                attributes,
                steps);
        stories.add(story);
        return story;
    }

    private String channel(Subject subject) {
        if (subject.person().startsWith("elder")) {
            return "grid";
        }
        int draw = random.nextInt(100);
        return draw < 88 || !subject.isHousehold() ? "mini_program" : draw < 96 ? "hotline" : "grid";
    }

    private Instant begins(Fate fate) {
        int span = fate.mostDaysAgo() - fate.leastDaysAgo() + 1;
        int daysAgo = fate.leastDaysAgo() + random.nextInt(span);
        return daytime(end.minus(Duration.ofDays(daysAgo)));
    }

    /** Some time of the same day at which people report: between eight and half past four. */
    private Instant daytime(Instant day) {
        return day.atZone(DemoStructure.ZONE)
                .with(LocalTime.of(8, 0))
                .plusSeconds(random.nextInt(510 * 60))
                .toInstant();
    }

    private DemoData.Item item(Fate fate, int firm) {
        if (fate == Fate.PLAIN && firm > 0 && random.nextInt(9) == 0) {
            var answered = Stream.of("fee-question", "policy-question", "elder-help");
            return item(Phrases.pick(answered.toList(), random));
        }
        if (fate == Fate.LATE || fate == Fate.UNTOUCHED) {
            return item(Phrases.pick(List.of("light-out", "drain-blocked", "lift-fault", "garbage"), random));
        }
        // What is under way shall not have run out of time, or it would have gone up a level.
        var patient = List.of("light-out", "noise", "street-light", "greening");
        return item(Phrases.pick(fate.isOpen() ? patient : FREQUENT, random));
    }

    /** As often as they are reported; none that takes photos, of which the past has none. */
    private static final List<String> FREQUENT = List.of(
            "light-out",
            "light-out",
            "light-out",
            "lift-fault",
            "lift-fault",
            "drain-blocked",
            "drain-blocked",
            "drain-blocked",
            "stairwell-cleaning",
            "stairwell-cleaning",
            "garbage",
            "garbage",
            "noise",
            "street-light",
            "street-light",
            "greening");

    private DemoData.Item item(String code) {
        return data.items().stream()
                .filter(i -> i.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private Subject subject(DemoData.Item item, int firm, Instant begins) {
        if (firm == 0) {
            int elder = 1 + random.nextInt(4);
            return new Subject("elder-" + elder, "grid-" + (elder + 1) / 2, null, 0);
        }
        boolean isQuiet = begins.isAfter(end.minus(Duration.ofDays(QUIET_DAYS)));
        int resident = isQuiet ? FIRST_BUSY + random.nextInt(LAST_BUSY - FIRST_BUSY + 1) : 1 + random.nextInt(40);
        while (DemoStructure.firmNumberOf(resident) != firm) {
            resident = resident == (isQuiet ? LAST_BUSY : 40) ? (isQuiet ? FIRST_BUSY : 1) : resident + 1;
        }
        var spot = item.kind().equals("public") ? phrases.pick("spots", random) : null;
        return new Subject("resident-" + resident, "compound-" + DemoStructure.compoundNumberOf(resident), spot, firm);
    }

    private boolean isFree(Subject subject, DemoData.Item item, Instant begins) {
        return taken.getOrDefault(key(subject, item), List.of()).stream()
                .allMatch(other -> Duration.between(other, begins).abs().compareTo(APART) > 0);
    }

    private void take(Subject subject, DemoData.Item item, Instant begins) {
        Objects.requireNonNull(taken.computeIfAbsent(key(subject, item), k -> new ArrayList<>()))
                .add(begins);
    }

    private static String key(Subject subject, DemoData.Item item) {
        return subject.person() + " " + item.code();
    }
}

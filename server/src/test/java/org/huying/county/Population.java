package org.huying.county;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The people of a county, household by household. */
final class Population {
    private static final int HOUSEHOLD_MAX = 6;
    private static final double NAMESAKES_OF_A_DAY = 0.004;
    private static final int NAMESAKES_MIN = 2;
    private static final int TRIES_MAX = 100_000;
    private static final double TWINS = 0.08;
    private static final double DAY_UNKNOWN = 0.12;
    private static final double FAMILY_NUMBER = 0.35;

    private final Chance chance;
    private final LocalDate today;
    private final List<Person> people = new ArrayList<>();
    private final Set<String> numbers = new HashSet<>();
    /** No two people have the same of both: where it is told who somebody is. */
    private final Set<String> known = new HashSet<>();

    Population(Chance chance, List<Home> homes, int count, LocalDate today) {
        this.chance = chance;
        this.today = today;
        var sizes = new int[homes.size()];
        for (int i = 0; i < homes.size(); i++) {
            sizes[i] = 1;
        }
        for (int left = count - homes.size(); left > 0; ) {
            int at = chance.below(sizes.length);
            if (sizes[at] < HOUSEHOLD_MAX) {
                sizes[at]++;
                left--;
            }
        }
        for (int i = 0; i < homes.size(); i++) {
            household(homes.get(i), sizes[i]);
        }
        makeNamesakes(Math.max(NAMESAKES_MIN, (int) (count * NAMESAKES_OF_A_DAY)));
    }

    List<Person> people() {
        return people;
    }

    private record Member(String relation, int age, boolean isWoman, boolean isOfTheFamily) {}

    private void household(Home home, int size) {
        var surname = NamePool.surname(chance);
        var first = people.size();
        for (var member : members(size)) {
            var family = member.isOfTheFamily() ? surname : NamePool.surname(chance);
            var age = member.age();
            var birth = birthDate(age);
            var isTwin = member.relation().equals("次女") && chance.in(TWINS);
            if (isTwin) {
                birth = people.get(people.size() - 1).birthDate();
            }
            var person = new Person(people.size(), "", birth, phone(age, first), home, member.relation());
            add(person, family, age, member.isWoman());
        }
    }

    private void add(Person person, String family, int age, boolean isWoman) {
        var named = person.named(NamePool.of(chance, family, age, isWoman));
        while (!isOnlyOne(named)) {
            named = person.named(NamePool.of(chance, family, age, isWoman));
        }
        people.add(named);
    }

    private boolean isOnlyOne(Person person) {
        var atHome = person.name() + " " + person.home();
        var byPhone = person.name() + " " + person.phone();
        return !known.contains(atHome)
                && (person.phone() == null || !known.contains(byPhone))
                && known.add(atHome)
                && (person.phone() == null || known.add(byPhone));
    }

    private List<Member> members(int size) {
        var isOld = chance.in(0.5);
        int head = isOld ? chance.between(62, 94) : chance.between(32, 58);
        var isWidow = isOld && size == 1 && chance.in(0.6);
        var members = new ArrayList<Member>();
        members.add(new Member(chance.in(0.9) ? "户主" : "本人", head, isWidow, true));
        members.add(new Member("妻", head - chance.between(0, 4), true, false));
        if (isOld) {
            int child = head - chance.between(24, 30);
            members.add(new Member("子", child, false, true));
            members.add(new Member("儿媳", child - chance.between(0, 4), true, false));
            members.add(new Member("孙子", Math.max(1, child - chance.between(24, 30)), false, true));
            members.add(new Member("孙女", Math.max(1, child - chance.between(26, 31)), true, true));
        } else {
            int child = Math.max(1, head - chance.between(24, 31));
            members.add(new Member("长女", child, true, true));
            members.add(new Member("次女", Math.max(1, child - chance.between(0, 4)), true, true));
            members.add(new Member("母亲", head + chance.between(20, 30), true, false));
            members.add(new Member("父亲", head + chance.between(21, 32), false, true));
        }
        return members.subList(0, size);
    }

    private LocalDate birthDate(int age) {
        var day = today.minusYears(age).minusDays(chance.between(1, 364));
        return age >= 60 && chance.in(DAY_UNKNOWN) ? day.withDayOfYear(1) : day;
    }

    /** @param first of the household, who may share theirs */
    private @Nullable String phone(int age, int first) {
        double own = age < 14 ? 0 : age < 60 ? 0.93 : age < 75 ? 0.6 : 0.2;
        if (chance.in(own)) {
            return number();
        }
        if (people.size() > first && chance.in(FAMILY_NUMBER)) {
            return people.get(first).phone();
        }
        return null;
    }

    private String number() {
        var number = "1" + chance.of(List.of("39", "38", "35", "37", "58", "59", "86", "89"))
                + (10_000_000 + chance.below(89_999_999));
        return numbers.add(number) ? number : number();
    }

    /** Others who happen to have the name and the birth date of somebody. */
    private void makeNamesakes(int count) {
        for (int made = 0, tries = 0; made < count && tries < TRIES_MAX; tries++) {
            var one = chance.of(people);
            var other = chance.of(people);
            var become = other.named(one.name()).born(one.birthDate());
            if (isElder(one) && isElder(other) && !one.name().equals(other.name()) && isOnlyOne(become)) {
                people.set(other.number(), become);
                made++;
            }
        }
    }

    private boolean isElder(Person person) {
        return person.birthDate().isBefore(today.minusYears(60));
    }
}

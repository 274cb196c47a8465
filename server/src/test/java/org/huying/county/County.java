package org.huying.county;

import java.time.LocalDate;
import java.util.List;

/** A county as it is, which no office knows. */
public record County(
        List<String> towns,
        List<Home.Community> communities,
        List<Home.Village> villages,
        List<Home> homes,
        List<Person> people,
        LocalDate today) {
    /**
     * How large one is.
     *
     * @param households in the villages, more than one in each
     * @param people     who live there, at least one in each household
     */
    public record Size(int towns, int communities, int villages, int households, int people) {
        public static final Size WHOLE = new Size(12, 46, 289, 2_920, 7_690);
        public static final Size SMALL = new Size(2, 4, 14, 130, 340);
    }

    /**
     * Makes one.
     *
     * @param today by which people have their ages
     */
    public static County of(long seed, Size size, LocalDate today) {
        var chance = new Chance(seed);
        var places = new Places(chance, size);
        var people = new Population(chance, places.homes(), size.people(), today).people();
        return new County(places.towns(), places.communities(), places.villages(), places.homes(), people, today);
    }

    /** Whether a village of another community has the name too. */
    boolean isAmbiguous(Home.Village village) {
        return villages.stream()
                        .filter(each -> each.name().equals(village.name()))
                        .count()
                > 1;
    }

    int age(Person person) {
        return person.birthDate().until(today).getYears();
    }
}

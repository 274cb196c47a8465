package org.huying.demo.district;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The ids of one demo district, by the names that stand in {@code demo/districts.yaml}. They depend on these names
 * alone, so they are the same in every run; that a thing of this name exists is not checked.
 */
public final class DemoIds {
    private static final UUID NAMESPACE = UUID.fromString("6a1f0c44-5d0b-5c0e-9d43-1f6b6f2d7c51");

    private final String districtKey;

    DemoIds(String districtKey) {
        this.districtKey = districtKey;
    }

    /** The district; not its place at the top of the tree, see {@link #place}. */
    public UUID districtId() {
        return id("");
    }

    /** {@code district}, {@code town}, {@code community-1}, {@code compound-6}, {@code grid-2}, … */
    public UUID place(String key) {
        return id("place/" + key);
    }

    public UUID community(int number) {
        return place("community-" + number);
    }

    public UUID compound(int number) {
        return place("compound-" + number);
    }

    public UUID grid(int number) {
        return place("grid-" + number);
    }

    /** {@code firm-1}, {@code office-town}, {@code cooperative}, … */
    public UUID organization(String key) {
        return id("organization/" + key);
    }

    public UUID firm(int number) {
        return organization("firm-" + number);
    }

    /** The office of a place, such as {@code community-2}. */
    public UUID office(String placeKey) {
        return organization("office-" + placeKey);
    }

    /** The household of the resident of the same number. */
    public UUID household(int number) {
        return id("household/" + number);
    }

    /** A resident or an elder: {@code resident-7}, {@code elder-2}. */
    public UUID person(String key) {
        return id("person/" + key);
    }

    public UUID resident(int number) {
        return person("resident-" + number);
    }

    /** Registered by a grid member: no phone, no login. */
    public UUID elder(int number) {
        return person("elder-" + number);
    }

    /** By user name. */
    public UUID staff(String username) {
        return id("staff/" + username);
    }

    public UUID canteen(int number) {
        return canteen("canteen-" + number);
    }

    UUID canteen(String key) {
        return id("canteen/" + key);
    }

    /** Of that day; the period is {@code breakfast}, {@code lunch} or {@code dinner}. */
    public UUID meal(int canteenNumber, LocalDate date, String period) {
        return meal("canteen-" + canteenNumber, date, period);
    }

    UUID meal(String canteenKey, LocalDate date, String period) {
        return id("meal/" + canteenKey + "/" + date + "/" + period);
    }

    UUID dish(int canteenNumber, LocalDate date, String period, int position) {
        return dish("canteen-" + canteenNumber, date, period, position);
    }

    UUID dish(String canteenKey, LocalDate date, String period, int position) {
        return id("dish/" + canteenKey + "/" + date + "/" + period + "/" + position);
    }

    UUID id(String name) {
        return UuidCreator.getNameBasedSha1(NAMESPACE, districtKey + "/" + name);
    }
}

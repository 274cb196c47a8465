package org.huying.demo.district;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the demo's resource files say; keys refer to one another within a district.
 *
 * @param gridItems items that go to the office where it visits
 * @param courses   of a meal by period: one dish of each is served
 */
record DemoData(
        List<String> gridItems,
        List<PeriodLine> periods,
        List<District> districts,
        List<Item> items,
        Map<String, List<List<Dish>>> courses) {
    record PeriodLine(String period, int cutoffDaysBefore, String cutoffAt, String servingEndsAt) {}

    record District(
            String key,
            String name,
            boolean isDefault,
            List<PlaceLine> places,
            List<OrganizationLine> organizations,
            List<StaffLine> staff,
            Households households,
            List<ResidentLine> residents,
            List<ResidentLine> elders,
            List<ResidentLine> listed,
            List<ResidentLine> newcomers,
            List<ClaimLine> claims,
            List<RequestLine> requests,
            List<OfferLine> offers,
            List<CanteenLine> canteens) {
        District {
            elders = orEmpty(elders);
            listed = orEmpty(listed);
            newcomers = orEmpty(newcomers);
            claims = orEmpty(claims);
            requests = orEmpty(requests);
            offers = orEmpty(offers);
        }

        DemoIds ids() {
            return new DemoIds(key);
        }
    }

    record PlaceLine(
            String key,
            String level,
            @Nullable String kind,
            @Nullable String parent,
            String name) {}

    /**
     * @param office    the place whose office it is
     * @param serves    places
     * @param visits    places in which it takes the grid's items
     * @param contracts cooperatives whose workers it may send
     */
    record OrganizationLine(
            String key,
            String kind,
            String name,
            @Nullable String office,
            List<String> serves,
            List<String> visits,
            List<String> contracts) {
        OrganizationLine {
            serves = orEmpty(serves);
            visits = orEmpty(visits);
            contracts = orEmpty(contracts);
        }
    }

    /** Without a user name: somebody who cannot log in, known by the key. */
    record StaffLine(@Nullable String username, @Nullable String key, String name, List<GrantLine> grants) {
        String anyKey() {
            return username != null ? username : Objects.requireNonNull(key);
        }
    }

    record GrantLine(
            String role,
            @Nullable String place,
            @Nullable String organization,
            @Nullable String canteen) {}

    /** One for each of the first residents, in turn over the compounds. */
    record Households(int count, List<String> compounds) {}

    /**
     * @param verified whether the date of birth is; by default it is
     * @param home     the place where an elder without a login lives
     * @param proxy    the resident who acts for that elder
     */
    record ResidentLine(
            String key,
            String name,
            @Nullable String born,
            @Nullable Boolean verified,
            @Nullable String home,
            @Nullable String proxy,
            @Nullable String registeredBy) {
        @Nullable
        LocalDate birthDate() {
            return born == null ? null : LocalDate.parse(born);
        }

        boolean isVerified() {
            return born != null && !Boolean.FALSE.equals(verified);
        }
    }

    /** Somebody who has bound the number of one on record, and says that it is them. */
    record ClaimLine(String claimant, String record) {}

    /** Somebody who asks to join another household of their compound. */
    record RequestLine(String resident, int household) {}

    /** A mandate that nobody has taken up; anybody may, by its code. */
    record OfferLine(String grantor, String code) {}

    /** @param subsidyFen for the ages 60–75, 76–89, 90 and above */
    record CanteenLine(
            String key,
            String name,
            String address,
            String place,
            boolean delivery,
            List<String> periods,
            Map<String, Integer> setPriceFen,
            Map<String, Integer> capacity,
            List<Integer> subsidyFen) {
        CanteenLine {
            setPriceFen = setPriceFen == null ? Map.of() : setPriceFen;
        }
    }

    record Dish(
            String name,
            int priceFen,
            List<String> tags,
            List<String> allergens,
            @Nullable Integer quota) {
        Dish {
            tags = orEmpty(tags);
            allergens = orEmpty(allergens);
        }
    }

    /**
     * @param calendar that its hours are counted in: {@code working_hours}, or all hours
     * @param stories  what residents write when they report it
     */
    record Item(
            String code,
            String name,
            String kind,
            int responseHours,
            int resolutionHours,
            @Nullable String calendar,
            boolean evidenceRequired,
            @Nullable Boolean reportable,
            List<Info> info,
            List<String> stories) {
        Item {
            info = orEmpty(info);
        }

        boolean isReportable() {
            return !Boolean.FALSE.equals(reportable);
        }

        /** Whether it takes a photo to report it or to close it. */
        boolean needsPhotos() {
            return evidenceRequired
                    || info.stream().anyMatch(i -> i.required() && i.type().equals("photo"));
        }

        String calendarOrAllHours() {
            return calendar == null ? "all_hours" : calendar;
        }
    }

    record Info(String key, String label, String type, boolean required, List<String> options) {
        Info {
            options = orEmpty(options);
        }
    }

    private record DistrictsFile(List<String> gridItems, List<PeriodLine> periods, List<District> districts) {}

    private record CatalogueFile(List<Item> items) {}

    static DemoData load() {
        var yaml = new YAMLMapper();
        var file = read(yaml, "districts.yaml", new TypeReference<DistrictsFile>() {});
        return new DemoData(
                file.gridItems(),
                file.periods(),
                file.districts(),
                read(yaml, "catalogue.yaml", new TypeReference<CatalogueFile>() {})
                        .items(),
                read(yaml, "dishes.yaml", new TypeReference<>() {}));
    }

    District district(String key) {
        return districts.stream().filter(d -> d.key().equals(key)).findFirst().orElseThrow();
    }

    static <T> T read(ObjectMapper yaml, String file, TypeReference<T> type) {
        try (var in = Objects.requireNonNull(DemoData.class.getResourceAsStream("/demo/" + file), file)) {
            return yaml.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}

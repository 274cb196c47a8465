package org.huying.ticket;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody reports.
 *
 * @param householdId what it is about, or
 * @param placeId     the place of a public spot, which {@code spot} may describe
 * @param attributes  the item's required information, by key
 * @param onBehalfOf  the resident in whose name it is filed
 * @param channel     by default what the caller's role goes by
 */
public record Submission(
        String serviceItemCode,
        @Nullable UUID householdId,
        @Nullable UUID placeId,
        @Nullable String spot,
        String description,
        List<String> photoIds,
        Map<String, String> attributes,
        @Nullable Location location,
        boolean anonymous,
        @Nullable UUID onBehalfOf,
        @Nullable String channel) {
    public Submission {
        photoIds = List.copyOf(photoIds);
        attributes = Map.copyOf(attributes);
    }

    /** Degrees, WGS 84. */
    public record Location(double lat, double lng) {
        private static final int ROUNDED_DECIMALS = 3;

        static Location of(String text) {
            var comma = text.indexOf(',');
            return new Location(
                    Double.parseDouble(text.substring(0, comma)), Double.parseDouble(text.substring(comma + 1)));
        }

        /** To some hundred metres. */
        Location rounded() {
            return new Location(rounded(lat), rounded(lng));
        }

        private static double rounded(double degrees) {
            return BigDecimal.valueOf(degrees)
                    .setScale(ROUNDED_DECIMALS, RoundingMode.HALF_EVEN)
                    .doubleValue();
        }

        String text() {
            return lat + "," + lng;
        }
    }

    /** The least that a report about a household says. */
    public static Submission ofHousehold(String serviceItemCode, UUID householdId, String description) {
        return new Submission(
                serviceItemCode, householdId, null, null, description, List.of(), Map.of(), null, false, null, null);
    }

    /** The least that a report about a public spot says. */
    public static Submission ofSpot(String serviceItemCode, UUID placeId, String spot, String description) {
        return new Submission(
                serviceItemCode, null, placeId, spot, description, List.of(), Map.of(), null, false, null, null);
    }

    /** The same in the name of a resident. */
    public Submission inNameOf(UUID residentId) {
        return new Submission(
                serviceItemCode,
                householdId,
                placeId,
                spot,
                description,
                photoIds,
                attributes,
                location,
                anonymous,
                residentId,
                channel);
    }

    /** The same with what the item requires. */
    public Submission withAttributes(Map<String, String> values) {
        return new Submission(
                serviceItemCode,
                householdId,
                placeId,
                spot,
                description,
                photoIds,
                values,
                location,
                anonymous,
                onBehalfOf,
                channel);
    }
}

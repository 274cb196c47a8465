package org.huying.bench;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** A cursor of the service's own, of which only the place is another: whatever else it says of its list stays. */
final class MovedCursor {
    private static final Pattern INSTANT = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private MovedCursor() {}

    static String to(String own, String instant, String id) {
        var text = new String(Base64.getUrlDecoder().decode(own), StandardCharsets.UTF_8);
        var moved = ID.matcher(INSTANT.matcher(text).replaceFirst(instant)).replaceFirst(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(moved.getBytes(StandardCharsets.UTF_8));
    }
}

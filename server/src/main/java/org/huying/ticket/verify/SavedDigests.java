package org.huying.ticket.verify;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Digests that somebody kept: lines of JSON out of the public API, an item or a whole page each. */
public record SavedDigests(Map<UUID, Map<LocalDate, String>> byDistrict) {
    public static SavedDigests none() {
        return new SavedDigests(Map.of());
    }

    /** Fails with an {@link IllegalArgumentException} on a line that is neither. */
    public static SavedDigests read(Path file) throws IOException {
        Map<UUID, Map<LocalDate, String>> byDistrict = new TreeMap<>();
        for (var line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                items(line)
                        .forEach(item -> byDistrict
                                .computeIfAbsent(UUID.fromString(item.getString("districtId")), key -> new TreeMap<>())
                                .put(LocalDate.parse(item.getString("date")), item.getString("digest")));
            }
        }
        return new SavedDigests(byDistrict);
    }

    Map<LocalDate, String> of(UUID districtId) {
        return byDistrict.getOrDefault(districtId, Map.of());
    }

    private static Stream<JsonObject> items(String line) {
        try {
            var json = new JsonObject(line);
            var items = json.getJsonArray("items", new JsonArray(List.of(json)));
            return items.stream().map(JsonObject.class::cast).peek(SavedDigests::check);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a digest out of the public API: " + line, e);
        }
    }

    private static void check(JsonObject item) {
        if (item.getString("districtId") == null
                || item.getString("date") == null
                || item.getString("digest") == null) {
            throw new IllegalArgumentException("districtId, date or digest is missing: " + item.encode());
        }
    }
}

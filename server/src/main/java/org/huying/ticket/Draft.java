package org.huying.ticket;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.photo.Photo;
import org.jspecify.annotations.Nullable;

/** What an event will say, and the texts that stand beside it; absent values are left out. */
final class Draft {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;

    private final EventType type;
    private final JsonObject data = new JsonObject();
    private final JsonObject texts = new JsonObject();
    private final JsonObject salts = new JsonObject();

    private Draft(EventType type) {
        this.type = type;
    }

    static Draft of(EventType type) {
        return new Draft(type);
    }

    EventType type() {
        return type;
    }

    JsonObject data() {
        return data;
    }

    /** {@code {texts, salts}}, by path within the data; null where there is nothing to show. */
    @Nullable
    JsonObject shown() {
        return texts.isEmpty() ? null : new JsonObject().put("texts", texts).put("salts", salts);
    }

    /** A value that everybody may see. */
    Draft with(String name, @Nullable Object value) {
        if (value instanceof Instant instant) {
            data.put(name, TicketEvent.time(instant));
        } else if (value instanceof UUID id) {
            data.put(name, id.toString());
        } else if (value instanceof List<?> list) {
            data.put(name, new JsonArray(list.stream().map(Object::toString).toList()));
        } else if (value != null) {
            data.put(name, value);
        }
        return this;
    }

    /** Words of people: only their salted hash goes into the data. */
    Draft text(String name, @Nullable String words) {
        if (words != null) {
            data.put(name, hashed(name, words));
        }
        return this;
    }

    Draft texts(String name, Map<String, String> words) {
        if (!words.isEmpty()) {
            var hashes = new JsonObject();
            words.forEach((key, value) -> hashes.put(key, hashed(name + "." + key, value)));
            data.put(name, hashes);
        }
        return this;
    }

    Draft texts(String name, List<String> words) {
        if (!words.isEmpty()) {
            var hashes = new JsonArray();
            words.forEach(each -> hashes.add(hashed(name + "." + hashes.size(), each)));
            data.put(name, hashes);
        }
        return this;
    }

    /** Photos by what they are kept as, in the order in which they came. */
    Draft photos(List<Photo> photos) {
        if (!photos.isEmpty()) {
            var listed = new JsonArray();
            photos.forEach(photo ->
                    listed.add(new JsonObject().put("id", photo.id().toString()).put("sha256", photo.sha256())));
            data.put("photos", listed);
        }
        return this;
    }

    private String hashed(String path, String words) {
        var bytes = new byte[SALT_BYTES];
        RANDOM.nextBytes(bytes);
        var salt = HexFormat.of().formatHex(bytes);
        texts.put(path, words);
        salts.put(path, salt);
        return TicketEvent.textHash(salt, words);
    }
}

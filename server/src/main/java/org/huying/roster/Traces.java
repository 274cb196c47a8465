package org.huying.roster;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.huying.identity.Imprint;
import org.jspecify.annotations.Nullable;

/** How an imprint of a household or a resident is kept with the row that made it. */
final class Traces {
    private Traces() {}

    static @Nullable JsonObject json(@Nullable Imprint of) {
        return of == null ? null : written(of);
    }

    private static JsonObject written(Imprint of) {
        return new JsonObject()
                .put("id", of.id().toString())
                .put("row", of.row())
                .put("phone", of.phone())
                .put("birthDate", of.birthDate())
                .put("verified", of.verified())
                .put("home", of.home() == null ? null : of.home().toString())
                .put("homeEntry", of.homeEntry());
    }

    static Imprint from(JsonObject json) {
        return new Imprint(
                UUID.fromString(json.getString("id")),
                json.getString("row"),
                json.getString("phone"),
                json.getString("birthDate"),
                json.getString("verified"),
                id(json.getString("home")),
                json.getString("homeEntry"));
    }

    private static @Nullable UUID id(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }
}

package org.huying.roster;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.huying.identity.staff.StaffBatch.Held;
import org.huying.identity.staff.StaffUndo;
import org.huying.kernel.Role;

/** How an account that was made, or a role that was added, is kept with the row that did it. */
final class StaffTraces {
    private StaffTraces() {}

    static JsonObject json(StaffUndo.Deed of) {
        var json = new JsonObject()
                .put("id", of.accountId().toString())
                .put("entry", of.entryId().toString());
        return of.given() == null
                ? json
                : json.put("role", of.given().role().code())
                        .put("scope", of.given().scopeId().toString());
    }

    static StaffUndo.Deed from(JsonObject json) {
        return new StaffUndo.Deed(
                UUID.fromString(json.getString("id")),
                UUID.fromString(json.getString("entry")),
                json.getString("role") == null
                        ? null
                        : new Held(Role.of(json.getString("role")), UUID.fromString(json.getString("scope"))));
    }
}

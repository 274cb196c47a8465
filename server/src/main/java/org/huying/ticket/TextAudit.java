package org.huying.ticket;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import org.huying.db.FieldCipher;
import org.huying.ticket.TicketAudit.Fault;
import org.jspecify.annotations.Nullable;

/** Holds the words beside an event against the salted hashes in it. Words that were erased are none to be wrong. */
final class TextAudit {
    private final FieldCipher cipher;

    TextAudit(FieldCipher cipher) {
        this.cipher = cipher;
    }

    List<Fault> check(Row row) {
        int seq = row.getInteger("seq");
        try {
            var text = cipher.open(row.getBuffer("shown_sealed"));
            return text == null ? List.of() : check(seq, row.getJsonObject("data"), new JsonObject(text));
        } catch (RuntimeException e) {
            return List.of(Fault.at(seq, "words cannot be opened: damaged, or sealed with another key"));
        }
    }

    private static List<Fault> check(int seq, JsonObject data, JsonObject shown) {
        var texts = shown.getJsonObject("texts", new JsonObject());
        var salts = shown.getJsonObject("salts", new JsonObject());
        return texts.stream()
                .filter(each -> !isHashOf(data, each, salts.getString(each.getKey())))
                .map(each -> Fault.at(seq, "words differ from their hash: " + each.getKey()))
                .toList();
    }

    private static boolean isHashOf(JsonObject data, Map.Entry<String, Object> text, @Nullable String salt) {
        return salt != null
                && TicketEvent.textHash(salt, text.getValue().toString()).equals(at(data, text.getKey()));
    }

    /** {@code note}, {@code attributes.where}, {@code fields.0}. */
    private static @Nullable Object at(JsonObject data, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return data.getValue(path);
        }
        var inner = data.getValue(path.substring(0, dot));
        var rest = path.substring(dot + 1);
        if (inner instanceof JsonArray list) {
            int index = Integer.parseInt(rest);
            return index < list.size() ? list.getValue(index) : null;
        }
        return inner instanceof JsonObject object ? object.getValue(rest) : null;
    }
}

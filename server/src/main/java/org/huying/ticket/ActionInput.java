package org.huying.ticket;

import io.vertx.core.json.JsonArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of an action's request, as the contract names and checks them. */
public record ActionInput(Map<String, Object> fields) {
    private static final ActionInput NONE = new ActionInput(Map.of());

    public static ActionInput none() {
        return NONE;
    }

    /** The same with one more field. */
    public ActionInput with(String name, Object value) {
        var more = new HashMap<>(fields);
        more.put(name, value);
        return new ActionInput(more);
    }

    @Nullable
    String text(String name) {
        var value = fields.get(name);
        return value == null ? null : value.toString();
    }

    String required(String name) {
        var value = text(name);
        if (value == null) {
            throw new IllegalArgumentException("an action without its " + name);
        }
        return value;
    }

    UUID id(String name) {
        return UUID.fromString(required(name));
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    @Nullable
    Integer number(String name) {
        return fields.get(name) instanceof Number number ? number.intValue() : null;
    }

    List<String> texts(String name) {
        var value = fields.get(name);
        if (value instanceof JsonArray array) {
            return array.stream().map(Object::toString).toList();
        }
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }
}

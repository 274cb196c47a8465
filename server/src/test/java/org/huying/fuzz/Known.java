package org.huying.fuzz;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.huying.http.Contract;
import org.jspecify.annotations.Nullable;

/**
 * What answers have told so far, by the name under which requests ask for it: ids of what there really is, codes,
 * versions, cursors. Without these nearly every request would end at its first check.
 */
final class Known {
    private static final int KEPT_OF_EACH = 150;
    private static final Pattern PARAMETER_AFTER = Pattern.compile("/([a-z-]+)/\\{([A-Za-z]+)}");

    private final Map<String, List<Object>> values = new ConcurrentHashMap<>();
    private final Map<Told, List<Object>> told = new ConcurrentHashMap<>();
    /** {@code tickets} to {@code ticketId}: how the contract calls the id of a resource. */
    private final Map<String, String> idNames = new HashMap<>();

    /** To whom, under which name. */
    private record Told(String caller, String name) {}

    Known(Contract contract) {
        for (var operation : contract.operations()) {
            var found = PARAMETER_AFTER.matcher(operation.path());
            while (found.find()) {
                idNames.put(found.group(1), found.group(2));
            }
        }
    }

    void add(String name, Object value, Random random) {
        add(values.computeIfAbsent(name, key -> new ArrayList<>()), value, random);
    }

    private static void add(List<Object> kept, Object value, Random random) {
        synchronized (kept) {
            if (kept.contains(value)) {
                return;
            }
            if (kept.size() < KEPT_OF_EACH) {
                kept.add(value);
            } else {
                kept.set(random.nextInt(KEPT_OF_EACH), value);
            }
        }
    }

    /** Takes what an answer to this path tells; what somebody was told, they mostly ask for themselves. */
    void learn(String caller, String path, Object answer, Random random) {
        var segments = path.split("[/?]", -1);
        var owner = "";
        for (var segment : segments) {
            owner = idNames.getOrDefault(segment, owner);
        }
        learn(caller, owner, answer, 0, random);
    }

    private void learn(String caller, String idName, @Nullable Object node, int depth, Random random) {
        if (node instanceof JsonArray array) {
            for (int i = 0; i < Math.min(array.size(), 30); i++) {
                learn(caller, idName, array.getValue(i), depth + 1, random);
            }
        } else if (node instanceof JsonObject object && depth < 8) {
            for (var entry : object) {
                var value = entry.getValue();
                if (value instanceof String || value instanceof Number) {
                    var name = entry.getKey().equals("id") ? idName : entry.getKey();
                    add(name, value, random);
                    add(told.computeIfAbsent(new Told(caller, name), key -> new ArrayList<>()), value, random);
                } else {
                    var inner = entry.getKey().equals("items") ? idName : singular(entry.getKey()) + "Id";
                    learn(caller, inner, value, depth + 1, random);
                }
            }
        }
    }

    /** Something known under a name, or under its end, as {@code intoTicketId} is a {@code ticketId}. */
    @Nullable
    Object one(String caller, String name, Random random) {
        var own = random.nextInt(5) > 0 ? pick(told.get(new Told(caller, name)), random) : null;
        var exact = own == null ? pick(values.get(name), random) : own;
        if (exact != null) {
            return exact;
        }
        var wanted = singular(name).toLowerCase(Locale.ROOT);
        for (var known : values.keySet()) {
            if (!known.isEmpty() && wanted.endsWith(known.toLowerCase(Locale.ROOT))) {
                return pick(values.get(known), random);
            }
        }
        return null;
    }

    private static @Nullable Object pick(@Nullable List<Object> kept, Random random) {
        if (kept == null) {
            return null;
        }
        synchronized (kept) {
            return kept.get(random.nextInt(kept.size()));
        }
    }

    private static String singular(String name) {
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }
}

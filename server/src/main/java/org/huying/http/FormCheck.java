package org.huying.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.huying.kernel.Fault;
import org.huying.kernel.Refusal;

/** The contract's demands on a form: which parts it has, and how many bytes each may be. */
final class FormCheck {
    /** For boundaries and headers of parts. */
    private static final long OVERHEAD_BYTES = 64 << 10;

    private record Bounds(int minBytes, int maxBytes) {}

    private final Map<String, Bounds> parts = new HashMap<>();
    private final List<String> required;
    private final long maxBytes;

    FormCheck(JsonObject schema) {
        var properties = schema.getJsonObject("properties");
        for (var name : properties.fieldNames()) {
            var part = properties.getJsonObject(name);
            parts.put(name, new Bounds(part.getInteger("minLength", 0), part.getInteger("maxLength")));
        }
        required = schema.getJsonArray("required", new JsonArray()).stream()
                .map(String.class::cast)
                .toList();
        maxBytes = OVERHEAD_BYTES
                + parts.values().stream().mapToLong(Bounds::maxBytes).sum();
    }

    /** Of a whole body. */
    long maxBytes() {
        return maxBytes;
    }

    /** The parts by name; a part that is too large fails with {@code TooLarge}, other faults are added. */
    Map<String, Buffer> parts(MultipartForm form, List<Fault> faults) {
        var found = new HashMap<String, Buffer>();
        for (var part : form.parts()) {
            var pointer = "/" + part.name().replace("~", "~0").replace("/", "~1");
            var bounds = parts.get(part.name());
            if (bounds == null) {
                faults.add(new Fault(pointer, "unknown_field"));
            } else if (part.content().length() > bounds.maxBytes()) {
                throw Refusal.tooLarge();
            } else if (found.put(part.name(), part.content()) != null) {
                faults.add(new Fault(pointer, "duplicate"));
            } else if (part.content().length() < bounds.minBytes()) {
                faults.add(new Fault(pointer, "part_empty"));
            }
        }
        required.stream()
                .filter(name -> !found.containsKey(name))
                .forEach(name -> faults.add(new Fault("/" + name, "required")));
        return found;
    }
}

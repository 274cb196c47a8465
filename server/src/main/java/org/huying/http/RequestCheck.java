package org.huying.http;

import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.huying.kernel.Fault;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** The contract's demands on one operation's requests, compiled once for each event loop. */
final class RequestCheck {
    static final String JSON = "application/json";

    private record CompiledParameter(ContractOperation.Parameter parameter, String type, SchemaCheck check) {}

    private final List<CompiledParameter> parameters;
    private final Set<String> queryNames = new HashSet<>();
    private final @Nullable SchemaCheck body;
    private final boolean bodyRequired;
    private final Set<String> mediaTypes;
    private final @Nullable FormCheck form;
    private final long bodyMaxBytes;

    RequestCheck(ContractOperation operation) {
        this.parameters = operation.parameters().stream()
                .map(p -> new CompiledParameter(p, p.schema().getString("type"), new SchemaCheck(p.schema())))
                .toList();
        operation.parameters().stream().filter(p -> p.in().equals("query")).forEach(p -> queryNames.add(p.name()));
        var json = operation.content().getJsonObject(JSON);
        this.body = json == null ? null : new SchemaCheck(json.getJsonObject("schema"));
        this.bodyRequired = operation.bodyRequired();
        this.mediaTypes = operation.content().fieldNames();
        var multipart = operation.content().getJsonObject(MultipartForm.MEDIA_TYPE);
        this.form = multipart == null ? null : new FormCheck(multipart.getJsonObject("schema"));
        this.bodyMaxBytes = form != null
                ? form.maxBytes()
                : json == null ? 0 : BodyBound.of(operation.id(), json.getJsonObject("schema"));
    }

    /** How long a body may be that the contract takes. */
    long bodyMaxBytes() {
        return bodyMaxBytes;
    }

    /** What the operation demands of its form, where it takes one. */
    @Nullable
    FormCheck form() {
        return form;
    }

    boolean takesBody() {
        return !mediaTypes.isEmpty();
    }

    /** Whether a body of this type may come; without a body, its type does not matter. */
    boolean takes(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        var mediaType = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return mediaTypes.stream().anyMatch(mediaType::equalsIgnoreCase);
    }

    /** The values of the parameters in the types of the contract; what is wrong with them goes to {@code faults}. */
    Map<String, Object> parameters(Map<String, String> path, MultiMap query, MultiMap headers, List<Fault> faults) {
        var values = new HashMap<String, Object>();
        for (var compiled : parameters) {
            var parameter = compiled.parameter();
            var pointer = "/" + parameter.in() + "/" + parameter.name();
            var raw = raw(parameter, path, query, headers, pointer, faults);
            if (raw == null) {
                if (parameter.required()) {
                    faults.add(new Fault(pointer, "required"));
                }
                continue;
            }
            var value = typed(raw, compiled.type());
            var wrong = compiled.check().faults(value, pointer);
            if (wrong.isEmpty() && hasIllegalCharacter(raw)) {
                wrong = List.of(new Fault(pointer, "character"));
            }
            if (wrong.isEmpty()) {
                values.put(parameter.name(), value);
            } else {
                faults.addAll(wrong);
            }
        }
        query.names().stream()
                .filter(name -> !queryNames.contains(name))
                .forEach(name -> faults.add(new Fault("/query/" + name, "unknown_field")));
        return values;
    }

    /** The body as an object; an empty one counts as {@code {}} where the contract does not insist on a body. */
    JsonObject body(Buffer bytes, List<Fault> faults) {
        if (body == null) {
            return new JsonObject();
        }
        if (bytes.length() == 0) {
            if (bodyRequired) {
                faults.addAll(body.faults(new JsonObject(), ""));
            }
            return new JsonObject();
        }
        var value = parse(bytes);
        var wrong = body.faults(value, "");
        faults.addAll(wrong);
        if (wrong.isEmpty()) {
            findIllegalCharacters(value, "", faults);
        }
        return value instanceof JsonObject object ? object : new JsonObject();
    }

    private static @Nullable Object parse(Buffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes()));
            var parser = JacksonCodec.createParser(bytes);
            // A name given twice would be one value to us and another to somebody else.
            parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            return JacksonCodec.fromParser(parser, Object.class);
        } catch (CharacterCodingException | DecodeException e) {
            throw Refusal.malformed("malformed_json");
        }
    }

    private static @Nullable String raw(
            ContractOperation.Parameter parameter,
            Map<String, String> path,
            MultiMap query,
            MultiMap headers,
            String pointer,
            List<Fault> faults) {
        switch (parameter.in()) {
            case "path" -> {
                return decoded(path.get(parameter.name()));
            }
            case "header" -> {
                return headers.get(parameter.name());
            }
            default -> {
                var all = query.getAll(parameter.name());
                if (all.size() > 1) {
                    faults.add(new Fault(pointer, "duplicate"));
                    return null;
                }
                return all.isEmpty() ? null : all.get(0);
            }
        }
    }

    private static @Nullable String decoded(@Nullable String segment) {
        if (segment == null || segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    /** A text that is no number or boolean stays a text, and its type is the fault. */
    private static Object typed(String raw, @Nullable String type) {
        if ("integer".equals(type) && raw.matches("-?[0-9]{1,18}")) {
            return Long.valueOf(raw);
        }
        if ("boolean".equals(type) && (raw.equals("true") || raw.equals("false"))) {
            return Boolean.valueOf(raw);
        }
        return raw;
    }

    private static void findIllegalCharacters(@Nullable Object value, String pointer, List<Fault> faults) {
        if (value instanceof String text && hasIllegalCharacter(text)) {
            faults.add(new Fault(pointer, "character"));
        } else if (value instanceof JsonObject object) {
            object.forEach(entry -> findIllegalCharacters(entry.getValue(), pointer + "/" + entry.getKey(), faults));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                findIllegalCharacters(array.getValue(i), pointer + "/" + i, faults);
            }
        }
    }

    /** U+0000 cannot be stored, and half a surrogate pair is no character. */
    private static boolean hasIllegalCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return true;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    static List<Fault> none() {
        return new ArrayList<>(0);
    }
}

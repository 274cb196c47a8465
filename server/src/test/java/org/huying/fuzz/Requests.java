package org.huying.fuzz;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.huying.http.ContractOperation;
import org.huying.kernel.Ids;
import org.jspecify.annotations.Nullable;

/** Makes requests of an operation that are as the contract wants them, for callers who may or may not. */
final class Requests {
    private static final String BOUNDARY = "----fuzz-5c1e";

    private final Sampler sampler;
    private final Random random;
    private final byte[] picture;

    Requests(Sampler sampler, Random random, byte[] picture) {
        this.sampler = sampler;
        this.random = random;
        this.picture = picture;
    }

    /** @param token null for nobody */
    Shot of(ContractOperation operation, String caller, @Nullable String token) {
        var headers = new ArrayList<String>();
        if (token != null) {
            headers.add("Authorization: Bearer " + token);
        }
        var target = operation.path();
        var query = new ArrayList<String>();
        for (var parameter : operation.parameters()) {
            var isLeftOut = sampler.isLeftOut(parameter.name())
                    || (!sampler.isGiven(parameter.name()) && random.nextInt(3) > 0);
            if (!parameter.required() && isLeftOut) {
                continue;
            }
            var value = String.valueOf(sampler.parameter(parameter.name(), parameter.schema()));
            switch (parameter.in()) {
                case "path" -> target = target.replace("{" + parameter.name() + "}", encoded(value));
                case "query" -> query.add(parameter.name() + "=" + encoded(value));
                default ->
                    headers.add(parameter.name() + ": "
                            + (parameter.name().equals("Idempotency-Key") ? Ids.next() : value));
            }
        }
        if (!query.isEmpty()) {
            target += query.stream().collect(Collectors.joining("&", "?", ""));
        }
        var shot = new Shot(
                operation, caller, operation.method().name(), target, headers, null, Shot.Length.DECLARED, Map.of());
        return withBody(shot, operation);
    }

    private Shot withBody(Shot shot, ContractOperation operation) {
        var content = operation.content();
        if (content.isEmpty() || (!operation.bodyRequired() && random.nextInt(3) == 0)) {
            return shot;
        }
        var mediaType = content.fieldNames().iterator().next();
        if (mediaType.equals("multipart/form-data")) {
            var parts = content.getJsonObject(mediaType).getJsonObject("schema").getJsonObject("properties");
            return with(shot, mediaType + "; boundary=" + BOUNDARY, form(parts.fieldNames()), Map.of());
        }
        var value = sampler.body(content.getJsonObject(mediaType).getJsonObject("schema"));
        return with(shot, mediaType, utf8(new Json(random).write(value)), fields(value));
    }

    private static Shot with(Shot shot, String contentType, byte[] body, Map<String, @Nullable Object> fields) {
        var headers = new ArrayList<>(shot.headers());
        headers.add("Content-Type: " + contentType);
        return new Shot(
                shot.operation(),
                shot.caller(),
                shot.method(),
                shot.target(),
                List.copyOf(headers),
                body,
                Shot.Length.DECLARED,
                fields);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> fields(@Nullable Object value) {
        return value instanceof Map<?, ?> object ? (Map<String, @Nullable Object>) object : Map.of();
    }

    private byte[] form(Iterable<String> names) {
        var out = new ByteArrayOutputStream();
        for (var name : names) {
            out.writeBytes(utf8("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name
                    + "\"; filename=\"../../x\0.jpg\"\r\nContent-Type: image/png\r\n\r\n"));
            out.writeBytes(random.nextInt(3) > 0 ? picture : noise());
        }
        out.writeBytes(utf8("\r\n--" + BOUNDARY + "--\r\n"));
        return out.toByteArray();
    }

    private byte[] noise() {
        var noise = new byte[random.nextInt(5_000)];
        random.nextBytes(noise);
        return noise;
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

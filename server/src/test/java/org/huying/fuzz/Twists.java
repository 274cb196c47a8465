package org.huying.fuzz;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes of a request that the contract wants one that it does not: in its body, its address or its headers. */
final class Twists {
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", "PROPFIND", "get");
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/json; charset=utf-16",
            "application/json;charset=\"utf-8\"",
            "APPLICATION/JSON",
            "application/json, text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"" + "x".repeat(500) + "\"",
            "multipart/form-data; boundary=----fuzz-5c1f",
            "application/problem+json",
            ";",
            "",
            "\u00ff/\u00fe");

    private final Random random;

    Twists(Random random) {
        this.random = random;
    }

    Shot of(Shot shot) {
        return switch (random.nextInt(shot.body() == null ? 4 : 10)) {
            case 0 -> shot.withTarget(twistedTarget(shot));
            case 1 -> shot.with(HostileHeaders.added(shot.headers(), random));
            case 2 -> random.nextInt(4) == 0 ? shot.withMethod(Odd.one(METHODS, random)) : shot.withTarget(query(shot));
            case 3 -> surprised(shot);
            case 4 -> shot.with(retyped(shot.headers()));
            case 5 -> shot.withBody(damaged(shot.body()));
            default -> shot.fields().isEmpty() ? shot.withBody(odd()) : shot.withBody(twistedFields(shot.fields()));
        };
    }

    private String twistedTarget(Shot shot) {
        var path = shot.path();
        var segments = new ArrayList<>(Arrays.asList(path.split("/", -1)));
        int at = 1 + random.nextInt(segments.size() - 1);
        segments.set(at, segment());
        return switch (random.nextInt(8)) {
            case 0 -> path + "/";
            case 1 -> path.replace("/", "//");
            case 2 -> path + "/" + segment();
            case 3 -> path + "#fragment";
            default -> String.join("/", segments);
        };
    }

    private String segment() {
        return switch (random.nextInt(14)) {
            case 0 -> "%";
            case 1 -> "%zz";
            case 2 -> "%c3%28";
            case 3 -> "%00";
            case 4 -> "..%2f..%2fetc%2fpasswd";
            case 5 -> "%ed%a0%80";
            case 6 -> "..";
            case 7 -> "\u00c3\u00a9\u00ff";
            case 8 -> "a".repeat(6_000);
            case 9 -> ";jsessionid=1";
            case 10 -> "%252e%252e";
            case 11 -> "00000000-0000-0000-0000-000000000000";
            case 12 -> "+";
            default -> Requests.encoded(Odd.storable(1, 60, random));
        };
    }

    private String query(Shot shot) {
        var target = shot.target();
        var joint = target.contains("?") ? "&" : "?";
        int equals = target.lastIndexOf('=');
        return switch (random.nextInt(9)) {
            case 0 -> target + joint + segment() + "=" + segment();
            case 1 -> target + joint + "=&&=&%=%";
            case 2 -> target + joint + "limit=1&limit=2";
            case 3 -> target + joint + "x=" + "y".repeat(3_000);
            case 4 -> target + joint + "a=1&".repeat(600);
            case 5 -> target + joint + "cursor=" + segment();
            case 6 -> target + joint + "limit=" + Odd.one(Odd.NUMBERS, random).replaceAll("[\" ]", "");
            case 7 -> equals < 0 ? target + "?" : target.substring(0, equals + 1) + segment();
            default -> equals < 0 ? target + "?#" : target.substring(0, equals + 1);
        };
    }

    /** A body where none is expected, or none where one is, or one in many pieces. */
    private Shot surprised(Shot shot) {
        if (shot.body() == null) {
            var headers = new ArrayList<>(shot.headers());
            headers.add("Content-Type: application/json");
            return shot.with(headers).withBody(odd());
        }
        return random.nextBoolean() ? shot.inChunks() : shot.withBody(new byte[0]);
    }

    private List<String> retyped(List<String> headers) {
        var changed = new ArrayList<>(headers);
        changed.removeIf(header -> header.startsWith("Content-Type"));
        if (random.nextInt(6) > 0) {
            changed.add("Content-Type: " + Odd.one(TYPES, random));
        }
        if (random.nextInt(4) == 0) {
            changed.add("Content-Encoding: " + Odd.one(List.of("gzip", "br", "identity", "x"), random));
        }
        return changed;
    }

    private byte[] damaged(byte @Nullable [] body) {
        var bytes = body == null || body.length == 0 ? new byte[1] : body.clone();
        switch (random.nextInt(5)) {
            case 0 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            case 2 -> {
                int at = random.nextInt(bytes.length);
                var badUtf8 = Odd.one(List.of("\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f8\u0088"), random);
                return Buffer.buffer()
                        .appendBytes(bytes, 0, at)
                        .appendBytes(Wire.latin(badUtf8))
                        .appendBytes(bytes, at, bytes.length - at)
                        .getBytes();
            }
            case 3 -> {
                return gzipped(bytes);
            }
            default -> {
                return Buffer.buffer("\ufeff").appendBytes(bytes).getBytes();
            }
        }
        return bytes;
    }

    private static byte[] gzipped(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A body that has nothing to do with the operation. */
    private byte[] odd() {
        return Requests.utf8(
                switch (random.nextInt(12)) {
                    case 0 -> "[".repeat(10_000) + "]".repeat(10_000);
                    case 1 -> "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
                    case 2 -> "[" + "0,".repeat(50_000) + "0]";
                    case 3 -> "\"" + "x".repeat(1_100_000) + "\"";
                    case 4 -> "null";
                    case 5 -> "{}{}";
                    case 6 -> "";
                    case 7 -> "{\"" + "k".repeat(60_000) + "\":1}";
                    case 8 -> Odd.one(Odd.BROKEN, random);
                    case 9 -> manyFields();
                    default -> Odd.one(Odd.NUMBERS, random);
                });
    }

    private static String manyFields() {
        var fields = new StringBuilder("{");
        for (int i = 0; i < 5_000; i++) {
            fields.append("\"f").append(i).append("\":").append(i).append(',');
        }
        return fields.append("\"last\":null}").toString();
    }

    private byte[] twistedFields(Map<String, @Nullable Object> fields) {
        var copy = copied(fields);
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            twist(copy);
        }
        var text = new Json(random).write(copy);
        if (random.nextInt(15) == 0 && text.length() > 2) {
            // Every field twice.
            text = text.substring(0, text.lastIndexOf('}')) + "," + text.substring(text.indexOf('{') + 1);
        }
        return Requests.utf8(text);
    }

    private static Map<String, @Nullable Object> copied(Map<String, @Nullable Object> fields) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach((name, value) -> copy.put(name, copiedValue(value)));
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object copiedValue(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return copied((Map<String, @Nullable Object>) object);
        }
        return value instanceof List<?> array
                ? new ArrayList<>(array.stream().map(Twists::copiedValue).toList())
                : value;
    }

    @SuppressWarnings("unchecked")
    private void twist(Map<String, @Nullable Object> object) {
        var names = List.copyOf(object.keySet());
        if (names.isEmpty() || random.nextInt(8) == 0) {
            object.put(random.nextBoolean() ? Odd.any(random) : "extra", anything());
            return;
        }
        var name = Odd.one(names, random);
        var value = object.get(name);
        if (value instanceof Map<?, ?> inner && random.nextInt(3) > 0) {
            twist((Map<String, @Nullable Object>) inner);
        } else if (value instanceof List<?> array && !array.isEmpty() && random.nextInt(3) > 0) {
            twistItem((List<@Nullable Object>) array);
        } else if (random.nextInt(6) == 0) {
            object.remove(name);
        } else {
            object.put(name, value instanceof String && random.nextBoolean() ? Odd.any(random) : anything());
        }
    }

    @SuppressWarnings("unchecked")
    private void twistItem(List<@Nullable Object> array) {
        int at = random.nextInt(array.size());
        if (array.get(at) instanceof Map<?, ?> inner && random.nextInt(3) > 0) {
            twist((Map<String, @Nullable Object>) inner);
        } else if (random.nextBoolean()) {
            array.set(at, anything());
        } else {
            for (int i = random.nextInt(3) == 0 ? 2_000 : 3; i > 0; i--) {
                array.add(array.get(at));
            }
        }
    }

    private @Nullable Object anything() {
        return switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> new ArrayList<>();
            case 2 -> new LinkedHashMap<>();
            case 3 -> random.nextBoolean();
            case 4 -> new Json.Raw(Odd.one(Odd.BROKEN, random));
            case 5, 6 -> new Json.Raw(Odd.one(Odd.NUMBERS, random));
            case 7 -> new ArrayList<>(List.of("a", 1));
            default -> Odd.any(random);
        };
    }
}

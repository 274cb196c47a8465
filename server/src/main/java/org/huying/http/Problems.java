package org.huying.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.huying.kernel.Fault;
import org.huying.kernel.Refusal;
import org.huying.kernel.spelling.Shapes;
import org.jspecify.annotations.Nullable;

/** The one place where a refusal gets a status, words and bytes (RFC 9457). */
public final class Problems {
    static final String CONTENT_TYPE = "application/problem+json";
    private static final String TEXTS = "org.huying.problems";
    private static final String TYPE = "urn:huying:problem:";

    private Problems() {}

    static int status(Refusal refusal) {
        if (refusal instanceof Refusal.Malformed) {
            return 400;
        } else if (refusal instanceof Refusal.Unauthenticated) {
            return 401;
        } else if (refusal instanceof Refusal.Forbidden) {
            return 403;
        } else if (refusal instanceof Refusal.NotFound) {
            return 404;
        } else if (refusal instanceof Refusal.MethodNotAllowed) {
            return 405;
        } else if (refusal instanceof Refusal.TooSlow) {
            return 408;
        } else if (refusal instanceof Refusal.Conflict) {
            return 409;
        } else if (refusal instanceof Refusal.TooLarge) {
            return 413;
        } else if (refusal instanceof Refusal.UnsupportedMedia) {
            return 415;
        } else if (refusal instanceof Refusal.RuleBroken) {
            return 422;
        } else if (refusal instanceof Refusal.TooMany) {
            return 429;
        }
        return 503;
    }

    static Rendered render(Refusal refusal, String requestId, @Nullable String acceptLanguage) {
        var texts = texts(acceptLanguage);
        var status = status(refusal);
        var problem = problem(refusal.code(), status, texts, requestId);
        var faults = faults(refusal);
        if (!faults.isEmpty()) {
            problem.put(
                    "errors",
                    new JsonArray(faults.stream().map(f -> json(f, texts)).toList()));
        }
        refusal.extras().forEach(problem::put);
        return new Rendered(status, CONTENT_TYPE, JsonText.write(problem), headers(refusal));
    }

    /** A fault of ours: the caller learns the request id, and nothing else. */
    static Rendered internal(String requestId, @Nullable String acceptLanguage) {
        var problem = problem("internal", 500, texts(acceptLanguage), requestId);
        return new Rendered(500, CONTENT_TYPE, JsonText.write(problem), Map.of());
    }

    private static JsonObject problem(String code, int status, ResourceBundle texts, String requestId) {
        var problem = new JsonObject()
                .put("type", TYPE + code)
                .put("title", text(texts, code))
                .put("status", status)
                .put("code", code)
                .put("requestId", requestId);
        if (texts.containsKey(code + ".detail")) {
            problem.put("detail", texts.getString(code + ".detail"));
        }
        return problem;
    }

    private static List<Fault> faults(Refusal refusal) {
        if (refusal instanceof Refusal.Malformed malformed) {
            return malformed.faults();
        }
        return refusal instanceof Refusal.RuleBroken broken ? broken.faults() : List.of();
    }

    private static JsonObject json(Fault fault, ResourceBundle texts) {
        return new JsonObject()
                .put("pointer", fault.pointer())
                .put("code", fault.code())
                .put("message", inWords(fault, texts));
    }

    /** Outside of a problem, too. */
    static String inWords(Fault fault, @Nullable String acceptLanguage) {
        return inWords(fault, texts(acceptLanguage));
    }

    private static String inWords(Fault fault, ResourceBundle texts) {
        return MessageFormat.format(text(texts, "fault." + fault.code()), Shapes.isolated(fault.hint()))
                .strip();
    }

    private static Map<String, String> headers(Refusal refusal) {
        var headers = new HashMap<String, String>();
        if (refusal instanceof Refusal.Unauthenticated) {
            headers.put("WWW-Authenticate", "Bearer");
        } else if (refusal instanceof Refusal.TooMany many) {
            headers.put("Retry-After", seconds(many.retryAfter()));
        } else if (refusal instanceof Refusal.Unavailable unavailable) {
            headers.put("Retry-After", seconds(unavailable.retryAfter()));
        }
        return headers;
    }

    /** Whole ones, at least one, never too few. */
    static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }

    /** Chinese unless English is asked for first. */
    private static ResourceBundle texts(@Nullable String acceptLanguage) {
        var english = acceptLanguage != null
                && acceptLanguage.strip().toLowerCase(Locale.ROOT).startsWith("en");
        return ResourceBundle.getBundle(
                TEXTS,
                english ? Locale.ENGLISH : Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** A code without a sentence is a fault of ours that a test finds; the caller still gets an answer. */
    private static String text(ResourceBundle texts, String key) {
        try {
            return texts.getString(key);
        } catch (MissingResourceException e) {
            return key;
        }
    }
}

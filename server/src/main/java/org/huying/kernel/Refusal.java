package org.huying.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Why something is not done: the one hierarchy of domain errors. Each has a stable code; what status that means is the
 * HTTP layer's affair. Refusals are answers, not accidents, so they carry no stack trace.
 */
public abstract sealed class Refusal extends RuntimeException {
    private final String code;
    private final transient Map<String, Object> extras;

    private Refusal(String code, Map<String, Object> extras) {
        super(code, null, false, false);
        this.code = code;
        this.extras = Map.copyOf(extras);
    }

    /** Machine-readable, stable, listed in the contract. */
    public String code() {
        return code;
    }

    /** Further members of the answer, such as {@code bookingId}; values are what JSON can say. */
    public Map<String, Object> extras() {
        return extras;
    }

    /** The request cannot be understood; every fault is listed. */
    public static final class Malformed extends Refusal {
        private final transient List<Fault> faults;

        private Malformed(String code, List<Fault> faults) {
            super(code, Map.of());
            this.faults = List.copyOf(faults);
        }

        public List<Fault> faults() {
            return faults;
        }
    }

    /** Nobody, or nobody who can be believed, is calling. */
    public static final class Unauthenticated extends Refusal {
        private Unauthenticated(String code) {
            super(code, Map.of());
        }
    }

    /** There is nothing, or nothing that this caller may know of. */
    public static final class NotFound extends Refusal {
        private NotFound(String code) {
            super(code, Map.of());
        }
    }

    /** The role never may. */
    public static final class Forbidden extends Refusal {
        private Forbidden(String code) {
            super(code, Map.of());
        }
    }

    /** The state of things forbids it now. */
    public static final class Conflict extends Refusal {
        private Conflict(String code, Map<String, Object> extras) {
            super(code, extras);
        }
    }

    /** Understood, but against a rule; every fault is listed. */
    public static final class RuleBroken extends Refusal {
        private final transient List<Fault> faults;

        private RuleBroken(String code, List<Fault> faults) {
            super(code, Map.of());
            this.faults = List.copyOf(faults);
        }

        public List<Fault> faults() {
            return faults;
        }
    }

    /** The body took too long to come. */
    public static final class TooSlow extends Refusal {
        private TooSlow() {
            super("request_too_slow", Map.of());
        }
    }

    /** The body is larger than the operation takes. */
    public static final class TooLarge extends Refusal {
        private TooLarge() {
            super("body_too_large", Map.of());
        }
    }

    /** The body is of a kind that the operation does not take. */
    public static final class UnsupportedMedia extends Refusal {
        private UnsupportedMedia(String code) {
            super(code, Map.of());
        }
    }

    /** The path exists, but not with this method. */
    public static final class MethodNotAllowed extends Refusal {
        private MethodNotAllowed() {
            super("method_not_allowed", Map.of());
        }
    }

    /** A limit is used up for now. */
    public static final class TooMany extends Refusal {
        private final Duration retryAfter;

        private TooMany(String code, Duration retryAfter) {
            super(code, Map.of());
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** Something we depend on is away, or we are full; trying again later helps. */
    public static final class Unavailable extends Refusal {
        private final Duration retryAfter;

        private Unavailable(String code, Duration retryAfter) {
            super(code, Map.of());
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    public static Refusal malformed(List<Fault> faults) {
        return new Malformed("invalid_request", faults);
    }

    public static Refusal malformed(String code) {
        return new Malformed(code, List.of());
    }

    public static Refusal unauthenticated(String code) {
        return new Unauthenticated(code);
    }

    public static Refusal notFound() {
        return new NotFound("not_found");
    }

    public static Refusal notFound(String code) {
        return new NotFound(code);
    }

    public static Refusal forbidden() {
        return new Forbidden("forbidden");
    }

    public static Refusal forbidden(String code) {
        return new Forbidden(code);
    }

    public static Refusal conflict(String code) {
        return new Conflict(code, Map.of());
    }

    public static Refusal conflict(String code, Map<String, Object> extras) {
        return new Conflict(code, extras);
    }

    public static Refusal ruleBroken(String code) {
        return new RuleBroken(code, List.of());
    }

    public static Refusal ruleBroken(String code, List<Fault> faults) {
        return new RuleBroken(code, faults);
    }

    public static Refusal tooSlow() {
        return new TooSlow();
    }

    public static Refusal tooLarge() {
        return new TooLarge();
    }

    public static Refusal unsupportedMedia() {
        return unsupportedMedia("unsupported_media_type");
    }

    public static Refusal unsupportedMedia(String code) {
        return new UnsupportedMedia(code);
    }

    public static Refusal methodNotAllowed() {
        return new MethodNotAllowed();
    }

    public static Refusal tooMany(String code, Duration retryAfter) {
        return new TooMany(code, retryAfter);
    }

    public static Refusal unavailable(String code) {
        return new Unavailable(code, Duration.ofSeconds(1));
    }
}

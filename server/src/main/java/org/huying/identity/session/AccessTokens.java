package org.huying.identity.session;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;

/**
 * Signs and verifies access tokens: JWTs with EdDSA over Ed25519 and nothing else, whatever their header asks for.
 * Thread-safe; one for all event loops.
 */
public final class AccessTokens {
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final int LENGTH_MAX = 4_096;
    private static final int SKEW_SECONDS = 60;
    private static final String ALGORITHM = "EdDSA";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final SigningKeys keys;
    private final Ed25519 signatures;
    private final Clock clock;
    private final String header;

    /** @param clock real time */
    public AccessTokens(SigningKeys keys, Ed25519 signatures, Clock clock) {
        this.keys = keys;
        this.signatures = signatures;
        this.clock = clock;
        this.header =
                encode(new JsonObject().put("alg", ALGORITHM).put("typ", "JWT").put("kid", keys.keyId()));
    }

    public SigningKeys keys() {
        return keys;
    }

    /** A token for the session, good from now on for {@link #LIFETIME}. */
    public String issue(OpenSession session, Collection<Role> roles) {
        var owner = session.owner();
        var now = clock.instant().getEpochSecond();
        var signed = header
                + "."
                + encode(new JsonObject()
                        .put("sub", owner.personId().toString())
                        .put("kind", owner.kind().code())
                        .put("district", owner.districtId().toString())
                        .put("roles", roles.stream().sorted().map(Role::code).toList())
                        .put("sid", session.id().toString())
                        .put("iat", now)
                        .put("exp", now + LIFETIME.toSeconds())
                        .put("jti", Ids.next().toString()));
        return signed + "." + ENCODER.encodeToString(signatures.sign(ascii(signed), keys.privateKey()));
    }

    /** What a genuine token says; refuses with {@code token_expired} when its time is over, else {@code token_invalid}. */
    public VerifiedToken verify(String token) {
        if (token.length() > LENGTH_MAX) {
            throw invalid();
        }
        var payloadAt = token.indexOf('.') + 1;
        var signatureAt = token.indexOf('.', payloadAt) + 1;
        if (payloadAt == 0 || signatureAt == 0 || token.indexOf('.', signatureAt) >= 0) {
            throw invalid();
        }
        verifySignature(
                parse(token.substring(0, payloadAt - 1)),
                token.substring(0, signatureAt - 1),
                decode(token.substring(signatureAt)));
        var verified = claims(parse(token.substring(payloadAt, signatureAt - 1)));
        requireCurrent(verified);
        return verified;
    }

    /** Refuses with {@code token_expired} when a token verified before has come to its end. */
    public void requireCurrent(VerifiedToken token) {
        if (clock.instant().getEpochSecond() >= token.expiresAtSecond()) {
            throw Refusal.unauthenticated("token_expired");
        }
    }

    private void verifySignature(JsonObject tokenHeader, String signed, byte[] signature) {
        if (!ALGORITHM.equals(tokenHeader.getValue("alg")) || tokenHeader.containsKey("crit")) {
            throw invalid();
        }
        var key = tokenHeader.getValue("kid") instanceof String keyId ? keys.publicKey(keyId) : null;
        if (key == null || !signatures.isSignedBy(key, ascii(signed), signature)) {
            throw invalid();
        }
    }

    private VerifiedToken claims(JsonObject claims) {
        requireBegun(second(claims, "iat"));
        // we make none, but what has our signature and says so is not to be used before
        if (claims.containsKey("nbf")) {
            requireBegun(second(claims, "nbf"));
        }
        return new VerifiedToken(
                uuid(claims, "sub"),
                uuid(claims, "district"),
                uuid(claims, "sid"),
                kind(text(claims, "kind")),
                second(claims, "exp"));
    }

    private void requireBegun(long second) {
        if (second > clock.instant().getEpochSecond() + SKEW_SECONDS) {
            throw invalid();
        }
    }

    private static Caller.Kind kind(String code) {
        return switch (code) {
            case "resident" -> Caller.Kind.RESIDENT;
            case "staff" -> Caller.Kind.STAFF;
            default -> throw invalid();
        };
    }

    private static long second(JsonObject claims, String name) {
        var value = claims.getValue(name);
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw invalid();
    }

    private static UUID uuid(JsonObject claims, String name) {
        try {
            return UUID.fromString(text(claims, name));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static String text(JsonObject claims, String name) {
        if (claims.getValue(name) instanceof String text) {
            return text;
        }
        throw invalid();
    }

    private static JsonObject parse(String encoded) {
        try {
            return new JsonObject(Buffer.buffer(decode(encoded)));
        } catch (DecodeException | ClassCastException e) {
            throw invalid();
        }
    }

    /** Only the one canonical spelling: the decoder would ignore spare bits, and two tokens would be one. */
    private static byte[] decode(String encoded) {
        try {
            var bytes = DECODER.decode(encoded);
            if (ENCODER.encodeToString(bytes).equals(encoded)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // falls through
        }
        throw invalid();
    }

    private static String encode(JsonObject json) {
        return ENCODER.encodeToString(json.toBuffer().getBytes());
    }

    /** Anything beyond ASCII becomes a question mark, which no signature of ours covers. */
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Refusal invalid() {
        return Refusal.unauthenticated("token_invalid");
    }
}

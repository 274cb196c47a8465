package org.huying.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final TestClock clock = new TestClock(Instant.parse("2026-05-04T03:29:00Z"));
    private final OpenSession session = new OpenSession(
            UUID.randomUUID(),
            new SessionOwner(UUID.randomUUID(), UUID.randomUUID(), Caller.Kind.STAFF),
            "refresh token");

    @TempDir
    private Path directory;

    private SigningKeys keys;
    private AccessTokens tokens;
    private String token;

    @BeforeEach
    void setUp() throws IOException {
        keys = newKeys("own.pem");
        tokens = new AccessTokens(keys, Ed25519.fastest(), clock);
        token = tokens.issue(session, List.of(Role.WORKER, Role.DISPATCHER));
    }

    @Test
    void a_token_says_what_the_contract_promises() {
        // when
        var claims = json(1);

        // then
        assertThat(json(0))
                .isEqualTo(
                        new JsonObject().put("alg", "EdDSA").put("typ", "JWT").put("kid", keys.keyId()));
        assertThat(claims.getString("sub")).isEqualTo(session.owner().personId().toString());
        assertThat(claims.getString("kind")).isEqualTo("staff");
        assertThat(claims.getString("district"))
                .isEqualTo(session.owner().districtId().toString());
        assertThat(claims.getJsonArray("roles")).isEqualTo(JsonArray.of("dispatcher", "worker"));
        assertThat(claims.getLong("iat")).isEqualTo(clock.instant().getEpochSecond());
        assertThat(claims.getLong("exp")).isEqualTo(clock.instant().getEpochSecond() + 900);
        assertThat(claims.getString("jti")).isNotEmpty();
    }

    @Test
    void a_token_is_good_for_a_quarter_of_an_hour() {
        // given
        clock.advance(Duration.ofSeconds(899));
        var verified = tokens.verify(token);

        // when
        clock.advance(Duration.ofSeconds(1));

        // then
        assertThat(verified.personId()).isEqualTo(session.owner().personId());
        assertThat(verified.sessionId()).isEqualTo(session.id());
        assertRefused(token, "token_expired");
        assertThatThrownBy(() -> tokens.requireCurrent(verified)).hasMessage("token_expired");
    }

    @Test
    void the_jdk_and_the_native_provider_understand_each_other() {
        // given
        var byJdk = new AccessTokens(keys, Ed25519.jdk(), clock);

        // when
        var verified = byJdk.verify(token);

        // then
        assertThat(tokens.verify(byJdk.issue(session, List.of()))).isEqualTo(verified);
    }

    @Test
    void tokens_of_an_older_key_stay_good_and_new_ones_are_signed_by_the_new_key() throws IOException {
        // given
        Files.writeString(directory.resolve("old.pem"), SigningKeysTest.RFC_PRIVATE);
        var old = SigningKeys.load(directory.resolve("old.pem"));
        var oldToken = new AccessTokens(old, Ed25519.jdk(), clock).issue(session, List.of());
        newKeys("new.pem");
        var file = Files.writeString(
                directory.resolve("rotated.pem"),
                Files.readString(directory.resolve("new.pem")) + SigningKeysTest.RFC_PUBLIC);

        // when
        var rotated = new AccessTokens(SigningKeys.load(file), Ed25519.fastest(), clock);

        // then
        assertThat(rotated.verify(oldToken).sessionId()).isEqualTo(session.id());
        token = rotated.issue(session, List.of());
        assertThat(json(0).getString("kid")).isNotEqualTo(old.keyId());
        assertThat(rotated.verify(token).sessionId()).isEqualTo(session.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS256", "ES256", "Ed25519", "eddsa", ""})
    void only_one_algorithm_is_known_whatever_the_header_asks_for(String algorithm) {
        // when
        var forged = signed(json(0).put("alg", algorithm), json(1), keys);

        // then
        assertRefused(forged, "token_invalid");
    }

    @Test
    void a_token_without_a_signature_or_with_the_public_key_as_a_secret_is_refused() throws GeneralSecurityException {
        // given
        var unsigned = encode(json(0).put("alg", "none")) + "." + part(1) + ".";
        var swapped = encode(json(0).put("alg", "HS256")) + "." + part(1);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys.jwks().get(0).x().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));

        // when
        var hashed = swapped + "." + BASE64.encodeToString(mac.doFinal(swapped.getBytes(StandardCharsets.US_ASCII)));

        // then
        assertRefused(unsigned, "token_invalid");
        assertRefused(hashed, "token_invalid");
        assertRefused(part(0) + "." + part(1) + ".", "token_invalid");
        assertRefused(part(0) + "." + part(1) + "." + BASE64.encodeToString(new byte[64]), "token_invalid");
    }

    @Test
    void a_foreign_key_is_refused_also_under_our_name() throws IOException {
        // given
        var foreign = newKeys("foreign.pem");

        // when
        var honest = new AccessTokens(foreign, Ed25519.fastest(), clock).issue(session, List.of());

        // then
        assertRefused(honest, "token_invalid");
        assertRefused(signed(json(0), json(1), foreign), "token_invalid");
        assertRefused(signed(removed(json(0), "kid"), json(1), keys), "token_invalid");
        assertRefused(signed(json(0).put("crit", JsonArray.of("exp")), json(1), keys), "token_invalid");
    }

    @Test
    void no_character_of_a_token_can_be_changed() {
        // given
        var alphabet = List.of("A", "Q", "g", "w", "B", "R", "h", "x", "0", "1", "9", "-", "_", "z");

        for (var at = 0; at < token.length(); at++) {
            for (var character : alphabet) {
                // when
                var tampered = token.substring(0, at) + character + token.substring(at + 1);

                // then
                if (!tampered.equals(token)) {
                    assertRefused(tampered, "token_invalid");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "kind", "district", "sid", "exp", "iat"})
    void a_claim_that_is_missing_or_of_another_type_is_refused(String claim) {
        // given
        var missing = removed(json(1), claim);
        var mistyped = json(1).put(claim, new JsonObject());
        var textual = json(1).put(claim, "9999999999");
        var broken = json(1).put(claim, 1e300);

        // when, then
        for (var claims : List.of(missing, mistyped, textual, broken)) {
            assertRefused(signed(json(0), claims, keys), "token_invalid");
        }
    }

    @Test
    void the_future_is_refused_beyond_a_minute_of_skew() {
        // given
        var now = clock.instant().getEpochSecond();

        // when
        var ahead = signed(json(0), json(1).put("iat", now + 60), keys);

        // then
        assertThat(tokens.verify(ahead).sessionId()).isEqualTo(session.id());
        assertRefused(signed(json(0), json(1).put("iat", now + 61), keys), "token_invalid");
    }

    @Test
    void rubbish_is_refused_and_is_no_fault_of_ours() {
        // given
        var seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);

        for (var rubbish : List.of(
                "",
                ".",
                "..",
                "...",
                "a.b.c",
                "e30.e30.",
                "e30.e30.e30",
                "bnVsbA.bnVsbA.bnVsbA",
                "W10.W10.W10",
                "\u0000",
                "居民.居民.居民",
                token + ".",
                "." + token,
                token + "=",
                " " + token,
                "[".repeat(5_000),
                token.repeat(20))) {
            assertRefused(rubbish, "token_invalid");
        }
        var deep = BASE64.encodeToString("[".repeat(2_000).getBytes(StandardCharsets.US_ASCII));
        assertRefused(deep + "." + deep + "." + deep, "token_invalid");

        for (var i = 0; i < 5_000; i++) {
            // when
            var broken = new StringBuilder(token);
            for (var changes = random.nextInt(4); changes >= 0; changes--) {
                broken.setCharAt(random.nextInt(broken.length()), (char) random.nextInt(0x300));
            }

            // then
            if (!broken.toString().equals(token)) {
                assertRefused(broken.toString(), "token_invalid");
            }
        }
    }

    private void assertRefused(String forged, String code) {
        assertThatThrownBy(() -> tokens.verify(forged))
                .isInstanceOf(Refusal.Unauthenticated.class)
                .hasMessage(code);
    }

    private SigningKeys newKeys(String name) throws IOException {
        SigningKeys.generate(directory.resolve(name));
        return SigningKeys.load(directory.resolve(name));
    }

    private String part(int index) {
        return token.split("\\.", -1)[index];
    }

    private JsonObject json(int index) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part(index)), StandardCharsets.UTF_8));
    }

    private static JsonObject removed(JsonObject json, String name) {
        json.remove(name);
        return json;
    }

    private static String signed(JsonObject header, JsonObject claims, SigningKeys by) {
        var signed = encode(header) + "." + encode(claims);
        var signature = Ed25519.jdk().sign(signed.getBytes(StandardCharsets.US_ASCII), by.privateKey());
        return signed + "." + BASE64.encodeToString(signature);
    }

    private static String encode(JsonObject json) {
        return BASE64.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }
}

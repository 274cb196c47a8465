package org.huying.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.huying.testing.TestKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens that a whole node must not take, over HTTP. */
class TokenForgeryTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final SigningKeys KEYS = DemoTemplate.KEYS.signing();

    private String token;

    @BeforeEach
    void setUp() {
        var login = APP.anyone().post("/v1/auth/wechat", new JsonObject().put("code", "demo-resident-30"));
        token = login.withStatus(200).json().getString("accessToken");
        assertThat(me(token).status()).isEqualTo(200);
        assertThat(me(signed(header(), claims(), KEYS.privateKey())).status()).isEqualTo(200);
    }

    @Test
    void no_other_algorithm_is_taken() throws Exception {
        // given
        var none = encode(header().put("alg", "none")) + "." + part(1);
        var hashed = encode(header().put("alg", "HS256")) + "." + part(1);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                Base64.getUrlDecoder().decode(KEYS.jwks().get(0).x()), "HmacSHA256"));
        var curve = encode(header().put("alg", "ES256")) + "." + part(1);
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(generator.generateKeyPair().getPrivate());
        signature.update(ascii(curve));

        // when, then
        assertRefused(none + ".");
        assertRefused(none);
        assertRefused(hashed + "." + BASE64.encodeToString(mac.doFinal(ascii(hashed))));
        assertRefused(curve + "." + BASE64.encodeToString(signature.sign()));
    }

    @Test
    void a_foreign_key_is_refused_also_under_our_name_and_with_its_own_key_inside() {
        // given
        var foreign = TestKeys.generate().signing();
        var jwk = foreign.jwks().get(0);
        var inside =
                new JsonObject().put("kty", jwk.kty()).put("crv", jwk.crv()).put("x", jwk.x());

        // when, then
        assertRefused(signed(header(), claims(), foreign.privateKey()));
        assertRefused(signed(header().put("kid", jwk.kid()), claims(), foreign.privateKey()));
        assertRefused(signed(header().put("jwk", inside), claims(), foreign.privateKey()));
        assertRefused(signed(header().put("kid", "../../jwt-keys.pem"), claims(), foreign.privateKey()));
    }

    @Test
    void neither_the_past_nor_the_future_is_taken() {
        // given
        var now = Instant.now().getEpochSecond();

        // when
        var expired = signed(header(), claims().put("iat", now - 1_000).put("exp", now - 1), KEYS.privateKey());
        var early = signed(header(), claims().put("nbf", now + 600), KEYS.privateKey());
        var ahead = signed(header(), claims().put("iat", now + 600).put("exp", now + 900), KEYS.privateKey());
        var mistyped = signed(header(), claims().put("nbf", "now"), KEYS.privateKey());
        var begun = signed(header(), claims().put("nbf", now - 1), KEYS.privateKey());

        // then
        assertThat(me(expired).code()).isEqualTo("token_expired");
        assertRefused(early);
        assertRefused(ahead);
        assertRefused(mistyped);
        assertThat(me(begun).status()).isEqualTo(200);
    }

    @Test
    void an_altered_token_is_refused() {
        // given
        var signature = "." + part(2);

        // when, then
        assertRefused(part(0) + "."
                + encode(claims().put(
                                "district", DemoStructure.far().districtId().toString()))
                + signature);
        assertRefused(
                part(0) + "." + encode(claims().put("kind", "staff").put("roles", JsonArray.of("admin"))) + signature);
        assertRefused(
                part(0) + "." + encode(claims().put("sub", UUID.randomUUID().toString())) + signature);
        assertRefused(part(0) + "." + encode(claims().put("exp", Long.MAX_VALUE)) + signature);
    }

    @Test
    void roles_in_a_token_give_nothing() {
        // given
        var roles = JsonArray.of("admin", "supervisor");

        // when
        var resident = signed(header(), claims().put("roles", roles), KEYS.privateKey());
        var staff = signed(header(), claims().put("roles", roles).put("kind", "staff"), KEYS.privateKey());

        // then
        assertThat(APP.anyone().bearing(resident).get("/v1/staff").code()).isEqualTo("forbidden");
        assertThat(me(resident).json().getJsonArray("roles")).isEqualTo(JsonArray.of("resident"));
        assertRefused(staff);
    }

    @Test
    void a_replayed_refresh_token_ends_the_session() {
        // given
        var login = APP.anyone().post("/v1/auth/wechat", new JsonObject().put("code", "demo-resident-29"));
        var refresh = new JsonObject().put("refreshToken", login.json().getString("refreshToken"));
        var next = APP.anyone().post("/v1/auth/refresh", refresh).withStatus(200);

        // when
        var replayed = APP.anyone().post("/v1/auth/refresh", refresh);

        // then
        assertThat(replayed.code()).isEqualTo("refresh_token_invalid");
        assertRefused(next.json().getString("accessToken"));
        assertRefused(login.json().getString("accessToken"));
        assertRefused(login.json().getString("refreshToken"));
    }

    @Test
    void pieces_and_rubbish_are_refused() {
        for (var length = 0; length < token.length(); length += 7) {
            var reply = APP.anyone()
                    .with("Authorization", "Bearer " + token.substring(0, length))
                    .get("/v1/me");
            assertThat(reply.status()).isEqualTo(401);
        }
        for (var header :
                new String[] {token, "Basic " + token, "Bearer", "Bearer " + token + " " + token, "bearer,x"}) {
            assertThat(APP.anyone().with("Authorization", header).get("/v1/me").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void a_token_counts_once_and_in_the_header_only() throws Exception {
        var own = "Authorization: Bearer " + token + "\r\n";

        assertThat(status("/v1/me", own)).isEqualTo(200);
        assertThat(status("/v1/me", own + "Authorization: Bearer x\r\n")).isEqualTo(401);
        assertThat(status("/v1/me", "Authorization: Bearer x\r\n" + own)).isEqualTo(401);
        assertThat(status("/v1/me", own + own)).isEqualTo(401);
        assertThat(status("/v1/me?access_token=" + token, "")).isEqualTo(401);
        assertThat(status("/v1/me?token=" + token, "")).isEqualTo(401);
        assertThat(status("/v1/me", "Cookie: access_token=" + token + "\r\n")).isEqualTo(401);
    }

    // ---- helpers ----

    private static Reply me(String bearer) {
        return APP.anyone().bearing(bearer).get("/v1/me");
    }

    private static void assertRefused(String forged) {
        assertThat(me(forged).code()).isEqualTo("token_invalid");
    }

    /** Byte for byte, as no client sends it. */
    private static int status(String path, String headers) throws Exception {
        try (var socket = new Socket(APP.uri().getHost(), APP.uri().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(ascii("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                            + "\r\n"));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }

    private String part(int index) {
        return token.split("\\.", -1)[index];
    }

    private JsonObject header() {
        return decoded(0);
    }

    private JsonObject claims() {
        return decoded(1);
    }

    private JsonObject decoded(int index) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part(index)), StandardCharsets.UTF_8));
    }

    private static String signed(JsonObject header, JsonObject claims, PrivateKey key) {
        var text = encode(header) + "." + encode(claims);
        return text + "." + BASE64.encodeToString(Ed25519.jdk().sign(ascii(text), key));
    }

    private static String encode(JsonObject json) {
        return BASE64.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

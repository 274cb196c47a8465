package org.huying.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import org.huying.app.Keys;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Reply;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three steps of accounts.md, each with a restart of the nodes, one after another. */
class KeyRotationTest {
    @TempDir
    private Path directory;

    private final String database = TestServers.createDatabase(DemoTemplate.name());

    @Test
    void keys_change_over_restarts_without_logging_anybody_out() throws IOException {
        // given
        var old = key("old.pem");
        var next = key("next.pem");
        var before = file("before.pem", old, "");
        var announced = file("announced.pem", old, publicKey(next));
        var switched = file("switched.pem", next, publicKey(old));
        Reply login;
        try (var node = node(before)) {
            login = new Api(node.uri())
                    .post("/v1/auth/wechat", new JsonObject().put("code", "demo-resident-1"))
                    .withStatus(200);
            assertThat(keyOf(login)).isEqualTo(before.keyId());
        }

        // when
        try (var stillOld = node(announced);
                var already = node(switched)) {
            // then
            assertThat(me(already, login).status()).isEqualTo(200);
            assertThat(me(stillOld, login).status()).isEqualTo(200);
            var renewed = refresh(already, login);
            assertThat(keyOf(renewed)).isEqualTo(switched.keyId()).isNotEqualTo(before.keyId());
            assertThat(me(stillOld, renewed).status()).isEqualTo(200);
            assertThat(me(already, renewed).status()).isEqualTo(200);
            var back = refresh(stillOld, renewed);
            assertThat(keyOf(back)).isEqualTo(before.keyId());
            assertThat(me(already, back).status()).isEqualTo(200);
            assertThat(new Api(already.uri())
                            .get("/.well-known/jwks.json")
                            .json()
                            .getJsonArray("keys"))
                    .hasSize(2);
            login = back;
        }
        try (var last = node(file("last.pem", next, ""))) {
            assertThat(me(last, login).code()).isEqualTo("token_invalid");
            assertThat(me(last, refresh(last, login)).status()).isEqualTo(200);
        }
    }

    private TestNode node(SigningKeys keys) {
        return TestNode.answering(database, new Keys(DemoTemplate.KEYS.cipher(), keys), TestDay.running());
    }

    private String key(String name) throws IOException {
        SigningKeys.generate(directory.resolve(name));
        return Files.readString(directory.resolve(name));
    }

    private SigningKeys file(String name, String privatePem, String publicPem) throws IOException {
        return SigningKeys.load(Files.writeString(directory.resolve(name), privatePem + publicPem));
    }

    private String publicKey(String privatePem) throws IOException {
        var keys = file("tmp.pem", privatePem, "");
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder()
                        .encodeToString(Objects.requireNonNull(keys.publicKey(keys.keyId()))
                                .getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static Reply me(TestNode node, Reply login) {
        return new Api(node.uri())
                .bearing(login.json().getString("accessToken"))
                .get("/v1/me");
    }

    private static Reply refresh(TestNode node, Reply login) {
        var body = new JsonObject().put("refreshToken", login.json().getString("refreshToken"));
        return new Api(node.uri()).post("/v1/auth/refresh", body).withStatus(200);
    }

    private static String keyOf(Reply login) {
        var header = login.json().getString("accessToken").split("\\.", -1)[0];
        return new JsonObject(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                .getString("kid");
    }
}

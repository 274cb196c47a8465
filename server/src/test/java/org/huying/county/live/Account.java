package org.huying.county.live;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import org.huying.testing.Api;

/** A login of staff, which is renewed before it ends. */
final class Account {
    private static final long GOOD_NANOS = 600_000_000_000L;
    private static final String PASSWORD = "violet tram beneath nine kettles";

    private final Api service;
    private final String username;
    private Api signedIn;
    private long sinceNanos = System.nanoTime();

    private Account(Api service, String username, Api signedIn) {
        this.service = service;
        this.username = username;
        this.signedIn = signedIn;
    }

    static Account activate(URI node, String username, String code) {
        var service = new Api(node);
        var asked = asked(username).put("activationCode", code);
        return new Account(service, username, bearing(service, "/v1/auth/activate", asked));
    }

    Api api() {
        if (System.nanoTime() - sinceNanos > GOOD_NANOS) {
            signedIn = bearing(service, "/v1/auth/staff", asked(username));
            sinceNanos = System.nanoTime();
        }
        return signedIn;
    }

    private static JsonObject asked(String username) {
        return new JsonObject().put("username", username).put("password", PASSWORD);
    }

    private static Api bearing(Api service, String path, JsonObject body) {
        var login = service.post(path, body).withStatus(200).json();
        return service.bearing(login.getString("accessToken"));
    }
}

package org.huying.authorization;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import org.huying.testing.Api;
import org.huying.testing.Reply;

/**
 * One cell being tried: somebody asks for something of a side. {@code own} is the callers' own side.
 */
record Turn(Who who, Api caller, Side at, Side own) {
    boolean isOwn() {
        return at.which() == Which.OWN;
    }

    Reply get(String path) {
        return caller.get(path);
    }

    Reply post(String path) {
        return caller.post(path);
    }

    Reply post(String path, JsonObject body) {
        return caller.post(path, body);
    }

    Reply put(String path) {
        return caller.send("PUT", path, BodyPublishers.noBody()).join();
    }

    Reply put(String path, JsonObject body) {
        return caller.put(path, body);
    }

    Reply patch(String path, JsonObject body) {
        return caller.patch(path, body);
    }

    Reply delete(String path) {
        return caller.delete(path);
    }
}

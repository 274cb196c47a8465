package org.huying.fuzz;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.huying.demo.district.DemoStructure;
import org.huying.http.Contract;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and what they know.
 *
 * @param tokens  by caller
 * @param callers those who are there from the beginning: the demo's own people
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares worlds
record FuzzWorld(
        TestApp app, Contract contract, Known known, Map<String, String> tokens, byte[] picture, List<String> callers) {
    static final String NOBODY = "nobody";

    private static final int RESIDENTS = 40;
    private static final List<String> STAFF = List.of(
            "admin",
            "district-supervisor",
            "town-supervisor",
            "community-supervisor-1",
            "community-supervisor-2",
            "community-supervisor-3",
            "grid-member-1",
            "grid-member-2",
            "hotline-agent",
            "dispatcher-1",
            "dispatcher-2",
            "dispatcher-3",
            "worker-1",
            "worker-2",
            "worker-3",
            "canteen-operator-1",
            "canteen-operator-2",
            "canteen-operator-3",
            "canteen-operator-4",
            "far-supervisor",
            "far-dispatcher");

    static FuzzWorld of(TestApp app, long seed) {
        var contract = Contract.load();
        var known = new Known(contract);
        var world = new FuzzWorld(app, contract, known, new ConcurrentHashMap<>(), painted(), new ArrayList<>());
        for (int i = 1; i <= RESIDENTS; i++) {
            world.login("resident-" + i, "/v1/auth/wechat", Map.of("code", "demo-resident-" + i));
        }
        world.login("far-resident", "/v1/auth/wechat", Map.of("code", "demo-far-1"));
        for (var username : STAFF) {
            world.login(username, "/v1/auth/staff", Map.of("username", username, "password", DemoStructure.PASSWORD));
        }
        world.callers.addAll(world.tokens.keySet().stream().sorted().toList());
        world.report(new Random(seed));
        world.lookAround(new Random(seed));
        return world;
    }

    /** Makes somebody a caller. */
    void login(String caller, String path, Map<String, ?> login) {
        var token = app.anyone()
                .post(path, new JsonObject(Map.copyOf(login)))
                .withStatus(200)
                .json()
                .getString("accessToken");
        tokens.put(caller, token);
    }

    /** Everybody reads what can be read without knowing anything. */
    private void lookAround(Random random) {
        var persons = List.of("residentId", "dinerId", "onBehalfOfId");
        for (int i = 1; i <= RESIDENTS; i++) {
            var resident = DemoStructure.resident(i).toString();
            persons.forEach(name -> known.add(name, resident, random));
            known.add("householdId", DemoStructure.household(i).toString(), random);
        }
        known.add("assigneeId", DemoStructure.staff("worker-1").toString(), random);
        known.add("assigneeId", DemoStructure.staff("worker-2").toString(), random);
        for (int firm = 1; firm <= 3; firm++) {
            known.add("organizationId", DemoStructure.firm(firm).toString(), random);
        }
        for (var operation : contract.operations()) {
            if (!operation.method().name().equals("GET") || operation.path().contains("{")) {
                continue;
            }
            for (var caller : callers) {
                learn(
                        caller,
                        app.anyone().bearing(tokenOfSignedIn(caller)).get(operation.path()),
                        operation.path(),
                        random);
            }
        }
    }

    /** So that there is something to act on from the beginning: two tickets of each resident. */
    private void report(Random random) {
        var residents =
                callers.stream().filter(caller -> caller.startsWith("resident")).toList();
        var items = app.resident(1).get("/v1/service-items?limit=100").items().stream()
                .filter(item -> item.getBoolean("reportable"))
                .filter(item -> item.getJsonArray("requiredInfo").stream()
                        .noneMatch(info -> ((JsonObject) info).getBoolean("required")))
                .map(item -> item.getString("code"))
                .toList();
        for (int i = 0; i < 2 * residents.size(); i++) {
            var caller = residents.get(i % residents.size());
            int number = Integer.parseInt(caller.substring("resident-".length()));
            var ticket = new JsonObject()
                    .put("serviceItemCode", Odd.one(items, random))
                    .put("householdId", DemoStructure.household(number).toString())
                    .put("description", "楼道灯坏了");
            learn(caller, app.resident(number).post("/v1/tickets", ticket), "/v1/tickets", random);
        }
    }

    private void learn(String caller, Reply reply, String path, Random random) {
        if (reply.status() < 300 && reply.header("Content-Type").equals("application/json")) {
            known.learn(caller, path, Json.decodeValue(reply.text()), random);
        }
    }

    Gunner gunner(Oracle oracle, Recipes recipes) {
        return new Gunner(this, oracle, recipes);
    }

    Helper helper() {
        return new Helper(this);
    }

    @Nullable
    String token(String caller) {
        return tokens.get(caller);
    }

    static Shot shotOf(String shape) {
        var words = shape.strip().split("[ \r\n]", 4);
        var target = words.length > 2 ? words[1].replaceFirst("^http://[^/]*", "") : "/";
        return new Shot(null, NOBODY, words[0], target, List.of(shape), null, Shot.Length.DECLARED, Map.of());
    }

    private static byte[] painted() {
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    String tokenOfSignedIn(String caller) {
        return Objects.requireNonNull(tokens.get(caller), caller);
    }
}

package org.huying.fuzz;

import io.vertx.core.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.huying.http.ContractOperation;
import org.huying.testing.Reply;
import org.jspecify.annotations.Nullable;

/** Sends requests one after the other, and has each answer judged. */
final class Gunner {
    private static final int LEARNED_MAX_CHARS = 200_000;

    private final FuzzWorld world;
    private final Oracle oracle;
    private final Wire wire;
    private final Recipes recipes;
    private final List<String> callers;
    private final List<ContractOperation> operations;

    Gunner(FuzzWorld world, Oracle oracle, Recipes recipes) {
        this.recipes = recipes;
        this.world = world;
        this.oracle = oracle;
        this.wire = new Wire(world.app().uri());
        this.callers = world.callers();
        this.operations = world.contract().operations();
    }

    /** Any request: as the contract wants it, or not. */
    void fire(Random random) {
        var shot = any(Odd.one(operations, random), random);
        if (random.nextInt(4) > 0) {
            shot = new Twists(random).of(shot);
        }
        var reply = ask(shot);
        if (reply != null) {
            learn(shot, reply, random);
            new ReadBack(oracle).compare(shot, shot, reply);
        }
    }

    /** A request that should be taken, and, if it is, a look at what came of it; whether it was. */
    boolean store(ContractOperation operation, Random random) {
        var shot = shot(operation, likely(operation, random), random);
        var reply = ask(shot);
        if (reply == null || reply.status() >= 300) {
            return false;
        }
        learn(shot, reply, random);
        var readBack = new ReadBack(oracle);
        var seen = new ArrayList<Reply>();
        seen.add(reply);
        readBack.compare(shot, shot, reply);
        for (var read : readBack.reads(operations, shot, reply)) {
            var found = ask(read);
            if (found != null) {
                seen.add(found);
                readBack.compare(shot, read, found);
            }
        }
        readBack.compareAll(shot, seen);
        return true;
    }

    private Shot any(ContractOperation operation, Random random) {
        if (Recipes.isDestructive(operation) || random.nextInt(12) == 0) {
            return shot(operation, likely(operation, random), random);
        }
        var caller = random.nextInt(25) == 0 ? FuzzWorld.NOBODY : Odd.one(callers, random);
        return shot(operation, Likely.by(caller), random);
    }

    private Likely likely(ContractOperation operation, Random random) {
        var likely = recipes.of(operation, random);
        if (likely != null) {
            return likely;
        }
        return Likely.by(Recipes.isDestructive(operation) ? FuzzWorld.NOBODY : Odd.one(callers, random));
    }

    private Shot shot(ContractOperation operation, Likely likely, Random random) {
        var sampler = new Sampler(world.known(), likely, world.app().clock().instant(), random);
        var token = world.token(likely.caller());
        return new Requests(sampler, random, world.picture()).of(operation, likely.caller(), token);
    }

    private @Nullable Reply ask(Shot shot) {
        try {
            var reply = wire.send(shot);
            oracle.judge(shot, reply);
            return reply;
        } catch (IOException | RuntimeException e) {
            if (!shot.isTooLong()) {
                oracle.found("no answer", shot, e.toString());
            }
            wire.close();
            return null;
        } finally {
            if (shot.isTooLong()) {
                wire.close();
            }
        }
    }

    private void learn(Shot shot, Reply reply, Random random) {
        if (reply.status() < 300
                && reply.body().length() < LEARNED_MAX_CHARS
                && reply.header("Content-Type").equals("application/json")
                && !shot.name().startsWith("getContract")) {
            world.known().learn(shot.caller(), shot.path(), Json.decodeValue(reply.text()), random);
        }
    }
}

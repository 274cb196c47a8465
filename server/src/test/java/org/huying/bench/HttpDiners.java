package org.huying.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.huying.identity.session.AccessTokens;
import org.huying.identity.session.Ed25519;
import org.huying.identity.session.OpenSession;
import org.huying.identity.session.SessionOwner;
import org.huying.identity.session.SigningKeys;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.kernel.Role;

/** All diners of the district, each booking over HTTP with a token of their own; remembers what they were promised. */
final class HttpDiners {
    private static final int ID_AT = "{\"id\":\"".length();
    private static final int ID_LENGTH = 36;

    private final AccessTokens tokens;
    private final BenchDistrict district;
    private final LoadClient load;
    private final int count;
    private final List<String> knownTokens;
    private final List<UUID> acknowledged = Collections.synchronizedList(new ArrayList<>());

    HttpDiners(Vertx vertx, int port, int connections, SigningKeys keys, BenchDistrict district, int count) {
        this.tokens = new AccessTokens(keys, Ed25519.fastest(), Clock.systemUTC());
        this.district = district;
        this.load = new LoadClient(vertx, port, connections);
        this.count = count;
        this.knownTokens = newTokens();
    }

    /** Ids of the bookings that were answered with 201. */
    List<UUID> acknowledged() {
        return acknowledged;
    }

    /** With the tokens that were shown before. */
    LoadResult book(IntFunction<UUID> meals) throws Exception {
        return book(meals, knownTokens, false);
    }

    /** With the tokens that were shown before, and a new idempotency key each. */
    LoadResult bookWithKeys(IntFunction<UUID> meals) throws Exception {
        return book(meals, knownTokens, true);
    }

    /** With tokens that the service sees for the first time. */
    LoadResult bookAsStrangers(IntFunction<UUID> meals) throws Exception {
        return book(meals, newTokens(), false);
    }

    /** So many of them ask for one meal, whether or not it has a place for each. */
    LoadResult ask(UUID meal, int many) throws Exception {
        return await(load.run(many, i -> request(meal, knownTokens.get((int) i), false), this::noteId));
    }

    private LoadResult book(IntFunction<UUID> meals, List<String> bearers, boolean keyed) throws Exception {
        var requests = IntStream.range(0, count)
                .mapToObj(i -> request(meals.apply(i), bearers.get(i), keyed))
                .toList();
        var result = await(load.run(count, i -> requests.get((int) i), this::noteId));
        if (!result.byStatus().keySet().equals(Set.of(201))) {
            throw new IllegalStateException("bookings were answered " + result.byStatus());
        }
        return result;
    }

    private static Buffer request(UUID meal, String token, boolean keyed) {
        var body = "{\"mealId\":\"" + meal + "\",\"mode\":\"dine_in\",\"portions\":1}";
        return Buffer.buffer("POST /v1/bookings HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + (keyed ? "\r\nIdempotency-Key: " + UUID.randomUUID() : "") + "\r\n\r\n" + body);
    }

    private void noteId(long number, int status, Buffer answer, int bodyStart) {
        if (status == 201) {
            int from = bodyStart + ID_AT;
            acknowledged.add(UUID.fromString(answer.getString(from, from + ID_LENGTH)));
        }
    }

    /**
     * Each person's token on the connection on which the person will book, in a request that ends after that. The
     * connections are new ones, since those from before may have been idle for too long.
     */
    void showTokens() throws Exception {
        await(load.open());
        var shown = await(load.run(
                count,
                i -> Buffer.buffer(
                        "GET /v1/places/none HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                                + knownTokens.get((int) i) + "\r\n\r\n",
                        StandardCharsets.US_ASCII.name())));
        if (!shown.byStatus().keySet().equals(Set.of(400))) {
            throw new IllegalStateException("tokens were answered " + shown.byStatus());
        }
    }

    private List<String> newTokens() {
        return IntStream.range(0, count)
                .mapToObj(i -> new SessionOwner(district.diner(i), district.id(), Caller.Kind.RESIDENT))
                .map(owner -> tokens.issue(new OpenSession(Ids.next(), owner, "none"), List.of(Role.RESIDENT)))
                .toList();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
}

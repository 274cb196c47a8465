package org.huying.bench;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.huying.db.Pools;
import org.huying.identity.PasswordCost;
import org.huying.kernel.Ids;

/**
 * Whether the time of a refused login tells which user names exist: wrong passwords for known and for unknown names, in
 * turn, over HTTP, each name fewer times than lock it. Prints both distributions and how likely two samples of one
 * distribution would differ as much.
 */
final class LoginTiming {
    /** @param tries for each name, fewer than lock it */
    record Size(int names, int tries, int warmNames) {
        static final Size FULL = new Size(25, 8, 10);
        static final Size SMOKE = new Size(2, 2, 1);
    }

    private final Size size;

    private final List<String> faults = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;

    private LoginTiming(URI uri, Size size) {
        this.size = size;
        this.uri = uri;
    }

    /** Prints the figures; what was answered otherwise than with a refusal comes back. */
    static List<String> run(BenchNode node, Size size) throws Exception {
        addStaff(node, size.names());
        return new LoginTiming(URI.create("http://127.0.0.1:" + node.port() + "/v1/auth/staff"), size).run();
    }

    private List<String> run() throws Exception {
        for (int i = 0; i < size.warmNames() * size.tries(); i++) {
            // a node that has just started may be without a connection for a moment, on a busy machine
            status("warm-" + i % size.warmNames());
        }
        System.out.printf(Locale.ROOT, "load average %.2f%n", load());
        var known = new double[size.names() * size.tries()];
        var unknown = new double[size.names() * size.tries()];
        for (int i = 0; i < known.length; i++) {
            // who comes first changes each time
            if (i % 2 == 0) {
                known[i] = milliseconds("known-" + i % size.names());
                unknown[i] = milliseconds("ghost-" + i % size.names());
            } else {
                unknown[i] = milliseconds("ghost-" + i % size.names());
                known[i] = milliseconds("known-" + i % size.names());
            }
        }
        print("known name", known);
        print("unknown name", unknown);
        System.out.printf(
                Locale.ROOT,
                "Mann-Whitney: p = %.3f; Kolmogorov-Smirnov: D = %.3f, p = %.3f%n",
                mannWhitney(known, unknown),
                distance(known, unknown),
                kolmogorov(known, unknown));
        return faults;
    }

    private double milliseconds(String username) throws Exception {
        var start = System.nanoTime();
        var status = status(username);
        var took = (System.nanoTime() - start) / 1e6;
        if (status != 401) {
            faults.add(username + " was answered " + status);
        }
        return took;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private int status(String username) throws Exception {
        var body = new JsonObject().put("username", username).put("password", "not the password of anybody");
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static void print(String name, double[] times) {
        var sorted = times.clone();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%-12s  n %d   median %.2f   mean %.2f   p5 %.2f   p95 %.2f ms%n",
                name,
                times.length,
                quantile(sorted, 0.5),
                Arrays.stream(times).average().orElseThrow(),
                quantile(sorted, 0.05),
                quantile(sorted, 0.95));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** Two-sided, by the normal approximation; ties do not happen among nanoseconds. */
    private static double mannWhitney(double[] one, double[] other) {
        double wins = 0;
        for (double a : one) {
            for (double b : other) {
                wins += a > b ? 1 : a < b ? 0 : 0.5;
            }
        }
        double n = one.length;
        double m = other.length;
        double z = (wins - n * m / 2) / Math.sqrt(n * m * (n + m + 1) / 12);
        return 2 * upperTail(Math.abs(z));
    }

    /** Of the standard normal distribution, after Abramowitz and Stegun 26.2.17. */
    private static double upperTail(double z) {
        double t = 1 / (1 + 0.2316419 * z);
        double series =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return series * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double distance(double[] one, double[] other) {
        return Arrays.stream(one)
                .map(at -> Math.abs(shareUpTo(one, at) - shareUpTo(other, at)))
                .max()
                .orElseThrow();
    }

    private static double shareUpTo(double[] values, double at) {
        return Arrays.stream(values).filter(value -> value <= at).count() / (double) values.length;
    }

    /** The asymptotic distribution. */
    private static double kolmogorov(double[] one, double[] other) {
        double n = (double) one.length * other.length / (one.length + other.length);
        double lambda = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance(one, other);
        double sum = 0;
        for (int k = 1; k <= 100; k++) {
            sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2 * k * k * lambda * lambda);
        }
        return Math.max(0, Math.min(1, sum));
    }

    private static void addStaff(BenchNode node, int names) throws Exception {
        var vertx = Vertx.vertx();
        var pool = Pools.forBulk(vertx, "bench", node.url(), 1);
        var hash = PasswordCost.STRONG.hash("violet tram beneath nine kettles");
        var district = Ids.next();
        BenchNode.await(pool.preparedQuery("INSERT INTO district (id, name) VALUES ($1, 'bench')")
                .execute(Tuple.of(district)));
        for (int i = 0; i < names; i++) {
            add(pool, district, "known-" + i, hash, node);
        }
        BenchNode.await(pool.close());
        BenchNode.await(vertx.close());
    }

    private static void add(Pool pool, UUID district, String username, String hash, BenchNode node) throws Exception {
        var id = Ids.next();
        BenchNode.await(pool.preparedQuery("INSERT INTO person (id, created_at) VALUES ($1, now())")
                .execute(Tuple.of(id)));
        BenchNode.await(pool.preparedQuery("INSERT INTO person_district (person_id, district_id) VALUES ($1, $2)")
                .execute(Tuple.of(id, district)));
        BenchNode.await(
                pool.preparedQuery("INSERT INTO staff_login (username, person_id, password_hash) VALUES ($1, $2, $3)")
                        .execute(Tuple.of(username, id, hash)));
        BenchNode.await(pool.preparedQuery("INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)")
                .execute(Tuple.of(district, id, node.keys().cipher().seal("张三"))));
    }
}

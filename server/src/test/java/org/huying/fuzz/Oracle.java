package org.huying.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.ContractCheck;
import org.huying.testing.Reply;

/** What no answer may be, whatever was asked. Keeps the first of each kind of what it finds. */
final class Oracle {
    private static final Pattern INTERNALS = Pattern.compile(
            "(?i)exception|stack.?trace|org\\.huying|io\\.vertx|io\\.netty|java\\.(lang|util|io)|com\\.fasterxml|\\.java:\\d"
                    + "|\\bat [a-z]+(\\.[a-zA-Z_$]+)+\\(|\\bselect\\b.+\\bfrom\\b|insert into|update \\w+ set"
                    + "|_sealed|_pkey|_fkey|postgres|sqlstate|netty|/root/|/home/|/tmp/|root:x:|pbkdf2|argon2"
                    + "|begin (rsa |ec )?private|" + Pattern.quote(DemoStructure.PASSWORD));
    /** One of these is in whatever the pattern finds, and they are looked for a hundred times faster. */
    private static final List<String> SIGNS = List.of(
            "exception",
            "stack",
            "org.huying",
            "io.",
            "java",
            "fasterxml",
            "at ",
            "select",
            "insert into",
            "update ",
            "_sealed",
            "_pkey",
            "_fkey",
            "postgres",
            "sqlstate",
            "netty",
            "/root/",
            "/home/",
            "/tmp/",
            "root:x:",
            "pbkdf2",
            "argon2",
            "begin ",
            DemoStructure.PASSWORD.toLowerCase(Locale.ROOT));

    /** Of what a node does only so much at a time, a crowd is refused some. */
    private static final Pattern BUSY = Pattern.compile("\"code\":\"(exports|imports|photos|uploads)_busy\"");

    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}\\.");
    private static final List<String> BANNERS = List.of("Server", "X-Powered-By", "Via");

    private final Map<String, String> findings = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final LongAdder asked = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private final ThreadLocal<ContractCheck> contract = ThreadLocal.withInitial(ContractCheck::new);

    void judge(Shot shot, Reply reply) {
        asked.increment();
        counts.computeIfAbsent(shot.name() + " " + reply.status(), key -> new LongAdder())
                .increment();
        if (reply.status() == 503 && BUSY.matcher(reply.text()).find()) {
            busy.increment();
        } else if (reply.status() >= 500) {
            found("answered " + reply.status(), shot, reply.text());
            return;
        }
        judgeSecrecy(shot, reply);
        if (reply.status() >= 400 && !shot.method().equals("HEAD")) {
            if (!reply.header("Content-Type").startsWith("application/problem+json")
                    && !shot.path().startsWith("/docs")) {
                found("no problem", shot, reply.status() + " " + reply.header("Content-Type"));
                return;
            }
        }
        if (reply.status() == 101 || shot.method().equals("HEAD") || shot.path().startsWith("/docs")) {
            return;
        }
        try {
            contract.get().verify(shot.method(), shot.path(), reply);
        } catch (AssertionError | RuntimeException e) {
            found("not as the contract says", shot, reply.status() + " " + e);
        }
    }

    private void judgeSecrecy(Shot shot, Reply reply) {
        var text = reply.text();
        var isPublished = shot.name().startsWith("getContract") || shot.path().startsWith("/docs");
        if (!isPublished) {
            internals(text).ifPresent(told -> found("tells of its inside: " + told, shot, text));
        }
        if (!shot.path().startsWith("/v1/auth/") && TOKEN.matcher(text).find()) {
            found("tells a token", shot, text);
        }
        var type = reply.header("Content-Type");
        if (!isPublished && !type.contains("json") && text.contains("<script>")) {
            found("gives back what it was given", shot, type + " " + text);
        }
        reply.headers().map().forEach((name, values) -> {
            if (BANNERS.stream().anyMatch(name::equalsIgnoreCase)
                    || values.stream().anyMatch(value -> internals(value).isPresent())) {
                found("a header tells too much", shot, name + ": " + values);
            }
        });
    }

    private static Optional<String> internals(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (SIGNS.stream().noneMatch(lower::contains)) {
            return Optional.empty();
        }
        var internals = INTERNALS.matcher(text);
        return internals.find() ? Optional.of(internals.group()) : Optional.empty();
    }

    void found(String kind, Shot shot, String what) {
        var told = kind + ": " + shot.name() + "\n  " + shot.told().strip() + "\n  -> "
                + (what.length() > 800 ? what.substring(0, 800) : what);
        findings.putIfAbsent(kind + " " + shot.name() + (shot.operation() == null ? shot.target() : ""), told);
    }

    List<String> findings() {
        return List.copyOf(findings.values());
    }

    long asked() {
        return asked.sum();
    }

    /** How many were told that too many ask for the same. */
    long busy() {
        return busy.sum();
    }

    /** How often each operation answered what. */
    Map<String, Long> counts() {
        var sums = new TreeMap<String, Long>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }
}

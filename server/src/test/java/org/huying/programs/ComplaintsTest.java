package org.huying.programs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.huying.FoundDistrict;
import org.huying.Import;
import org.huying.Main;
import org.huying.MakeKeys;
import org.huying.VerifyLog;
import org.huying.audit.Recompute;
import org.huying.bench.Bench;
import org.huying.command.Failures;
import org.huying.testing.DemoTemplate;
import org.huying.testing.KeyFiles;
import org.huying.testing.Streams;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong, a program ends with 2 and one sentence for people; nothing of Java is in it. */
@Tag("long")
class ComplaintsTest {
    private static final String REFUSED = "http://127.0.0.1:1";
    private static final String REFUSED_DATABASE = "postgresql://user:password@127.0.0.1:1/huying";
    private static final String FROM = "2026-01-01";
    private static final String TO = "2026-01-31";

    @TempDir
    static Path directory;

    private static HttpServer other;
    private static TestNode node;
    private static String database;
    private static String dataKeys;
    private static String list;
    private static String garbage;

    @BeforeAll
    static void prepare() throws IOException {
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> answer(exchange, 200, "text/html", "<html><body>It works!</body></html>"));
        other.createContext("/v1/auth/staff", ComplaintsTest::answerStrangely);
        other.start();
        database = TestServers.createDatabase(DemoTemplate.name());
        node = TestNode.answering(database, DemoTemplate.KEYS, Clock.systemUTC());
        dataKeys = KeyFiles.generate(directory).data().toString();
        list = Files.writeString(directory.resolve("list.csv"), "小区,楼栋-单元-室\n").toString();
        garbage = Files.write(directory.resolve("garbage"), new byte[] {(byte) 0xff, 0, 1, 2, 3, '\n'})
                .toString();
    }

    @AfterAll
    static void stop() {
        other.stop(0);
        node.close();
    }

    /** The user name says how. */
    private static void answerStrangely(HttpExchange exchange) throws IOException {
        var login = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (login.contains("html")) {
            answer(exchange, 200, "text/html", "<html><body>Welcome!</body></html>");
        } else if (login.contains("other-json")) {
            answer(exchange, 200, "application/json", "{\"hello\":\"world\"}");
        } else if (login.contains("no-json")) {
            answer(exchange, 200, "application/json", "<html>");
        } else if (login.contains("array")) {
            answer(exchange, 200, "application/json", "[1]");
        } else {
            answer(exchange, 502, "text/html", "<html><body>Bad gateway</body></html>");
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @TestFactory
    List<DynamicTest> importing() {
        var web = "http://127.0.0.1:" + other.getAddress().getPort();
        var cases = new Cases("import", (args, settings) -> Import.run(args, () -> "no password of anybody"));
        cases.addOfScript(
                "not an address of a service, such as http://127.0.0.1:8080: http://a b",
                "http://a b",
                "a",
                "staff",
                list);
        cases.add("usage: scripts/import");
        cases.add("usage: scripts/import", REFUSED, "admin", "everybody", list);
        cases.add("usage: scripts/import", REFUSED, "admin", "households", list, "--comit");
        cases.add("usage: scripts/import", REFUSED, "admin", "households", list, "--digest=ab");
        cases.add("not an address of a service", "localhost", "admin", "households", list);
        cases.add("not an address of a service", "ftp://127.0.0.1", "admin", "households", list);
        cases.add("there is no such file: /no/such/list", REFUSED, "admin", "households", "/no/such/list");
        cases.add("Is a directory", REFUSED, "admin", "households", "/tmp");
        cases.add("http://127.0.0.1:1 does not answer", REFUSED, "admin", "households", list);
        cases.add("does not answer: there is no such host", "http://no.such.host.invalid", "admin", "staff", list);
        cases.add(
                "does not answer: no safe connection can be made there",
                node.uri().toString().replace("http:", "https:"),
                "admin",
                "staff",
                list);
        cases.add("does not answer", "http://127.0.0.1:" + databasePort(), "admin", "staff", list);
        for (var how : List.of("html", "other-json", "no-json", "array", "gateway")) {
            cases.add(web + " answers, but not as this service does", web, how, "staff", list);
        }
        cases.add(node.uri() + " answers 401: ", node.uri().toString(), "admin", "staff", list);
        return cases.tests();
    }

    @Test
    void importingWithoutAPassword() {
        var ended = Script.named("import", REFUSED, "admin", "households", list).run();
        assertThat(ended.err()).isEqualTo("import: no password on standard input\n");
        assertThat(ended.code()).isEqualTo(2);
    }

    /** Without waiting for it. */
    @Test
    void whoeverNeverAnswersIsSaidToBeLate() {
        assertThat(Failures.inWords(new HttpConnectTimeoutException("HTTP connect timed out")))
                .hasValue("no answer came in time");
    }

    @TestFactory
    List<DynamicTest> recomputing() {
        var web = "http://127.0.0.1:" + other.getAddress().getPort();
        var cases = new Cases("recompute", (args, settings) -> Recompute.run(args));
        cases.add("usage: scripts/recompute");
        cases.addOfScript("not a day such as 2026-01-31: a day", REFUSED, "admin", "x", "a day", TO);
        cases.add("not an address of a service", "nowhere", "admin", "x", FROM, TO);
        cases.add("does not answer", REFUSED, "admin", "x", FROM, TO);
        cases.add("answers, but not as this service does", web, "html", "x", FROM, TO);
        cases.add("answers 401: ", node.uri().toString(), "admin", "wrong", FROM, TO);
        var supervisor = new String[] {node.uri().toString(), "district-supervisor", "huying-demo", FROM, TO};
        cases.add("neither now nor an instant", with(supervisor, "soon"));
        cases.add("usage: scripts/recompute", with(supervisor, "now", "organization", "colour=red"));
        cases.add("answers 400: ", with(supervisor, "now", "colour"));
        return cases.tests();
    }

    @TestFactory
    List<DynamicTest> verifying() {
        var cases = new Cases("verify-log", VerifyLog::run);
        var owner = TestServers.ownerUrl(database);
        cases.add("usage: scripts/verify-log", "everything");
        cases.with("HUYING_DATA_DIR", directory.resolve("none").toString())
                .addOfScript("no database under " + directory.resolve("none"));
        cases.add("there is no such file: /no/such/digests", "--digests", "/no/such/digests");
        cases.add("not digests as the public API gives them", "--digests", list);
        cases.add("the file is not text in UTF-8", "--digests", garbage);
        cases.add("not an address of a database", "postgresql://");
        cases.add("nothing answers at 127.0.0.1:1", REFUSED_DATABASE);
        cases.add("the database refuses this user name or password", owner.replaceFirst(":[^:@]*@", ":wrong@"));
        cases.add("there is no such database", owner + "_not");
        cases.add("the database is not as this build has it", TestServers.ownerUrl(TestServers.createDatabase()));
        cases.with("HUYING_DATA_KEY_FILE", garbage).add("no usable data keys in " + garbage, owner);
        cases.with("HUYING_DATA_KEY_FILE", "/no/such/keys").add("there is no such file: /no/such/keys", owner);
        cases.with("HUYING_DATA_KEY_FILE", list).add("no usable data keys in " + list, owner);
        return cases.tests();
    }

    @TestFactory
    List<DynamicTest> makingKeys() {
        var cases = new Cases("make-keys", (args, settings) -> MakeKeys.run(args));
        cases.add("usage: scripts/make-keys DIRECTORY");
        cases.add("usage: scripts/make-keys DIRECTORY", "one", "another");
        cases.add(list, Path.of(list).resolve("below").toString());
        return cases.tests();
    }

    @TestFactory
    List<DynamicTest> founding() {
        var cases = new Cases("found-district", FoundDistrict::run);
        cases.add("usage: scripts/found-district");
        cases.add("usage: scripts/found-district", "新设县", "admin", "--starter", "--starter");
        cases.addOfScript("no such zone: Mars/Olympus Mons", "新设县", "admin", "Mars/Olympus Mons");
        cases.add("a name has 1 to 60 characters", "新设县", "a");
        cases.with("HUYING_DATA_DIR", list).add(list, "新设县", "admin");
        var named = cases.with("HUYING_DATABASE_URL", REFUSED_DATABASE);
        named.add("HUYING_DATA_KEY_FILE is required", "新设县", "admin");
        named.with("HUYING_DATA_KEY_FILE", "/no/such/keys").add("there is no such file: /no/such/keys", "新设县", "admin");
        named.with("HUYING_DATA_KEY_FILE", dataKeys).add("nothing answers at 127.0.0.1:1", "新设县", "admin");
        return cases.tests();
    }

    @TestFactory
    List<DynamicTest> running() {
        var cases = new Cases("run", ComplaintsTest::runMain);
        var here = cases.with("HUYING_HTTP_PORT", "0").with("HUYING_MANAGEMENT_PORT", "0");
        cases.addOfScript("no arguments are taken", "now");
        cases.with("HUYING_HTTP_PORT", "eighty").addOfScript("HUYING_HTTP_PORT must be a port");
        here.with("HUYING_DATA_DIR", list).add(list);
        here.with("HUYING_JWT_KEY_FILE", garbage)
                .with("HUYING_DATA_DIR", directory.toString())
                .add("no usable Ed25519 keys in " + garbage);
        return cases.tests();
    }

    @TestFactory
    List<DynamicTest> benching() {
        var cases = new Cases("bench", Bench::run);
        cases.add("usage: scripts/bench");
        cases.add("usage: scripts/bench", "everything");
        cases.add("usage: scripts/bench", "booking", "1000");
        cases.add("usage: scripts/bench", "http", REFUSED_DATABASE);
        cases.addOfScript("not an address of a database", "booking", "postgresql://nowhere");
        cases.add("nothing answers at 127.0.0.1:1", "metrics", "1000", REFUSED_DATABASE);
        cases.add("fsync is off on this database", "ticket", TestServers.ownerUrl(database));
        return cases.tests();
    }

    private static String[] with(String[] arguments, String... more) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static int runMain(String[] arguments, Map<String, String> settings) {
        var code = new AtomicInteger();
        Main.run(arguments, settings, Clock.systemUTC(), code::set);
        return code.get();
    }

    private static int databasePort() {
        return URI.create(database).getPort();
    }

    /** Settings come as from the environment. */
    @FunctionalInterface
    private interface InThisJvm {
        int run(String[] arguments, Map<String, String> settings);
    }

    /**
     * Runs of one program under some settings; those of all its settings are one list. Its script, which is slow to start,
     * is run where it is named; what it does with arguments, settings and the exit code does not depend on what is wrong.
     */
    private record Cases(String script, InThisJvm program, Map<String, String> settings, List<DynamicTest> tests) {
        Cases(String script, InThisJvm program) {
            this(script, program, Map.of(), new ArrayList<>());
        }

        Cases with(String setting, String value) {
            var more = new TreeMap<>(settings);
            more.put(setting, value);
            return new Cases(script, program, more, tests);
        }

        void add(String sentence, String... arguments) {
            add("", sentence, () -> Streams.of(() -> program.run(arguments, settings)), arguments);
        }

        void addOfScript(String sentence, String... arguments) {
            var run = Script.named(script, arguments).reading("no password of anybody\n");
            settings.forEach(run::with);
            add("scripts/" + script + " ", sentence, run::run, arguments);
        }

        private void add(String how, String sentence, Supplier<Streams> run, String... arguments) {
            tests.add(DynamicTest.dynamicTest(how + String.join(" ", arguments) + settings, () -> {
                var ended = run.get();
                var complaint = ended.err()
                        .lines()
                        .filter(line -> !line.startsWith("{"))
                        .toList();
                assertThat(String.join("\n", complaint)).contains(sentence);
                assertThat(ended.err()).doesNotContain("Exception", "\tat ");
                assertThat(complaint).noneMatch(line -> line.matches(".*(java\\.|\\bnull\\b|not foreseen).*"));
                assertThat(complaint.get(0)).startsWith(script.equals("run") ? "huying: " : script + ": ");
                assertThat(ended.out()).isEmpty();
                assertThat(ended.code()).isEqualTo(2);
            }));
        }
    }
}

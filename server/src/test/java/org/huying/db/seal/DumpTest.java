package org.huying.db.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.huying.demo.district.DemoStructure;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.KnownWords;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/**
 * Domain.md 6: what people told the service is nowhere to be read without the key, not by whoever has the database, Redis,
 * the photos, the log or the metrics.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class DumpTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    /** What was told, and as what; each is found nowhere else. */
    private final Map<String, String> told = new LinkedHashMap<>();

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    /** What the service has no reason to keep in any form. */
    private final Set<String> notKept = new HashSet<>();

    private String said(String what, String words) {
        notKept.add(what);
        return text(what, words);
    }

    private String text(String what, String words) {
        told.put(what, words);
        return words;
    }

    private JsonObject words(String field, String words) {
        return new JsonObject().put(field, text(field + " " + told.size(), words));
    }

    private static Api once(Api caller) {
        return caller.with("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static Reply done(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
        return reply;
    }

    @BeforeAll
    void muchIsTold() throws Exception {
        var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        logged.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        logged.start();
        root.addAppender(logged);
        ours().setLevel(Level.TRACE);

        told.put("openid", openidOf(1));
        told.put("household", household(1).getString("address"));
        told.put("demo resident", APP.resident(1).get("/v1/me").json().getString("displayName"));
        registered();
        booked();
        cancelledByTheCanteen();
        worked();
        aboutAPublicSpot();
        new AccountsTold(APP, this::text, this::said).tell();
        refused();
        APP.runJobs();
        APP.clock().advance(Duration.ofDays(8));
        APP.runJobs();
        done(APP.resident(1).get("/v1/notifications"));
    }

    @AfterAll
    void listenNoMore() {
        ours().setLevel(null);
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(logged);
    }

    /** Whatever level is set in the field. */
    private static Logger ours() {
        return (Logger) LoggerFactory.getLogger("org.huying");
    }

    private void registered() {
        var name = text("elder's name", "闾丘霜降");
        var phone = text("elder's phone", "10055512347");
        var elder = new JsonObject()
                .put("name", name)
                .put("birthDate", text("elder's birth date", "1931-03-09"))
                .put("birthDateVerified", true)
                .put("consentNote", text("consent note", "女婿闵先生在场点头"))
                .put("householdId", DemoStructure.household(1).toString())
                .put("phone", phone);
        done(once(APP.staff("grid-member-1")).post("/v1/residents", elder));
        for (var query : List.of(name, phone)) {
            var found = APP.staff("grid-member-1")
                    .get("/v1/residents?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
            assertThat(found.items()).hasSize(1);
        }
    }

    private static String meal(int days, String period) {
        var today = LocalDate.ofInstant(APP.clock().instant(), ZoneId.of("Asia/Shanghai"));
        return DemoStructure.meal(1, today.plusDays(days), period).toString();
    }

    private void booked() {
        var order = new JsonObject()
                .put("mealId", meal(2, "lunch"))
                .put("mode", "delivery")
                .put("deliveryAddress", text("delivery address", "紫藤弄堂后门右手三楼"));
        var booking = done(once(APP.resident(1)).post("/v1/bookings", order));
        var path = "/v1/bookings/" + booking.id();
        done(APP.resident(1).get(path));
        done(once(APP.resident(1)).post(path + "/cancel", words("reason", "孙儿高烧要去医院")));
        order.put("mealId", meal(2, "dinner")).put("deliveryAddress", text("another address", "木樨苑传达室转交"));
        done(once(APP.resident(2)).post("/v1/bookings", order));
    }

    private void cancelledByTheCanteen() {
        done(once(APP.resident(3))
                .post(
                        "/v1/bookings",
                        new JsonObject().put("mealId", meal(3, "lunch")).put("mode", "dine_in")));
        done(once(APP.staff("canteen-operator-1"))
                .post("/v1/meals/" + meal(3, "lunch") + "/cancel", words("reason", "厨师老阚摔伤了")));
    }

    private static JsonObject household(int resident) {
        return APP.resident(resident)
                .get("/v1/me")
                .json()
                .getJsonArray("households")
                .getJsonObject(0);
    }

    private JsonObject report(String description) {
        var attributes =
                new JsonObject().put("liftNo", text("attribute", "乌桕楼道里侧门")).put("trapped", "有");
        return new JsonObject()
                .put("serviceItemCode", "lift-fault")
                .put("householdId", household(1).getString("id"))
                .put("attributes", attributes)
                .put("description", text("description " + told.size(), description));
    }

    private Reply act(Api caller, Reply ticket, String action, JsonObject body) {
        return done(once(caller).post("/v1/tickets/" + ticket.id() + "/" + action, body));
    }

    private void worked() {
        var photo = photo();
        var ticket = done(once(APP.resident(1))
                .post("/v1/tickets", report("瘫痪的老伴床边漏雨").put("photoIds", new JsonArray().add(photo))));
        var number = IntStream.rangeClosed(1, 3)
                .filter(i -> APP.staff("dispatcher-" + i)
                                .get("/v1/tickets/" + ticket.id())
                                .status()
                        == 200)
                .findFirst()
                .orElseThrow();
        var dispatcher = APP.staff("dispatcher-" + number);
        var worker = APP.staff("worker-" + number);
        var resident = APP.resident(1);
        act(dispatcher, ticket, "accept", new JsonObject());
        act(
                dispatcher,
                ticket,
                "assign",
                new JsonObject().put("assigneeId", worker.get("/v1/me").json().getString("id")));
        act(worker, ticket, "start", new JsonObject());
        act(worker, ticket, "request-info", words("message", "药柜钥匙放在谁家"));
        act(resident, ticket, "provide-info", words("message", "钥匙在对门桑奶奶那里"));
        act(
                dispatcher,
                ticket,
                "suspend",
                words("reason", "住户化疗期间不便")
                        .put("until", APP.clock().instant().plusSeconds(90_000).toString()));
        act(dispatcher, ticket, "resume", new JsonObject());
        act(dispatcher, ticket, "comment", words("text", "此户有精神病史注意").put("internal", true));
        act(resident, ticket, "comment", words("text", "我家密码是八八四二"));
        var similar = resident.post(
                "/v1/tickets/similar",
                new JsonObject()
                        .put("serviceItemCode", "lift-fault")
                        .put("householdId", household(1).getString("id"))
                        .put("text", said("asked for alike", "老伴床边又在漏雨呀")));
        assertThat(done(similar).json().getJsonArray("items")).isNotEmpty();
        act(worker, ticket, "resolve", words("note", "换了屋面瓦另有霉斑").put("outcome", "fixed"));
        act(resident, ticket, "reopen", words("reason", "雨水流进骨灰盒了"));
        act(dispatcher, ticket, "escalate", words("reason", "户主扬言要跳楼"));
        act(
                APP.staff("district-supervisor"),
                ticket,
                "exclude",
                words("note", "误报系酒后所为").put("reason", "test"));
    }

    private void aboutAPublicSpot() {
        var ticket = done(once(APP.resident(2))
                .post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "street-light")
                                .put(
                                        "placeId",
                                        DemoStructure.compound(DemoStructure.compoundNumberOf(2))
                                                .toString())
                                .put("spot", text("spot", "银杏道第七盏灯下"))
                                .put("description", text("description of a spot", "夜归女儿被人尾随"))
                                .put(
                                        "location",
                                        new JsonObject().put("lat", 31.239_871).put("lng", 121.498_763))));
        told.put("latitude", "31.239871");
        act(APP.resident(2), ticket, "cancel", words("reason", "尾随者系前夫"));
    }

    /** What is refused is not kept either. */
    private void refused() {
        var wrong = new JsonObject()
                .put("name", said("a refused name", "微生寒露"))
                .put("birthDate", "2999-01-01")
                .put("birthDateVerified", true)
                .put("consentNote", said("a refused note", "邻居贲阿婆代为转达"));
        assertThat(once(APP.staff("grid-member-1")).post("/v1/residents", wrong).status())
                .isIn(400, 422);
        var malformed = said("a malformed body", "此乃不成文之私语");
        assertThat(APP.resident(1)
                        .postText("/v1/tickets", "application/json", "{\"description\": \"" + malformed)
                        .join()
                        .status())
                .isEqualTo(400);
        var login = new JsonObject()
                .put("username", "staff-10055519876")
                .put("password", said("a wrong password", "hunter-Zq8-xyzzy"));
        assertThat(APP.anyone().post("/v1/auth/staff", login).status()).isEqualTo(401);
    }

    private String photo() {
        var name = said("file name", "段干老先生的病历");
        var form = Buffer.buffer("--" + Api.BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + name + "\"\r\nContent-Type: image/jpeg\r\n\r\n")
                .appendBytes(Pictures.jpeg(60, 40))
                .appendString("\r\n--" + Api.BOUNDARY + "--\r\n");
        return done(once(APP.resident(1)).postForm("/v1/photos", form).join())
                .id()
                .toString();
    }

    private static String openidOf(int resident) {
        APP.resident(resident);
        return await(APP.database()
                        .read(client -> client.preparedQuery(
                                        "SELECT openid_sealed FROM wechat_login WHERE person_id = $1")
                                .execute(Tuple.of(DemoStructure.resident(resident)))
                                .map(rows -> APP.cipher()
                                        .openPresent(rows.iterator().next().getBuffer("openid_sealed")))))
                .strip();
    }

    private List<String> leaks(String where, String text) {
        var lowered = text.toLowerCase(Locale.ROOT);
        return told.entrySet().stream()
                .filter(each -> Dump.formsOf(each.getValue()).stream()
                        .anyMatch(form -> text.contains(form)
                                || (lowered.contains(form.toLowerCase(Locale.ROOT)) && form.length() > 20)))
                .map(each -> each.getKey() + " in " + where)
                .toList();
    }

    @Test
    void theDatabaseHasNothingInClear() throws SQLException {
        var dump = Dump.of(APP.databaseUrl());

        assertThat(dump.stream().flatMap(column -> leaks(column.toString(), column.values()).stream()))
                .isEmpty();
        assertThat(dump).hasSizeGreaterThan(100);
    }

    /** Else nothing would have been looked for. */
    @Test
    void allThatIsKeptIsThereOnceItIsOpenedAndNowhereElse() {
        var kept = new LinkedHashMap<>(told);
        kept.keySet().removeAll(notKept);
        var known = new KnownWords(APP.database(), APP.cipher());

        var found = known.found(kept.values());

        assertThat(kept).hasSizeGreaterThan(35);
        assertThat(kept)
                .allSatisfy(
                        (what, words) -> assertThat(found).as(what).anyMatch(where -> where.endsWith(": " + words)));
        assertThat(found)
                .allMatch(where -> where.contains("_sealed: ") || where.contains("_index: "))
                .filteredOn(where -> where.startsWith("idempotency.answer_sealed: "))
                .hasSizeGreaterThan(20);
        assertThat(known.found(notKept.stream().map(told::get).toList())).isEmpty();
    }

    @Test
    void redisHasNothingInClear() {
        var redis = Redis.createClient(Vertx.vertx(), TestServers.redisUrl());
        var keys = new ArrayList<String>();
        var cursor = "0";
        do {
            var page = await(redis.send(
                    Request.cmd(Command.SCAN).arg(cursor).arg("COUNT").arg("1000")));
            cursor = page.get(0).toString();
            page.get(1).forEach(key -> keys.add(key.toString(StandardCharsets.UTF_8)));
        } while (!cursor.equals("0"));
        var values = keys.stream()
                .map(key -> await(redis.send(Request.cmd(Command.DUMP).arg(key))))
                .map(value -> value == null ? "" : value.toString(StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("\n"));
        redis.close();

        assertThat(keys).isNotEmpty();
        assertThat(leaks("keys of Redis", String.join("\n", keys))).isEmpty();
        assertThat(leaks("values of Redis", latin(values))).isEmpty();
    }

    /** Bytes read one by one, as the text that they may be. */
    private static String latin(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Test
    void theLogHasNothingInClear() {
        ours().info("listening");
        var encoder = new JsonEncoder();
        encoder.setContext(logged.getContext());
        encoder.start();
        var text = List.copyOf(logged.list).stream()
                .map(event -> new String(encoder.encode(event), StandardCharsets.UTF_8))
                .collect(Collectors.joining());

        assertThat(text).contains("listening");
        assertThat(leaks("the log", text)).isEmpty();
    }

    @Test
    void theMetricsHaveNothingInClear() {
        assertThat(leaks("the metrics", Management.get(APP.managementUri(), "/metrics")))
                .isEmpty();
    }

    @Test
    void noFileIsAPicture() throws Exception {
        try (var files = Files.walk(APP.photoDirectory())) {
            var all = files.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty();
            for (var file : all) {
                var bytes = Files.readAllBytes(file);
                assertThat(bytes[0]).as(file.toString()).isEqualTo(APP.cipher().currentKeyId());
            }
        }
    }
}

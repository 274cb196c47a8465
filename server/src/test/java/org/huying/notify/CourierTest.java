package org.huying.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.huying.app.Infrastructure;
import org.huying.db.Database;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.JobWorker;
import org.huying.db.job.Side;
import org.huying.demo.wechat.WeChatSimulator;
import org.huying.identity.WeChatAccounts;
import org.huying.kernel.Ids;
import org.huying.redis.SharedValues;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.Eventually;
import org.huying.testing.Patient;
import org.huying.testing.SentMessages;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.huying.wechat.AppToken;
import org.huying.wechat.WeChatMessages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages of a node that works by itself, whose WeChat is slow, and which dies in the middle. */
@Tag("long")
class CourierTest {

    private final String url = TestServers.createDatabase(DemoTemplate.name());
    private final Clock clock = TestDay.running();
    private final Vertx vertx = Vertx.vertx();
    private final Database database = Patient.database(vertx, "test", url, 8);
    private TestNode node;

    @BeforeEach
    void start() {
        node = TestNode.start(url, DemoTemplate.KEYS, clock);
    }

    @AfterEach
    void stop() {
        node.close();
        await(vertx.close());
    }

    @Test
    void aSilentWeChatDelaysNoInbox() throws InterruptedException {
        // given: as many as the node sends at a time, and more
        var silent = new Person("demo-new-gets-silence-wu");
        for (int i = 0; i < 20; i++) {
            silent.consent();
            silent.tell();
        }
        Eventually.until("the inbox is full", () -> silent.inbox() == 20);

        // when
        var other = new Person("demo-new-other");
        other.tell();
        Eventually.until("the other is told", () -> other.inbox() == 1);

        // then: long before the silent ones have timed out
        assertThat(sql("SELECT id FROM job WHERE kind = 'send_wechat_message' AND attempts = 0"))
                .isNotEmpty();
    }

    @Test
    void aStaleTokenIsReplacedAndTheMessageSentAtOnce() throws InterruptedException {
        // given
        var person = new Person("demo-new-gets-40001x1-wang");
        person.consent();

        // when
        person.tell();
        Eventually.until("it is sent", () -> person.sent().size() == 1);

        // then
        Eventually.until(
                "no message is left",
                () -> sql("SELECT id FROM job WHERE kind = 'send_wechat_message'")
                        .isEmpty());
        assertThat(sql("SELECT result FROM notification_consent").get(0).getString(0))
                .isEqualTo("sent");
    }

    @Test
    void aCrashAfterSendingSendsAgainOnTheSameConsent() throws InterruptedException {
        // given
        var person = new Person("demo-new-crash");
        person.consent();
        person.consent();
        var access = node.wechat();
        node.close();
        // The simulator went with the node.
        var simulator = await(WeChatSimulator.start(vertx));
        node = TestNode.on(url, DemoTemplate.KEYS, clock)
                .wechat(new Infrastructure.WeChatAccess(
                        simulator.url(), access.appId(), access.secret(), access.templates()))
                .answer();
        person.tell();
        await(node.worker(database).runDue());
        var courier = courier(simulator.url());
        var doomed = Patient.database(vertx, "doomed", url, 10);

        // when
        var crash = new JobWorker(
                        Side.OUTWARD,
                        doomed,
                        clock,
                        Map.of(WeChatCourier.SEND, dying(courier)),
                        new SimpleMeterRegistry())
                .runDue()
                .transform(ended -> Future.succeededFuture(ended.failed()));
        var crashed = await(crash);
        var sentByThen = person.sent().size();
        await(node.outwardWorker(database).runDue());

        // then
        assertThat(crashed).isTrue();
        assertThat(sentByThen).isEqualTo(1);
        assertThat(person.sent()).hasSize(2);
        assertThat(sql("SELECT id FROM notification_consent WHERE spent_at IS NULL"))
                .hasSize(1);
        assertThat(sql("SELECT id FROM notification_consent WHERE result = 'sent'"))
                .hasSize(1);
        assertThat(sql("SELECT id FROM job WHERE kind = 'send_wechat_message'")).isEmpty();
    }

    private WeChatCourier courier(String wechatUrl) {
        var access = node.wechat();
        var cipher = DemoTemplate.KEYS.cipher();
        var shared = new SharedValues(vertx, List.of(TestServers.redisUrl()));
        var token = new AppToken(vertx, wechatUrl, access.appId(), access.secret(), shared, cipher, Clock.systemUTC());
        var messages = new WeChatMessages(vertx, wechatUrl, token);
        return new WeChatCourier(
                messages, access.templates(), new WeChatAccounts(cipher), clock, new SimpleMeterRegistry());
    }

    /** Ends when it has sent, all its hands at once: whichever takes up the job that is free again by that is dead too. */
    private static JobHandler dying(JobHandler courier) {
        var isDead = new AtomicBoolean();
        return (SqlConnection transaction, Job job) -> {
            Future<Void> lastAct = isDead.getAndSet(true) ? Future.succeededFuture() : courier.run(transaction, job);
            return lastAct.compose(sent -> transaction
                            .query("SELECT pg_terminate_backend(pg_backend_pid())")
                            .execute())
                    .mapEmpty();
        };
    }

    /** Somebody with a code of the simulator. */
    private final class Person {
        private final String code;
        private final Api api;
        private final UUID id;
        private final UUID district;

        Person(String code) {
            this.code = code;
            var login = new Api(node.uri()).post("/v1/auth/wechat", new JsonObject().put("code", code));
            this.api = new Api(node.uri()).bearing(login.json().getString("accessToken"));
            this.id = UUID.fromString(api.get("/v1/me").json().getString("id"));
            this.district = sql("SELECT district_id FROM person_district WHERE person_id = $1", id)
                    .get(0)
                    .getUUID(0);
        }

        void consent() {
            var yes = new JsonObject().put("template", "booking").put("accepted", true);
            api.post("/v1/notification-consents", new JsonObject().put("consents", new JsonArray().add(yes)));
        }

        void tell() {
            var facts = new JsonObject()
                    .put("mealId", Ids.next().toString())
                    .put("canteen", "东风食堂")
                    .put("date", "2026-03-02")
                    .put("period", "lunch");
            var notice = new Notice(id, Notice.Kind.BOOKING_PROMOTED, Ids.next(), facts);
            await(database.inTransaction(
                    transaction -> new Notices().tell(transaction, district, List.of(notice), clock.instant())));
        }

        int inbox() {
            return sql("SELECT id FROM notification WHERE recipient_id = $1", id)
                    .size();
        }

        List<JsonObject> sent() {
            URI list = node.sentMessages();
            return SentMessages.at(list).stream()
                    .filter(each -> each.getString("touser").equals(WeChatSimulator.openidOf(code)))
                    .toList();
        }
    }

    private List<Row> sql(String statement, Object... values) {
        return await(database.read(client -> client.preparedQuery(statement)
                .execute(Tuple.from(values))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())));
    }
}

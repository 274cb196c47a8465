package org.huying.account.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.huying.db.Rows;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.KnownWords;
import org.huying.testing.TestApp;
import org.huying.ticket.verify.LogVerifier;
import org.huying.ticket.verify.SavedDigests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 6: a resident can erase their data; erased people stay in counts and chains without a name. */
@Tag("long")
class ErasureApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Test
    void nothingThatTheyEverSaidIsLeftAndEveryFigureIsTheSame() throws IOException {
        // given
        var start = APP.clock().instant();
        var somebody = new Somebody(APP, "demo-new-erased");
        somebody.settle();
        somebody.eat();
        somebody.report();
        APP.runJobs();
        var refused = somebody.erase();
        somebody.end();
        APP.clock()
                .set(LocalDate.ofInstant(start, ZONE)
                        .plusDays(1)
                        .atTime(12, 0)
                        .atZone(ZONE)
                        .toInstant());
        APP.runJobs();
        APP.staff("canteen-operator-1")
                .with("Idempotency-Key", "hand-over")
                .post(
                        "/v1/meals/"
                                + DemoStructure.meal(
                                        1, LocalDate.ofInstant(start, ZONE).plusDays(1), "lunch") + "/check-in",
                        new JsonObject().put("bookingId", somebody.booking.toString()))
                .withStatus(200);
        APP.clock().advance(Duration.ofDays(9));
        APP.runJobs();
        var neighbours = APP.resident(19)
                .post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", "light-out")
                                .put("placeId", DemoStructure.compound(1).toString())
                                .put("description", "楼道一直没有灯"))
                .withStatus(201);
        var words = new ArrayList<>(Somebody.WORDS);
        words.add(somebody.openid());
        assertThat(words)
                .allSatisfy(word ->
                        assertThat(known().found(List.of(word))).as(word).isNotEmpty());
        assertThat(somebody.photos.stream().filter(this::isOnDisk)).hasSize(3);
        var figures = figures(start);

        // when
        somebody.erase().withStatus(204);

        // then
        assertThat(known().found(words)).isEmpty();
        assertThat(known().found(List.of(Somebody.OF_ANOTHER))).hasSize(1);
        assertThat(figures(start)).isEqualTo(figures);
        assertThat(somebody.api.get("/v1/me").status()).isEqualTo(401);
        assertThat(rowsNaming(somebody))
                .containsExactlyInAnyOrder(
                        "booking.diner_id",
                        "person.id",
                        "resident.id",
                        "resident_change.resident_id",
                        "session.person_id",
                        "ticket.reporter_id",
                        "ticket_actor.person_id",
                        "unmasking.subject_id",
                        "resident_change.actor_id",
                        "mandate.grantor_id",
                        "mandate.proxy_id",
                        "booking.booked_by_id",
                        "booking.cancelled_by_id",
                        "job.subject_id");
        assertThat(APP.staff("dispatcher-1")
                        .get("/v1/tickets/" + somebody.ticket)
                        .json()
                        .getJsonObject("reporter")
                        .getString("name"))
                .isEqualTo("已注销");
        assertThat(APP.resident(19).get("/v1/tickets/" + neighbours.id()).json().getString("description"))
                .isEqualTo("楼道一直没有灯");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("something_open");
        assertThat(refused.json().getJsonArray("unfinished").stream()
                        .map(JsonObject.class::cast)
                        .map(each -> each.getString("kind") + " " + each.getString("id")))
                .containsExactly("booking " + somebody.booking, "ticket " + somebody.ticket, "ticket " + somebody.spot);
        // and when the jobs have run
        APP.clock().advance(Duration.ofMinutes(2));
        APP.runJobs();
        assertThat(known().found(words)).isEmpty();
        assertThat(somebody.photos).noneMatch(this::isOnDisk);
        assertThat(isLogIntact()).isTrue();
        assertThat(login("demo-new-erased").get("/v1/me").json().getString("id"))
                .isNotEqualTo(somebody.id.toString());
    }

    private static KnownWords known() {
        return new KnownWords(APP.database(), APP.cipher());
    }

    /** What the programme owes, and how well tickets were done. */
    private static List<JsonObject> figures(Instant start) {
        var month = YearMonth.from(LocalDate.ofInstant(start, ZONE).plusDays(1));
        var from = LocalDate.ofInstant(start, ZONE).minusDays(1);
        var period = "from=" + from + "&to=" + from.plusDays(12);
        var supervisor = APP.staff("district-supervisor");
        return List.of(
                APP.staff("canteen-operator-1")
                        .get("/v1/canteens/" + DemoStructure.canteen(1) + "/settlements/" + month)
                        .withStatus(200)
                        .json(),
                supervisor
                        .get("/v1/metrics/one-time-completion?groupBy=place&" + period)
                        .withStatus(200)
                        .json(),
                supervisor
                        .get("/v1/metrics/service?groupBy=organization&" + period)
                        .withStatus(200)
                        .json());
    }

    /** Where their pseudonym still stands. */
    private static List<String> rowsNaming(Somebody somebody) {
        var columns = await(APP.database()
                .read(client -> client.query("""
                        SELECT c.table_name, c.column_name FROM information_schema.columns c
                        JOIN information_schema.tables t USING (table_schema, table_name)
                        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = 'uuid'
                        """)
                        .execute()
                        .map(Rows.list(row -> List.of(row.getString(0), row.getString(1))))));
        return columns.stream()
                .filter(column -> await(APP.database()
                        .read(client -> client.preparedQuery(
                                        "SELECT 1 FROM " + column.get(0) + " WHERE " + column.get(1) + " = $1 LIMIT 1")
                                .execute(Tuple.of(somebody.id))
                                .map(rows -> rows.size() > 0))))
                .map(column -> column.get(0) + "." + column.get(1))
                .toList();
    }

    private boolean isOnDisk(String photo) {
        try (var files = Files.walk(APP.photoDirectory())) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(photo));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isLogIntact() {
        var nowhere = new PrintStream(PrintStream.nullOutputStream());
        return new LogVerifier(APP.cipher(), SavedDigests.none(), System.err, nowhere)
                .run(APP.databaseUrl(), APP.clock().instant());
    }

    private static Api login(String code) {
        var token = APP.anyone()
                .post("/v1/auth/wechat", new JsonObject().put("code", code))
                .json()
                .getString("accessToken");
        return APP.anyone().bearing(token);
    }
}

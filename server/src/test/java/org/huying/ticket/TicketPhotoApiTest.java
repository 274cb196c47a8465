package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.photo.image.Pictures;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Photos of tickets: what claims them, who sees them, and what cannot be done without. */
@Tag("long")
class TicketPhotoApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    @Test
    void aReportCarriesItsPhotosAndItsLogTheirHashes() throws Exception {
        // given
        var resident = APP.resident(1);
        var first = photo(resident);
        var second = photo(resident);

        // when
        var made = resident.post("/v1/tickets", roofLeak(resident, second, first));

        // then
        assertThat(made.status()).isEqualTo(201);
        for (var ticket : List.of(made, resident.get(path(made)))) {
            assertThat(photos(ticket)).extracting(each -> each.getString("id")).containsExactly(second, first);
        }
        var inList = resident.get("/v1/tickets?scope=mine").items().stream()
                .filter(each -> each.getString("id").equals(made.id().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(inList.getJsonArray("photos")).hasSize(2);
        var logged = event(resident, made, "submitted").getJsonObject("data").getJsonArray("photos");
        var kept = resident.get(photos(made).get(0).getString("url"));
        assertThat(logged.getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("id", second)
                        .put(
                                "sha256",
                                HexFormat.of()
                                        .formatHex(MessageDigest.getInstance("SHA-256")
                                                .digest(kept.body().getBytes()))));
        // and a day later they are still there
        APP.clock().advance(Duration.ofHours(25));
        APP.runJobs();
        assertThat(resident.get("/v1/photos/" + first).status()).isEqualTo(200);
    }

    @Test
    void eachRequiredPhotoNeedsOne() {
        // given
        var resident = APP.resident(2);

        // when
        var refused = resident.post("/v1/tickets", roofLeak(resident, photo(resident)));

        // then
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("required_info_missing");
        assertThat(refused.faults()).containsExactly("/attributes/outdoor");
    }

    @Test
    void photosOfOthersUsedOnesAndTwinsAreUnknown() {
        // given
        var resident = APP.resident(3);
        var mine = photo(resident);
        var used = photo(resident);
        assertThat(resident.post("/v1/tickets", roofLeak(resident, used, photo(resident)))
                        .status())
                .isEqualTo(201);
        var foreign = photo(APP.resident(4));

        // when
        var refused = resident.post(
                "/v1/tickets",
                roofLeak(resident, mine, foreign, used, UUID.randomUUID().toString(), mine.toUpperCase(Locale.ROOT)));

        // then
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("photo_unknown");
        assertThat(refused.faults()).containsExactly("/photoIds/1", "/photoIds/2", "/photoIds/3", "/photoIds/4");
        // and what was refused has claimed nothing
        assertThat(resident.post("/v1/tickets", roofLeak(resident, mine, photo(resident)))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void anItemThatAsksForEvidenceIsNotClosedWithout() {
        // given
        var resident = APP.resident(5);
        var ticket = resident.post("/v1/tickets", roofLeak(resident, photo(resident), photo(resident)));
        var dispatcher = APP.staff(dispatcherOf(ticket));
        act(dispatcher, ticket, "accept", new JsonObject());
        var fixed = new JsonObject().put("outcome", "fixed").put("note", "已修好");
        var evidence = photo(dispatcher);

        // when
        var without = dispatcher.post(path(ticket) + "/resolve", fixed);
        var withAnothers = dispatcher.post(path(ticket) + "/resolve", with(fixed, photo(resident)));
        var done = dispatcher.post(path(ticket) + "/resolve", with(fixed, evidence));

        // then
        assertThat(without.code()).isEqualTo("evidence_required");
        assertThat(without.faults()).containsExactly("/photoIds");
        assertThat(withAnothers.code()).isEqualTo("photo_unknown");
        assertThat(done.status()).isEqualTo(200);
        assertThat(photos(done)).hasSize(2);
        assertThat(event(resident, ticket, "resolved")
                        .getJsonObject("data")
                        .getJsonArray("photos")
                        .getJsonObject(0)
                        .getString("id"))
                .isEqualTo(evidence);
        assertThat(resident.get("/v1/photos/" + evidence).status()).isEqualTo(200);
        assertThat(APP.resident(6).get("/v1/photos/" + evidence).status()).isEqualTo(404);
    }

    @Test
    void theReportingSideHasNineInAllAndEvidenceIsCountedAnew() {
        // given: six with the report
        var resident = APP.resident(7);
        var ticket = resident.post("/v1/tickets", roofLeak(resident, photos(resident, 6)));
        var dispatcher = APP.staff(dispatcherOf(ticket));
        act(dispatcher, ticket, "accept", new JsonObject());
        act(dispatcher, ticket, "request-info", new JsonObject().put("message", "请补充照片"));
        var message = new JsonObject().put("message", "见照片");

        // when
        var four = resident.post(path(ticket) + "/provide-info", with(message, photos(resident, 4)));
        var three = resident.post(path(ticket) + "/provide-info", with(message, photos(resident, 3)));

        // then
        assertThat(four.code()).isEqualTo("photos_too_many");
        assertThat(four.faults()).containsExactly("/photoIds");
        assertThat(three.status()).isEqualTo(200);

        // when: closed with nine, and reopened
        var fixed = new JsonObject().put("outcome", "fixed").put("note", "已修好");
        var reason = new JsonObject().put("reason", "还在漏");
        act(dispatcher, ticket, "resolve", with(fixed, photos(dispatcher, 9)));
        var tenth = resident.post(path(ticket) + "/reopen", with(reason, photo(resident)));
        act(resident, ticket, "reopen", reason);

        // then: it can be closed with evidence once more
        assertThat(tenth.code()).isEqualTo("photos_too_many");
        assertThat(dispatcher
                        .post(path(ticket) + "/resolve", with(fixed, photo(dispatcher)))
                        .status())
                .isEqualTo(200);
        assertThat(resident.post("/v1/tickets", roofLeak(resident, photos(resident, 10)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void neighboursSeeWhatIsWrongAndWhatBecameOfItAndNothingBetween() {
        // given: two residents of one compound
        var reporter = APP.resident(8);
        var compound = compoundOf(reporter);
        var neighbour = Stream.iterate(9, n -> n + 1)
                .limit(32)
                .map(APP::resident)
                .filter(other -> compoundOf(other).equals(compound))
                .findFirst()
                .orElseThrow();
        var stranger = Stream.iterate(9, n -> n + 1)
                .limit(32)
                .map(APP::resident)
                .filter(other -> !compoundOf(other).equals(compound))
                .findFirst()
                .orElseThrow();
        var reported = photo(reporter);
        var ticket = reporter.post(
                "/v1/tickets",
                with(
                        new JsonObject()
                                .put("serviceItemCode", "road-damage")
                                .put("placeId", compound)
                                .put("spot", "东门")
                                .put("description", Said.anew("路面塌陷")),
                        reported));
        var dispatcher = APP.staff(dispatcherOf(ticket));
        act(dispatcher, ticket, "accept", new JsonObject());
        act(dispatcher, ticket, "request-info", new JsonObject().put("message", "在哪里"));
        var provided = photo(reporter);
        act(reporter, ticket, "provide-info", with(new JsonObject().put("message", "这里"), provided));
        var evidence = photo(dispatcher);
        act(
                dispatcher,
                ticket,
                "resolve",
                with(new JsonObject().put("outcome", "fixed").put("note", "已修好"), evidence));

        // then
        for (var side : List.of(reporter, dispatcher, APP.staff("district-supervisor"))) {
            assertThat(seen(side, reported, provided, evidence)).containsExactly(200, 200, 200);
        }
        assertThat(seen(neighbour, reported, provided, evidence)).containsExactly(200, 404, 200);
        assertThat(seen(stranger, reported, provided, evidence)).containsExactly(404, 404, 404);
        assertThat(seen(APP.wechat("demo-far-1"), reported)).containsExactly(404);
        assertThat(neighbour.get(path(ticket)).json().getJsonArray("photos")).hasSize(1);
    }

    private static List<Integer> seen(Api caller, String... photos) {
        return Stream.of(photos)
                .map(photo -> caller.get("/v1/photos/" + photo + "/thumbnail").status())
                .toList();
    }

    private static String compoundOf(Api resident) {
        return resident.get("/v1/me")
                .json()
                .getJsonArray("households")
                .getJsonObject(0)
                .getString("compoundId");
    }

    private static JsonObject roofLeak(Api resident, String... photos) {
        var household = resident.get("/v1/me")
                .json()
                .getJsonArray("households")
                .getJsonObject(0)
                .getString("id");
        return with(
                new JsonObject()
                        .put("serviceItemCode", "roof-leak")
                        .put("householdId", household)
                        .put("description", Said.anew("屋顶漏水")),
                photos);
    }

    private static JsonObject with(JsonObject body, String... photos) {
        return body.copy().put("photoIds", new JsonArray(List.of(photos)));
    }

    private static String photo(Api caller) {
        var made = caller.upload("/v1/photos", Pictures.jpeg(24, 16));
        assertThat(made.status()).isEqualTo(201);
        return made.id().toString();
    }

    private static String[] photos(Api caller, int count) {
        return Stream.generate(() -> photo(caller)).limit(count).toArray(String[]::new);
    }

    private static List<JsonObject> photos(Reply ticket) {
        return ticket.json().getJsonArray("photos").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject event(Api reader, Reply ticket, String type) {
        return reader.get(path(ticket) + "/events?limit=100").items().stream()
                .filter(each -> each.getString("type").equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static void act(Api caller, Reply ticket, String action, JsonObject fields) {
        assertThat(caller.post(path(ticket) + "/" + action, fields).status()).isEqualTo(200);
    }

    private static String dispatcherOf(Reply ticket) {
        var firm = ticket.json().getJsonObject("responsibleOrg").getString("id");
        return Stream.of("dispatcher-1", "dispatcher-2", "dispatcher-3")
                .filter(name -> APP.staff(name).get("/v1/me").json().getJsonArray("scopes").stream()
                        .anyMatch(scope -> ((JsonObject) scope).getString("id").equals(firm)))
                .findFirst()
                .orElseThrow();
    }

    private static String path(Reply ticket) {
        return "/v1/tickets/" + ticket.id();
    }
}

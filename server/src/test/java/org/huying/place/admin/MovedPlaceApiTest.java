package org.huying.place.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.place.admin.AdminApi.district;
import static org.huying.place.admin.AdminApi.responsibleFor;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 1: the tree may be reshaped later; whatever is reported keeps the ancestor path that it had then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class MovedPlaceApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final UUID OLD_TOWN = DemoStructure.place("town");
    private static final UUID COMMUNITY = DemoStructure.community(1);
    private static final UUID COMPOUND = DemoStructure.compound(1);

    private AdminApi api;
    private UUID newTown = OLD_TOWN;
    private UUID before = OLD_TOWN;
    private UUID after = OLD_TOWN;
    private Map<String, Integer> figuresBefore = Map.of();
    private String ticketBefore = "";
    private String ticketAfterwards = "";

    /** A community with two compounds and a grid goes to another town between two reports. */
    @BeforeAll
    void oneReportBeforeTheMoveAndOneAfter() {
        api = new AdminApi(APP);
        newTown = api.create("town", district(), "新桥镇");
        before = resolved(api.report(1));
        figuresBefore = resolvedByPlace();
        ticketBefore = APP.staff("town-supervisor").get("/v1/tickets/" + before).text();
        api.move(COMMUNITY, newTown).withStatus(200);
        ticketAfterwards =
                APP.staff("town-supervisor").get("/v1/tickets/" + before).text();
        assertThat(resolvedByPlace()).isEqualTo(figuresBefore);
        after = resolved(api.report(1));
    }

    @Test
    void allThatIsBelowGoesAlong() {
        for (var below : List.of(COMPOUND, DemoStructure.compound(2), DemoStructure.grid(1))) {
            assertThat(api.pathOfPlace(below)).containsExactly(district(), newTown, COMMUNITY, below);
        }
        assertThat(api.pathOfPlace(DemoStructure.compound(3)))
                .containsExactly(district(), OLD_TOWN, DemoStructure.community(2), DemoStructure.compound(3));
        assertThat(APP.resident(1).get("/v1/places/" + COMMUNITY).json().getString("parentId"))
                .isEqualTo(newTown.toString());
    }

    @Test
    void whatWasReportedKeepsItsPathAndWhatIsNewTakesTheNewOne() {
        assertThat(api.pathOfTicket(before)).containsExactly(district(), OLD_TOWN, COMMUNITY, COMPOUND);
        assertThat(api.pathOfTicket(after)).containsExactly(district(), newTown, COMMUNITY, COMPOUND);
        assertThat(ticketAfterwards).isEqualTo(ticketBefore);
    }

    @Test
    void eachIsSeenByTheSupervisorOfTheTownThatItWasReportedIn() {
        assertThat(APP.staff("town-supervisor").get("/v1/tickets/" + before).status())
                .isEqualTo(200);
        assertThat(APP.staff("town-supervisor").get("/v1/tickets/" + after).status())
                .isEqualTo(404);
        assertThat(listed(APP.staff("town-supervisor"))).contains(before).doesNotContain(after);
        for (var both : List.of(
                APP.staff("district-supervisor"),
                APP.staff("community-supervisor-1"),
                APP.staff("dispatcher-1"),
                APP.staff("grid-member-1"),
                APP.resident(1))) {
            assertThat(listed(both)).contains(before, after);
        }
    }

    @Test
    void theFiguresCountEachWhereItWasReported() {
        // given
        var now = resolvedByPlace();

        // then
        assertThat(figuresBefore)
                .containsEntry(OLD_TOWN.toString(), 1)
                .containsEntry(COMMUNITY.toString(), 1)
                .doesNotContainKey(newTown.toString());
        assertThat(now)
                .containsEntry(OLD_TOWN.toString(), 1)
                .containsEntry(newTown.toString(), 1)
                .containsEntry(COMMUNITY.toString(), 2)
                .containsEntry(district().toString(), 2);
        assertThat(resolvedByPlace(APP.staff("town-supervisor"), ""))
                .containsEntry(COMMUNITY.toString(), 1)
                .doesNotContainKey(newTown.toString());
        assertThat(resolvedByPlace(APP.staff("town-supervisor"), "&placeId=" + COMMUNITY))
                .containsEntry(COMMUNITY.toString(), 1);
    }

    @Test
    void eachGoesUpThroughTheOfficesOfItsOwnPath() {
        // given
        api.admin().get("/v1/service-areas?placeId=" + COMPOUND).items();
        var fresh = api.report(1);

        // when
        var community = escalated(fresh.id());
        var town = escalated(fresh.id());

        // then
        assertThat(community).isEqualTo(DemoStructure.office("community-1"));
        assertThat(town)
                .isEqualTo(api.rows("SELECT id FROM organization WHERE office_place_id = $1", newTown)
                        .get(0)
                        .getUUID("id"));
    }

    @Test
    void aPlaceOfAnOldPathIsNotRemoved() {
        // given
        var emptied = api.create("town", district(), "旧镇");
        api.move(COMMUNITY, emptied).withStatus(200);
        var reported = api.report(1).id();
        api.move(COMMUNITY, newTown).withStatus(200);

        // when
        var refused = api.remove(emptied);

        // then
        assertThat(api.pathOfTicket(reported)).contains(emptied);
        assertThat(refused.withStatus(409).code()).isEqualTo("place_in_use");
    }

    private UUID escalated(UUID ticket) {
        return responsibleFor(APP.staff("district-supervisor")
                .post("/v1/tickets/" + ticket + "/escalate", new JsonObject().put("reason", "逾期未办"))
                .withStatus(200));
    }

    private static UUID resolved(Reply ticket) {
        var dispatcher = APP.staff("dispatcher-1");
        dispatcher.post("/v1/tickets/" + ticket.id() + "/accept").withStatus(200);
        dispatcher
                .post(
                        "/v1/tickets/" + ticket.id() + "/resolve",
                        new JsonObject().put("outcome", "fixed").put("note", "已修好"))
                .withStatus(200);
        return ticket.id();
    }

    private static List<UUID> listed(Api caller) {
        return caller.get("/v1/tickets?limit=100").withStatus(200).items().stream()
                .map(each -> UUID.fromString(each.getString("id")))
                .toList();
    }

    private static Map<String, Integer> resolvedByPlace() {
        return resolvedByPlace(APP.staff("district-supervisor"), "");
    }

    private static Map<String, Integer> resolvedByPlace(Api supervisor, String filter) {
        var today = LocalDate.ofInstant(APP.clock().instant(), ZoneId.of("Asia/Shanghai"));
        var query = "?groupBy=place&from=" + today.minusDays(1) + "&to=" + today + filter;
        return supervisor
                .get("/v1/metrics/one-time-completion" + query)
                .withStatus(200)
                .json()
                .getJsonArray("groups")
                .stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(
                        group -> group.getJsonObject("key").getString("id"), group -> group.getInteger("cohort")));
    }
}

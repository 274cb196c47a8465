package org.huying.audit.gaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.http.Contract;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changing item, household or place late: nobody can, and what changes around a ticket leaves it as it was reported. */
class FrozenTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    /** What says what a ticket is about. */
    private static final Set<String> SUBJECT =
            Set.of("serviceItemCode", "serviceItemVersion", "householdId", "placeId", "placePath", "channel");

    @Test
    void noOperationOnATicketTakesAnotherItemHouseholdOrPlace() {
        var acts = Contract.load().operations().stream()
                .filter(operation -> operation.path().startsWith("/v1/tickets/{ticketId}"))
                .toList();

        assertThat(acts).hasSizeGreaterThan(20).allSatisfy(operation -> {
            assertThat(operation.method().name()).isIn("GET", "POST");
            operation.content().forEach(type -> {
                var schema = ((JsonObject) type.getValue()).getJsonObject("schema");
                assertThat(schema.getBoolean("additionalProperties"))
                        .as(operation.id())
                        .isFalse();
                assertThat(schema.getJsonObject("properties", new JsonObject()).fieldNames())
                        .as(operation.id())
                        .doesNotContainAnyElementsOf(SUBJECT);
            });
        });
    }

    @Test
    void aNewVersionOfTheItemChangesNothing() {
        // given
        var scene = new Scene(APP, 1);
        var ticket = scene.accepted();
        var before = scene.shown(ticket);
        var item = scene.district().get("/v1/service-items/" + Scene.ITEM).json();

        // when
        APP.staff("admin")
                .put(
                        "/v1/service-items/" + Scene.ITEM,
                        new JsonObject()
                                .put("version", item.getInteger("version"))
                                .put("name", "换了名字")
                                .put("requiredInfo", item.getJsonArray("requiredInfo"))
                                .put("responseHours", 1)
                                .put("resolutionHours", 1000)
                                .put("calendar", "all_hours")
                                .put("evidenceRequired", true)
                                .put("reportable", false))
                .withStatus(200);

        // then
        assertThat(scene.shown(ticket)).isEqualTo(before);
        scene.resolve(ticket, "fixed");
        assertThat(scene.verdictAfterAll(ticket)).isEqualTo("one_time");
    }

    @Test
    void movingTheHouseholdOrReshapingTheTreeChangesNothing() {
        // given
        var scene = new Scene(APP, 12);
        var ticket = scene.resolved("fixed");
        var place = scene.shown(ticket).getString("placeId");
        scene.pass(Scene.WEEK.plus(Scene.WEEK));
        var asOf = scene.now();
        var before = byPlace(asOf, DemoStructure.community(3));

        // when
        sql(
                "UPDATE household SET compound_id = $2, address_index = address_index || address_index WHERE id = $1",
                DemoStructure.household(12),
                DemoStructure.compound(1));
        sql(
                "UPDATE place SET parent_id = $2, path = path[1:2] || $2::uuid || id WHERE id = $1",
                DemoStructure.compound(6),
                DemoStructure.community(1));

        // then
        assertThat(before.getJsonObject("total").getInteger("numerator")).isEqualTo(1);
        assertThat(before.getJsonArray("groups")).hasSize(2);
        assertThat(scene.shown(ticket).getString("placeId")).isEqualTo(place);
        assertThat(scene.verdict(ticket)).isEqualTo("one_time");
        assertThat(byPlace(asOf, DemoStructure.community(1))
                        .getJsonObject("total")
                        .getInteger("cohort"))
                .isZero();
        assertThat(byPlace(asOf, DemoStructure.community(3))).isEqualTo(before);
    }

    private static JsonObject byPlace(Instant asOf, UUID place) {
        return APP.staff("district-supervisor")
                .get("/v1/metrics/one-time-completion?groupBy=place&placeId=" + place + "&" + Scene.query(asOf))
                .withStatus(200)
                .json();
    }

    private static void sql(String statement, Object... values) {
        TestApp.await(
                APP.database().read(client -> client.preparedQuery(statement).execute(Tuple.from(List.of(values)))));
    }
}

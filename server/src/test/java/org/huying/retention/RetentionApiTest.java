package org.huying.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetentionApiTest {
    private static final String SETTINGS = "/v1/retention-settings";

    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static JsonObject settings() {
        return new JsonObject()
                .put("closedTicketTextsMonths", 6)
                .put("photosMonths", 7)
                .put("bookingDetailsMonths", 8)
                .put("notificationsDays", 90)
                .put("sessionsDays", 31);
    }

    @Test
    void anAdministratorSetsThemForTheDistrict() {
        // given
        var admin = APP.staff("admin");
        assertThat(admin.get(SETTINGS).json().getInteger("closedTicketTextsMonths"))
                .isEqualTo(36);

        // when
        var set = admin.put(SETTINGS, settings());

        // then
        var shown = settings().put("version", 2);
        assertThat(set.json()).isEqualTo(shown);
        assertThat(admin.get(SETTINGS).json()).isEqualTo(shown);
        assertThat(admin.put(SETTINGS, settings().put("photosMonths", 9)).json().getInteger("photosMonths"))
                .isEqualTo(9);
    }

    @Test
    void nobodyElseSeesOrSetsThem() {
        for (var other : List.of(APP.resident(1), APP.staff("district-supervisor"), APP.staff("dispatcher-1"))) {
            assertThat(other.get(SETTINGS).status()).isEqualTo(403);
            assertThat(other.put(SETTINGS, settings()).status()).isEqualTo(403);
        }
        assertThat(APP.anyone().get(SETTINGS).status()).isEqualTo(401);
    }

    @Test
    void eachHasItsBounds() {
        var refused = APP.staff("admin")
                .put(
                        SETTINGS,
                        new JsonObject()
                                .put("closedTicketTextsMonths", 5)
                                .put("photosMonths", 241)
                                .put("bookingDetailsMonths", 2)
                                .put("notificationsDays", 29));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.faults())
                .containsExactlyInAnyOrder(
                        "/closedTicketTextsMonths",
                        "/photosMonths",
                        "/bookingDetailsMonths",
                        "/notificationsDays",
                        "/sessionsDays");
    }
}

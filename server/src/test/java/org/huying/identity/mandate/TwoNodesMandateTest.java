package org.huying.identity.mandate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.identity.mandate.MandateActs.accept;
import static org.huying.identity.mandate.MandateActs.offered;
import static org.huying.identity.mandate.MandateActs.report;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.DemoTemplate;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two whole nodes, which know nothing of each other, on one database. */
class TwoNodesMandateTest {
    private static final int GRANTOR = 31;

    private TestNode one;
    private TestNode other;

    @BeforeEach
    void setUp() {
        var url = TestServers.createDatabase(DemoTemplate.name());
        one = TestNode.answering(url, DemoTemplate.KEYS, TestDay.running());
        other = TestNode.answering(url, DemoTemplate.KEYS, TestDay.running());
    }

    @AfterEach
    void tearDown() {
        one.close();
        other.close();
    }

    @Test
    void aMandateEndedAtOneNodeIsOverAtTheOtherAtOnce() {
        // given: used at the other node, whatever it may keep
        var elder = resident(one.uri(), GRANTOR);
        var proxy = resident(other.uri(), 1);
        var mandate = accept(proxy, offered(elder, "booking", "ticket")).withStatus(200);
        var booking = proxy.post("/v1/bookings", booking(1)).withStatus(201).id();
        var ticket = proxy.post("/v1/tickets", report(GRANTOR)).withStatus(201).id();
        assertThat(proxy.get("/v1/tickets/" + ticket).status()).isEqualTo(200);

        // when
        elder.delete("/v1/mandates/" + mandate.id()).withStatus(204);

        // then: the very next ones
        assertThat(proxy.post("/v1/bookings", booking(2)).status()).isEqualTo(403);
        assertThat(proxy.post("/v1/tickets", report(GRANTOR)).status()).isEqualTo(403);
        assertThat(proxy.post("/v1/bookings/" + booking + "/cancel").status()).isEqualTo(403);
        assertThat(proxy.get("/v1/tickets/" + ticket).status()).isEqualTo(404);
        assertThat(proxy.get("/v1/residents/" + DemoStructure.resident(GRANTOR) + "/acts")
                        .status())
                .isEqualTo(404);
    }

    private static Api resident(URI node, int number) {
        var login = new Api(node)
                .post("/v1/auth/wechat", new JsonObject().put("code", "demo-resident-" + number))
                .withStatus(200);
        return new Api(node).bearing(login.json().getString("accessToken"));
    }

    private static JsonObject booking(int days) {
        var date = TestDay.date().plusDays(days);
        return MandateActs.booking(DemoStructure.meal(1, date, "lunch"), DemoStructure.resident(GRANTOR));
    }
}

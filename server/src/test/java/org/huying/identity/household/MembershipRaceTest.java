package org.huying.identity.household;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two people at once at one door. */
class MembershipRaceTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final JsonObject AS_TENANT = new JsonObject().put("role", "tenant");

    private final UUID household = DemoStructure.household(7);
    private final String members = "/v1/households/" + household + "/members";

    @Test
    void ofTwoWhoApproveAtOnceOneDoes() {
        // given
        var asking = APP.wechat("demo-new-raced");
        var approve = members + "/" + asked(asking) + "/approve";

        // when
        var replies = all(
                APP.staff("grid-member-1").send("POST", approve, BodyPublishers.noBody()),
                APP.staff("dispatcher-1").send("POST", approve, BodyPublishers.noBody()));

        // then
        assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(200, 409);
        APP.runJobs();
        assertThat(asking.get("/v1/notifications?limit=100").items())
                .extracting(each -> each.getString("kind"))
                .containsOnlyOnce("household_approved");
    }

    @Test
    void whoAsksTwiceAtOnceAsksOnce() {
        // given
        var asking = APP.wechat("demo-new-twice");

        // when
        var replies = all(asking.postLater(members, AS_TENANT), asking.postLater(members, AS_TENANT));

        // then
        assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(201, 409);
        assertThat(asking.get("/v1/me").json().getJsonArray("households")).hasSize(1);
    }

    @Test
    void whoIsApprovedAndLeavesAtOnceIsOutInTheEnd() {
        for (int round = 0; round < 5; round++) {
            // given
            var asking = APP.wechat("demo-new-leaver-" + round);
            var member = members + "/" + asked(asking);

            // when
            var replies = all(
                    APP.staff("grid-member-1").send("POST", member + "/approve", BodyPublishers.noBody()),
                    asking.send("DELETE", member, BodyPublishers.noBody()));

            // then: the other comes too late, or before
            assertThat(replies.get(0).status()).isIn(200, 404, 409);
            assertThat(replies.get(1).status()).isEqualTo(204);
            assertThat(asking.get("/v1/households/" + household).status()).isEqualTo(404);
        }
    }

    private UUID asked(Api asking) {
        return asking.post(members, AS_TENANT).withStatus(201).id();
    }

    private static List<Reply> all(CompletableFuture<Reply> one, CompletableFuture<Reply> other) {
        return List.of(one.join(), other.join());
    }
}

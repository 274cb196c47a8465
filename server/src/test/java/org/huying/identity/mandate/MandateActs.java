package org.huying.identity.mandate;

import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;

/** What the tests of mandates do with them. */
final class MandateActs {
    private final TestApp app;

    MandateActs(TestApp app) {
        this.app = app;
    }

    static JsonObject offer(String... scope) {
        return new JsonObject().put("scope", new JsonArray(List.of(scope)));
    }

    static Reply offered(Api grantor, String... scope) {
        return grantor.post("/v1/mandates", offer(scope)).withStatus(201);
    }

    static Reply accept(Api proxy, Reply offered) {
        return accept(proxy, offered.json().getString("inviteCode"));
    }

    static Reply accept(Api proxy, String code) {
        return proxy.post("/v1/mandates/accept", new JsonObject().put("inviteCode", code));
    }

    JsonObject booking(int canteen, int days, UUID diner) {
        var date = LocalDate.ofInstant(app.clock().instant(), ZoneId.of("Asia/Shanghai"))
                .plusDays(days);
        return booking(DemoStructure.meal(canteen, date, "lunch"), diner);
    }

    static JsonObject booking(UUID meal, UUID diner) {
        return new JsonObject()
                .put("mealId", meal.toString())
                .put("dinerId", diner.toString())
                .put("mode", "dine_in");
    }

    static JsonObject report(int resident) {
        return new JsonObject()
                .put("serviceItemCode", "light-out")
                .put("householdId", DemoStructure.household(resident).toString())
                .put("description", Said.anew("楼道灯坏了"))
                .put("onBehalfOfId", DemoStructure.resident(resident).toString());
    }

    void sql(String statement, Object... values) {
        await(app.database().inTransaction(tx -> tx.preparedQuery(statement).execute(Tuple.from(values))));
    }
}

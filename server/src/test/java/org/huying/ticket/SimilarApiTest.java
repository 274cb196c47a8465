package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Domain.md 3: {@code similar} offers open tickets of the same item and spot or household, most alike first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimilarApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String ITEM = "street-light";

    /** What one neighbour reported, and how another one puts the same trouble. */
    private record Pair(String reported, String again) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair("3号楼门口的路灯晚上不亮，老人出门看不清", "三号楼前面路灯坏了，夜里一片漆黑"),
            new Pair("小区东门岗亭旁边的灯一闪一闪的，像要短路", "东门岗亭那盏灯老是闪，怕起火"),
            new Pair("地下车库B区入口灯全灭了，开车很危险", "B区车库入口没有灯，差点撞上"),
            new Pair("儿童滑梯旁边的灯杆歪了，怕倒下来砸到孩子", "滑梯边上灯杆倾斜，孩子在下面玩太危险"),
            new Pair("６号楼单元门感应灯白天也一直亮着，浪费电", "6号楼单元门口的感应灯大白天不灭"),
            new Pair("快递柜上方的照明灯罩掉了，电线露在外面", "快递柜那里灯罩没了，能看到电线"),
            new Pair("北广场跳舞那边的灯十一点还不关，照得睡不着", "北广场的大灯半夜还亮，影响休息"),
            new Pair("垃圾分类亭的灯坏了半个月，晚上扔垃圾看不见", "晚上去分类亭扔垃圾没灯，已经两周了"),
            new Pair("8栋楼道声控灯拍手也不亮，二楼到四楼都这样", "8栋楼梯间声控灯失灵，2到4楼全黑"),
            new Pair("健身器材区域的太阳能灯只亮一小会就灭", "健身区太阳能路灯撑不到晚上八点就灭了"));

    private final List<Reply> reported = new ArrayList<>();
    private String compound = "";

    @BeforeAll
    void tenThingsAreReported() {
        compound = compoundOf(reporter());
        PAIRS.forEach(pair -> reported.add(report(pair.reported())));
    }

    @TestFactory
    Stream<DynamicTest> whatAnotherSaysInOtherWordsIsFoundFirst() {
        return Stream.iterate(0, i -> i < PAIRS.size(), i -> i + 1)
                .map(i -> DynamicTest.dynamicTest(PAIRS.get(i).again(), () -> {
                    var found = similar(neighbour(), PAIRS.get(i).again());

                    assertThat(found).hasSize(10);
                    assertThat(found.get(0).getString("description"))
                            .isEqualTo(PAIRS.get(i).reported());
                    assertThat(found.get(0).getValue("reporter")).isNull();
                    assertThat(found.get(0).getJsonArray("allowedActions")).contains("follow");
                }));
    }

    @Test
    void whatIsOverIsNotOffered() {
        // given
        var ticket = report("西侧围墙射灯进水");
        assertThat(similar(neighbour(), "西侧围墙射灯进水").get(0).getString("id"))
                .isEqualTo(ticket.id().toString());

        // when
        reporter()
                .post("/v1/tickets/" + ticket.id() + "/cancel", new JsonObject())
                .withStatus(200);

        // then
        assertThat(similar(neighbour(), "西侧围墙射灯进水"))
                .noneMatch(each -> each.getString("id").equals(ticket.id().toString()));
    }

    @Test
    void aHouseholdsTicketsAreOfferedToItAlone() {
        // given
        var household = reporter()
                .get("/v1/me")
                .json()
                .getJsonArray("households")
                .getJsonObject(0)
                .getString("id");
        var about = new JsonObject().put("serviceItemCode", "light-out").put("householdId", household);
        var ticket = reporter()
                .post("/v1/tickets", about.copy().put("description", "厨房水管漏水"))
                .withStatus(201);

        // when
        var question = about.copy().put("text", "水管一直漏");
        var own =
                reporter().post("/v1/tickets/similar", question).withStatus(200).items();
        var others = neighbour()
                .post("/v1/tickets/similar", question)
                .withStatus(200)
                .items();

        // then
        assertThat(own)
                .extracting(each -> each.getString("id"))
                .containsExactly(ticket.id().toString());
        assertThat(others).isEmpty();
    }

    @Test
    void aQuestionAboutNothingIsRefused() {
        var none = new JsonObject().put("serviceItemCode", ITEM).put("text", "灯坏了");

        assertThat(reporter().post("/v1/tickets/similar", none).withStatus(422).faultsAndCodes())
                .containsExactly("/householdId household_or_place");
        assertThat(reporter()
                        .post(
                                "/v1/tickets/similar",
                                none.copy().put("placeId", compound).put("serviceItemCode", "no-such-item"))
                        .withStatus(422)
                        .faultsAndCodes())
                .containsExactly("/serviceItemCode service_item_unknown");
        assertThat(APP.staff("dispatcher-1")
                        .post("/v1/tickets/similar", none.copy().put("placeId", compound))
                        .status())
                .isEqualTo(403);
    }

    private Reply report(String description) {
        return reporter()
                .post(
                        "/v1/tickets",
                        new JsonObject()
                                .put("serviceItemCode", ITEM)
                                .put("placeId", compound)
                                .put("description", description))
                .withStatus(201);
    }

    private List<JsonObject> similar(Api caller, String text) {
        var question = new JsonObject()
                .put("serviceItemCode", ITEM)
                .put("placeId", compound)
                .put("text", text);
        return caller.post("/v1/tickets/similar", question).withStatus(200).items();
    }

    private static Api reporter() {
        return APP.resident(37);
    }

    /** Of the same compound. */
    private static Api neighbour() {
        return APP.resident(31);
    }

    private static String compoundOf(Api resident) {
        return resident.get("/v1/me")
                .json()
                .getJsonArray("households")
                .getJsonObject(0)
                .getString("compoundId");
    }
}

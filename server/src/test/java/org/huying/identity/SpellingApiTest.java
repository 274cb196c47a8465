package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Domain.md 1: people, places, numbers, user names and codes are found, and held unique, however they are spelled. */
class SpellingApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String PASSWORD = "violet tram beneath nine kettles";

    private static JsonObject elder(String name) {
        return new JsonObject()
                .put("name", name)
                .put("birthDate", "1941-05-06")
                .put("birthDateVerified", true)
                .put("householdId", DemoStructure.household(1).toString())
                .put("consentNote", "口头同意");
    }

    private static Reply register(JsonObject resident) {
        return APP.staff("grid-member-1").post("/v1/residents", resident);
    }

    private static List<JsonObject> found(String query) {
        return APP.staff("canteen-operator-4")
                .post("/v1/residents/search", new JsonObject().put("query", query))
                .withStatus(200)
                .items();
    }

    @Test
    void theCounterFindsWhoWasRegisteredInAnotherSpelling() {
        var id = register(elder("阿依古丽・买买提").put("phone", "0571-8765 4321"))
                .withStatus(201)
                .id();

        for (var query : List.of(
                "阿依古丽·买买提",
                "阿依古丽 • 买买提",
                "阿依\u200b古丽．买买提",
                "\u202a阿依古丽‧买买提\u202c",
                "+8657187654321",
                "０５７１—８７６５４３２１",
                "(0571) 87654321",
                "0086 571 8765-4321")) {
            assertThat(found(query))
                    .as(query)
                    .extracting(each -> each.getString("id"))
                    .containsExactly(id.toString());
        }
        assertThat(found("阿依古丽买买提")).isEmpty();
        assertThat(found("0571-87654322")).isEmpty();
    }

    @Test
    void whatIsShownIsAsItWasTyped() {
        var made = register(elder("Ｊｏｈｎ　欧文").put("phone", "+86 138-0000 0001")).withStatus(201);

        assertThat(made.json().getString("name")).isEqualTo("Ｊｏｈｎ　欧文");
        assertThat(made.json().getString("phone")).isEqualTo("+86 138-0000 0001");
        assertThat(found("john欧文")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----",
                "+ - + - +",
                "     ",
                "\u200b1\u200b",
                "twelve",
                "138/139/137",
                "13800000001、13800000002"
            })
    void whatIsNoNumberIsRefused(String phone) {
        var refused = register(elder("无号").put("phone", phone));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.faultsAndCodes()).containsExactly("/phone phone_unclear");
    }

    @Test
    void namesThatShowNothingOrTurnTheDirectionAreRefused() {
        assertThat(register(elder("\u3164\u2800")).faultsAndCodes()).containsExactly("/name blank");
        assertThat(register(elder("王\u202e香桂")).faultsAndCodes()).containsExactly("/name direction_control");
        assertThat(register(elder("王").put("consentNote", "\u200b")).faultsAndCodes())
                .containsExactly("/consentNote blank");
        assertThat(APP.staff("admin")
                        .post(
                                "/v1/places",
                                new JsonObject()
                                        .put("level", "town")
                                        .put(
                                                "parentId",
                                                DemoStructure.place("district").toString())
                                        .put("name", "\u2067东镇"))
                        .faultsAndCodes())
                .containsExactly("/name direction_control");
    }

    @Test
    void aHouseholdIsFoundAndMadeOnceInWhicheverSpelling() {
        var path = "/v1/households";
        var admin = APP.staff("grid-member-1");
        var there = new JsonObject().put("compoundId", DemoStructure.compound(1).toString());
        var first = admin.post(path, there.copy().put("address", "88幢—１单元-101"));
        var again = admin.post(path, there.copy().put("address", " 88 幢-1单元－１０１\u200b"));
        var other = admin.post(path, there.copy().put("address", "88幢-11单元-01"));

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(again.status()).as(again.text()).isEqualTo(409);
        assertThat(other.status()).isEqualTo(201);
        assertThat(APP.resident(1)
                        .post(path + "/search", there.copy().put("address", "８８幢－1单元–101"))
                        .items())
                .extracting(each -> each.getString("id"))
                .containsExactly(first.id().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Worker-1 ", "ＷＯＲＫＥＲ－１", "\u200bworker-1", "worker—1", "WORKER-1\t"})
    void staffLogInInWhicheverSpelling(String username) {
        var login = new JsonObject().put("username", username).put("password", DemoStructure.PASSWORD);

        assertThat(APP.anyone().post("/v1/auth/staff", login).status()).isEqualTo(200);
    }

    @Test
    void codesAreReadInEveryWidth() {
        // given
        var username = "wide." + UUID.randomUUID().toString().substring(0, 8);
        var grant = new JsonObject()
                .put("role", "worker")
                .put("scopeId", DemoStructure.firm(1).toString());
        var code = APP.staff("admin")
                .post(
                        "/v1/staff",
                        new JsonObject()
                                .put("username", username)
                                .put("name", "宽某")
                                .put("grants", new JsonArray().add(grant)))
                .withStatus(201)
                .json()
                .getString("activationCode");
        var invite = APP.resident(1)
                .post("/v1/mandates", new JsonObject().put("scope", new JsonArray().add("booking")))
                .withStatus(201)
                .json()
                .getString("inviteCode");

        // when
        var activated = APP.anyone()
                .post(
                        "/v1/auth/activate",
                        new JsonObject()
                                .put("username", wide(username).toUpperCase(Locale.ROOT))
                                .put("activationCode", " " + wide(code.replace("-", " ")) + "\u3000")
                                .put("password", PASSWORD));
        var accepted = APP.resident(2)
                .post("/v1/mandates/accept", new JsonObject().put("inviteCode", wide(invite.toLowerCase(Locale.ROOT))));

        // then
        assertThat(activated.status()).as(activated.text()).isEqualTo(200);
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
    }

    @Test
    void placesAndOrganizationsAreCalledTheSameInEverySpelling() {
        var admin = APP.staff("admin");
        var town = new JsonObject()
                .put("level", "town")
                .put("parentId", DemoStructure.place("district").toString());
        var firm = new JsonObject().put("kind", "firm");

        admin.post("/v1/places", town.copy().put("name", "东 A 镇·一")).withStatus(201);
        admin.post("/v1/organizations", firm.copy().put("name", "Ace物业")).withStatus(201);

        assertThat(admin.post("/v1/places", town.copy().put("name", "东ａ镇•一")).code())
                .isEqualTo("place_exists");
        assertThat(admin.post("/v1/organizations", firm.copy().put("name", "ＡＣＥ\u200b物业"))
                        .code())
                .isEqualTo("organization_exists");
    }

    @Test
    void aListInAnotherSpellingIsAboutThoseWhoAreThere() {
        // given
        register(elder("热依汗·依明").put("phone", "138 2222 9001")).withStatus(201);
        var list = "姓名,出生日期,证件核验,电话,小区,地址,与户主关系,同意说明\n热依汗 • 依明,1941-05-06,是,+8613822229001,,,,同意";

        // when
        var id = APP.staff("admin")
                .upload("/v1/imports?kind=residents&dryRun=true", list.getBytes(StandardCharsets.UTF_8))
                .withStatus(201)
                .id();
        APP.runInnerJobs();

        // then
        var checked = APP.staff("admin").get("/v1/imports/" + id).json();
        assertThat(checked.getInteger("unchanged")).as(checked.encode()).isEqualTo(1);
        assertThat(checked.getInteger("created")).isZero();
    }

    private static String wide(String text) {
        return text.chars()
                .map(c -> c > ' ' && c < 0x7f ? c + 0xfee0 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

package org.huying.audit.gaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.audit.gaming.Scene.ITEM;
import static org.huying.audit.gaming.Scene.MILLI;
import static org.huying.audit.gaming.Scene.WEEK;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.YearMonth;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ways of making the rate look better that the rules let happen: each shows in a figure. */
@Tag("long")
class GamingShownTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final JsonObject NOTHING = new JsonObject();

    @Test
    void closingAndLettingTheResidentReportAnew() {
        var scene = new Scene(APP, 1);
        var ticket = scene.resolved("fixed");
        scene.pass(WEEK);
        var again = scene.reported();
        scene.done(scene.resident(), again, "cancel", Scene.reason());

        assertThat(scene.verdictAfterAll(ticket)).isEqualTo("broken/re_reported");
        assertThat(scene.verdict(again)).isEqualTo("withdrawn");
    }

    @Test
    void answeringWhatWasToBeRepaired() {
        var scene = new Scene(APP, 2);

        assertThat(scene.verdictAfterAll(scene.resolved("answered"))).isEqualTo("broken/answered");
    }

    @Test
    void resolvingAgainWithABetterOutcome() {
        var scene = new Scene(APP, 3);
        var ticket = scene.resolved("unable");
        scene.pass(MILLI);
        scene.done(scene.resident(), ticket, "reopen", Scene.reason());
        scene.resolve(ticket, "fixed");
        scene.done(scene.resident(), ticket, "confirm", Scene.rating(5));

        assertThat(scene.verdictAfterAll(ticket)).isEqualTo("broken/unable");
    }

    @Test
    void neverResolving() {
        var scene = new Scene(APP, 4);
        scene.resolved("fixed");
        scene.pass(WEEK.plus(MILLI));
        var before = scene.figures(scene.now());
        var ticket = scene.accepted();
        scene.passWithJobs(Duration.ofDays(3));
        var after = scene.figures(scene.now());

        assertThat(scene.verdict(ticket)).isEqualTo("overdue_unresolved");
        assertThat(after.getInteger("overdueUnresolved")).isEqualTo(before.getInteger("overdueUnresolved") + 1);
        assertThat(after.getDouble("rateWorst")).isLessThan(after.getDouble("rate"));
        assertThat(scene.events(ticket)).contains("overdue", "escalated");
    }

    @Test
    void mergingAComplaintAway() {
        var one = new Scene(APP, 5);
        var other = new Scene(APP, 11);
        var kept = spot(one);
        var merged = spot(other);
        one.done(one.dispatcher(), merged, "merge", new JsonObject().put("intoTicketId", kept));
        one.done(one.dispatcher(), kept, "accept", NOTHING);
        one.resolve(kept, "fixed");
        one.pass(MILLI);

        // whose report it was stands by the one that is left
        other.done(other.resident(), kept, "reopen", Scene.reason());
        assertThat(one.verdict(merged)).isEqualTo("duplicate");
        assertThat(one.verdictAfterAll(kept)).isEqualTo("broken/reopened");
    }

    private static String spot(Scene scene) {
        var report = new JsonObject()
                .put("serviceItemCode", "street-light")
                .put("placeId", scene.compound().toString())
                .put("spot", "东门口")
                .put("description", Said.anew("路灯不亮"));
        return scene.resident().post("/v1/tickets", report).withStatus(201).id().toString();
    }

    @Test
    void askingForInformationForEver() {
        // given
        var scene = new Scene(APP, 7);
        var ticket = scene.accepted();
        scene.done(scene.dispatcher(), ticket, "request-info", Scene.message());
        assertThat(scene.shown(ticket).getString("status")).isEqualTo("waiting_info");
        assertThat(scene.shown(ticket).getString("resolutionDueAt")).isNull();

        // when
        scene.passWithJobs(WEEK.minus(MILLI));
        var before = scene.shown(ticket).getString("status");
        scene.passWithJobs(MILLI);
        var after = scene.shown(ticket).getString("status");
        scene.done(scene.dispatcher(), ticket, "request-info", Scene.message());
        scene.pass(MILLI);
        scene.done(scene.dispatcher(), ticket, "withdraw-request", NOTHING);
        scene.resolve(ticket, "fixed");

        // then
        assertThat(before).isEqualTo("waiting_info");
        assertThat(after).isEqualTo("accepted");
        assertThat(scene.verdictAfterAll(ticket)).isEqualTo("broken/info_twice");
    }

    @Test
    void handingOnBeforeAccepting() {
        // given
        var scene = new Scene(APP, 8);
        var ticket = scene.reported();
        scene.done(
                scene.dispatcher(),
                ticket,
                "transfer",
                Scene.reason().put("organizationId", DemoStructure.firm(2).toString()));
        scene.done(APP.staff("dispatcher-2"), ticket, "accept", NOTHING);
        scene.done(APP.staff("dispatcher-2"), ticket, "resolve", Scene.outcome("not_responsible"));

        // then
        assertThat(scene.verdictAfterAll(ticket)).isEqualTo("broken/not_responsible");
        assertThat(scene.shown(ticket).getJsonObject("firstOwner").getString("id"))
                .isEqualTo(scene.firmId());
        assertThat(scene.counted("broken", scene.now()))
                .filteredOn(each -> each.getString("ticketId").equals(ticket))
                .extracting(each -> each.getString("organizationId"))
                .containsExactly(scene.firmId());
    }

    @Test
    void pressingForABetterRating() {
        var scene = new Scene(APP, 9);
        var ticket = scene.resolved("fixed");
        scene.pass(MILLI);
        scene.done(scene.resident(), ticket, "rate", Scene.rating(2));
        scene.pass(MILLI);
        scene.done(scene.resident(), ticket, "rate", Scene.rating(5));

        assertThat(scene.verdictAfterAll(ticket)).isEqualTo("broken/dissatisfied");
        assertThat(scene.shown(ticket).getInteger("rating")).isEqualTo(5);
    }

    /** It moves to the next month, and is missing from this one for all to see until then. */
    @Test
    void resolvingAMillisecondIntoTheNextMonth() {
        // given
        var scene = new Scene(APP, 10);
        var month = YearMonth.from(scene.now().atZone(Scene.ZONE)).plusMonths(1);
        var end = month.plusMonths(1).atDay(1).atStartOfDay(Scene.ZONE).toInstant();
        APP.clock().set(end.minus(Duration.ofDays(3)));
        var ticket = scene.accepted();
        var other = scene.accepted();

        // when
        APP.clock().set(end.minus(MILLI));
        scene.resolve(other, "fixed");
        APP.clock().set(end);
        scene.resolve(ticket, "fixed");
        scene.pass(WEEK.plus(WEEK));

        // then
        assertThat(scene.verdict(ticket, end.minus(MILLI))).isEqualTo("overdue_unresolved");
        assertThat(scene.verdict(ticket)).isEqualTo("one_time");
        assertThat(monthOf(scene, ticket)).isEqualTo(month.plusMonths(1));
        assertThat(monthOf(scene, other)).isEqualTo(month);
    }

    private static YearMonth monthOf(Scene scene, String ticket) {
        return scene.counted("one_time", scene.now()).stream()
                .filter(each -> each.getString("ticketId").equals(ticket))
                .map(each -> YearMonth.from(each.getInstant("at").atZone(Scene.ZONE)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void excludingForTheDayOfTheReport() {
        // given
        var scene = new Scene(APP, 13);
        var ticket = scene.resolved("unable");
        scene.pass(WEEK.plus(WEEK));
        var before = scene.now();

        // when
        scene.pass(Duration.ofHours(1));
        scene.done(scene.town(), ticket, "exclude", Scene.exclusion());
        var during = scene.now();
        scene.pass(Duration.ofHours(1));
        scene.done(scene.town(), ticket, "include", new JsonObject().put("note", "恢复统计"));

        // then
        assertThat(scene.verdict(ticket, before)).isEqualTo("broken/unable");
        assertThat(scene.verdict(ticket, during)).isEqualTo("excluded/out_of_scope");
        assertThat(scene.verdict(ticket)).isEqualTo("broken/unable");
        assertThat(scene.figures(during).getJsonObject("excluded").getInteger("out_of_scope"))
                .isEqualTo(scene.figures(before).getJsonObject("excluded").getInteger("out_of_scope") + 1);
        assertThat(scene.events(ticket)).endsWith("excluded", "included");
    }

    @Test
    void filingTheSecondReportUnderAnotherItem() {
        // given
        var scene = new Scene(APP, 14);
        var ticket = scene.resolved("fixed");
        scene.pass(Duration.ofDays(1));
        var disguised = scene.report("stairwell-cleaning")
                .put("onBehalfOfId", DemoStructure.resident(14).toString());

        // when
        var byFirm = scene.dispatcher().post("/v1/tickets", disguised);
        var byHotline = scene.hotline().post("/v1/tickets", disguised).withStatus(201);
        var unseen = scene.events(ticket);
        scene.done(
                scene.town(),
                ticket,
                "link",
                new JsonObject().put("ticketId", byHotline.id().toString()));

        // then
        assertThat(byFirm.status()).isEqualTo(403);
        assertThat(unseen).doesNotContain("re_reported");
        assertThat(scene.verdictAfterAll(ticket)).isEqualTo("broken/re_reported");
    }

    @Test
    void callingItTakenBackOrADuplicateWhenItWasResolvedBefore() {
        var scene = new Scene(APP, 15);
        var ticket = scene.resolved("fixed");
        scene.pass(MILLI);
        scene.done(scene.resident(), ticket, "reopen", Scene.reason());
        scene.done(scene.resident(), ticket, "cancel", Scene.reason());

        assertThat(scene.verdictAfterAll(ticket)).isEqualTo("broken/reopened");
        assertThat(scene.shown(ticket).getString("serviceItemCode")).isEqualTo(ITEM);
    }
}

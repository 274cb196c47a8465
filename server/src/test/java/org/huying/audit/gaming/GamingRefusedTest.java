package org.huying.audit.gaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.audit.gaming.Scene.MILLI;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ways of making the rate look better that are refused. */
@Tag("long")
class GamingRefusedTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final JsonObject NOTHING = new JsonObject();

    @Test
    void excludingByTheFirmsOwnPeopleOrTheCommunity() {
        var scene = new Scene(APP, 1);
        var ticket = scene.resolved("unable");

        for (var who : List.of(scene.dispatcher(), scene.worker(), scene.grid(), scene.community())) {
            refused(scene.act(who, ticket, "exclude", Scene.exclusion()), "forbidden", "not_found");
        }
        assertThat(scene.act(scene.community(), ticket, "exclude", Scene.exclusion())
                        .status())
                .isEqualTo(403);
        assertThat(scene.act(scene.dispatcher(), ticket, "exclude", Scene.exclusion())
                        .status())
                .isEqualTo(403);
        assertThat(scene.verdictAfterAll(ticket)).isEqualTo("broken/unable");
        scene.done(scene.town(), ticket, "exclude", Scene.exclusion());
    }

    @Test
    void excludingBeforeItIsResolved() {
        var scene = new Scene(APP, 2);

        conflict(scene.act(scene.town(), scene.accepted(), "exclude", Scene.exclusion()));
    }

    @Test
    void mergingAnotherHouseholdsComplaintAway() {
        var scene = new Scene(APP, 3);
        var neighbour = new Scene(APP, 9);
        var into = neighbour.reported();

        unfit(merge(scene, scene.reported(), into), "merge_unfit");
    }

    @Test
    void mergingIntoAnotherItemOrIntoWhatIsDone() {
        var scene = new Scene(APP, 4);
        var done = scene.resolved("fixed");
        var ticket = scene.reported();

        unfit(merge(scene, ticket, done), "merge_unfit");
        unfit(merge(scene, ticket, scene.reported("stairwell-cleaning")), "merge_unfit");
        unfit(merge(scene, ticket, ticket), "merge_unfit");
    }

    @Test
    void mergingAwayWhatWasResolved() {
        var scene = new Scene(APP, 5);
        var resolved = scene.resolved("unable");
        var open = scene.reported();

        conflict(merge(scene, resolved, open));
        scene.pass(MILLI);
        scene.done(scene.resident(), resolved, "reopen", Scene.reason());
        // back with the firm as accepted, and still what it was: resolved once
        assertThat(scene.shown(resolved).getString("status")).isEqualTo("accepted");
        assertThat(merge(scene, resolved, open).status()).isEqualTo(200);
        assertThat(scene.verdictAfterAll(resolved)).startsWith("broken/");
    }

    private static Reply merge(Scene scene, String ticket, String into) {
        return scene.act(scene.dispatcher(), ticket, "merge", new JsonObject().put("intoTicketId", into));
    }

    @Test
    void resolvingWithoutTheEvidenceThatTheItemAsksFor() {
        var scene = new Scene(APP, 6);
        var ticket = scene.done(scene.dispatcher(), scene.reported("door-lock"), "accept", NOTHING);

        var reply = scene.act(scene.dispatcher(), ticket, "resolve", Scene.outcome("fixed"));

        unfit(reply, "evidence_required");
    }

    @Test
    void suspendingForEver() {
        // given
        var scene = new Scene(APP, 7);
        var ticket = scene.accepted();

        // then
        unfit(suspend(scene, ticket, Duration.ofDays(30).plus(MILLI)), "suspension_term");
        assertThat(suspend(scene, ticket, Duration.ofDays(30)).status()).isEqualTo(200);
        assertThat(scene.shown(ticket).getString("status")).isEqualTo("suspended");
        scene.passWithJobs(Duration.ofDays(30));
        assertThat(scene.shown(ticket).getString("status")).isEqualTo("accepted");
        conflict(suspend(scene, ticket, Duration.ofDays(1)));
        // with what was left of it, its clock runs out in the end
        scene.passWithJobs(Duration.ofDays(3));
        assertThat(scene.verdict(ticket)).isEqualTo("overdue_unresolved");
    }

    private static Reply suspend(Scene scene, String ticket, Duration length) {
        var until = scene.now().plus(length).toString();
        return scene.act(scene.dispatcher(), ticket, "suspend", Scene.reason().put("until", until));
    }

    @Test
    void confirmingForTheResident() {
        var scene = new Scene(APP, 8);
        var ticket = scene.resolved("fixed");

        for (var who : List.of(scene.dispatcher(), scene.grid(), scene.hotline(), scene.community(), scene.town())) {
            refused(scene.act(who, ticket, "confirm", NOTHING), "forbidden");
            refused(scene.act(who, ticket, "rate", Scene.rating(5)), "forbidden");
        }
        scene.passWithJobs(Scene.WEEK.plus(MILLI));
        assertThat(scene.counted("one_time", scene.now()))
                .filteredOn(each -> each.getString("ticketId").equals(ticket))
                .extracting(each -> each.getBoolean("confirmed"))
                .containsExactly(false);
    }

    @Test
    void visitingByThoseWhoDidTheWork() {
        var scene = new Scene(APP, 10);
        var solved = new JsonObject().put("solved", true).put("note", "已回访");
        var ticket = scene.resolved("fixed");
        refused(scene.act(scene.dispatcher(), ticket, "follow-up", solved), "forbidden");

        // and of the office's work neither its supervisor nor its grid member
        var escalated =
                scene.done(scene.dispatcher(), scene.reported("stairwell-cleaning"), "escalate", Scene.reason());
        scene.done(scene.community(), escalated, "accept", NOTHING);
        scene.done(scene.community(), escalated, "resolve", Scene.outcome("fixed"));
        for (var who : List.of(scene.community(), scene.grid(), scene.dispatcher())) {
            refused(scene.act(who, escalated, "follow-up", solved), "forbidden");
        }
        scene.done(scene.hotline(), escalated, "follow-up", solved);
    }

    @Test
    void cancellingInTheResidentsName() {
        var scene = new Scene(APP, 13);
        var ticket = scene.accepted();

        for (var who : List.of(scene.dispatcher(), scene.grid(), scene.hotline(), scene.community(), scene.town())) {
            refused(scene.act(who, ticket, "cancel", Scene.reason()), "forbidden");
        }
    }

    @Test
    void cancellingWhatTheHotlineFiledForTheResident() {
        var scene = new Scene(APP, 14);
        var report = scene.report(Scene.ITEM)
                .put("onBehalfOfId", scene.resident().get("/v1/me").json().getString("id"));
        var ticket =
                scene.hotline().post("/v1/tickets", report).withStatus(201).id().toString();

        refused(scene.act(scene.hotline(), ticket, "cancel", Scene.reason()), "forbidden");
        scene.done(scene.dispatcher(), ticket, "accept", NOTHING);
        scene.resolve(ticket, "fixed");
        refused(scene.act(scene.hotline(), ticket, "confirm", NOTHING), "forbidden");
    }

    @Test
    void escalatingOverTheTop() {
        var scene = new Scene(APP, 16);
        var ticket = scene.done(scene.dispatcher(), scene.reported(), "escalate", Scene.reason());
        scene.done(scene.community(), ticket, "escalate", Scene.reason());
        scene.done(scene.town(), ticket, "escalate", Scene.reason());

        conflict(scene.act(scene.district(), ticket, "escalate", Scene.reason()));
    }

    private static void refused(Reply reply, String... codes) {
        assertThat(reply.status()).isIn(403, 404);
        assertThat(reply.code()).isIn((Object[]) codes);
    }

    private static void conflict(Reply reply) {
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("action_not_allowed");
    }

    private static void unfit(Reply reply, String code) {
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.faultsAndCodes()).hasSize(1).allMatch(fault -> fault.endsWith(" " + code));
    }
}

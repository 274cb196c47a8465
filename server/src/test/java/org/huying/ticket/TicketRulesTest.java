package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.huying.kernel.Fault;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TicketRulesTest {
    @AutoClose
    private final TicketWorld world = new TicketWorld();

    @BeforeEach
    void later() {
        world.clock.advance(Duration.ofDays(40));
    }

    @Test
    void ofTwentyWhoAcceptOneWins() {
        // given
        var ticket = world.report().id();

        // when
        var attempts = IntStream.range(0, 20)
                .mapToObj(i -> world.database
                        .inTransaction(tx ->
                                world.tickets.act(tx, world.dispatcher, ticket, Action.ACCEPT, ActionInput.none()))
                        .map("done")
                        .recover(failure -> io.vertx.core.Future.succeededFuture(((Refusal) failure).code()))
                        .toCompletionStage()
                        .toCompletableFuture())
                .toList();
        CompletableFuture.allOf(attempts.toArray(CompletableFuture[]::new)).join();

        // then
        var outcomes = attempts.stream().map(CompletableFuture::join).toList();
        assertThat(outcomes).filteredOn("done"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("action_not_allowed"::equals).hasSize(19);
        assertThat(world.events(ticket)).hasSize(2);
    }

    @Test
    void allThatIsMissingIsSaidAtOnce() {
        // given
        var bare = Submission.ofHousehold("noise", world.household, "楼上太吵");

        // when
        var refusal = refused(() -> world.report(world.owner, bare));

        // then
        assertThat(refusal.code()).isEqualTo("required_info_missing");
        assertThat(refusal.faults())
                .extracting(Fault::pointer)
                .containsExactly("/attributes/where", "/attributes/when", "/attributes/picture");
    }

    @Test
    void wrongValuesAndUnknownPhotosAreNamedToo() {
        // given
        var wrong = new Submission(
                "noise",
                world.household,
                null,
                null,
                "吵",
                List.of(world.firm.toString()),
                Map.of("where", "楼上", "when", "noon", "colour", "red"),
                null,
                false,
                null,
                null);

        // when
        var refusal = refused(() -> world.report(world.owner, wrong));

        // then
        assertThat(refusal.faults())
                .extracting(Fault::pointer, Fault::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("/attributes/when", "option_unknown"),
                        org.assertj.core.groups.Tuple.tuple("/attributes/colour", "attribute_unknown"),
                        org.assertj.core.groups.Tuple.tuple("/photoIds/0", "photo_unknown"));
    }

    @Test
    void onlyThoseOfTheHouseholdReportForIt() {
        var report = Submission.ofHousehold("pipe-leak", world.household, "漏水");
        var own = world.owner.personId();

        assertThat(refusal(() -> world.report(world.stranger, report)).code()).isEqualTo("not_found");
        assertThat(refusal(() -> world.report(world.stranger, report.inNameOf(own)))
                        .code())
                .isEqualTo("no_mandate");
        assertThat(refusal(() -> world.report(world.grid, report)).code()).isEqualTo("on_behalf_of_required");
        assertThat(refusal(() -> world.report(world.grid, report.inNameOf(world.stranger.personId())))
                        .code())
                .isEqualTo("on_behalf_of_unfit");
        assertThat(refusal(() ->
                                world.report(world.grid, Submission.ofHousehold("pipe-leak", world.farHousehold, "漏水")))
                        .code())
                .isEqualTo("not_found");
        assertThat(refusal(() ->
                                world.report(world.owner, Submission.ofHousehold("pipe-leak", UUID.randomUUID(), "漏水")))
                        .code())
                .isEqualTo("not_found");
        assertThat(refusal(() -> world.report(world.owner, Submission.ofHousehold("care-visit", world.household, "看望")))
                        .code())
                .isEqualTo("item_not_reportable");

        var byProxy = world.report(world.proxy, report.inNameOf(own));
        var byGrid = world.report(world.grid, report.inNameOf(own));

        assertThat(byProxy.ticketNo()).matches("\\d{8}-\\d{6}");
        assertThat(Objects.requireNonNull(world.view(world.owner, byProxy.id()).reporter())
                        .id())
                .isEqualTo(own);
        assertThat(world.view(world.owner, byGrid.id()).channel()).isEqualTo("grid");
        assertThat(world.view(world.grid, byGrid.id()).allowedActions()).doesNotContain("confirm", "cancel");
    }

    @Test
    void routedToTheFirmAndUpOneLevelAtATime() {
        // given
        var ticket = world.report().id();

        // when
        var path = IntStream.range(0, 3)
                .mapToObj(i -> world.act(world.districtSupervisor, ticket, Action.ESCALATE)
                        .responsibleOrgId())
                .toList();

        // then
        assertThat(path).containsExactly(world.communityOffice, world.townOffice, world.districtOffice);
        assertThat(refusal(() -> world.act(world.districtSupervisor, ticket, Action.ESCALATE))
                        .code())
                .isEqualTo("action_not_allowed");
        assertThat(world.state(ticket).firstOwnerId).isEqualTo(world.firm);
        assertThat(world.view(world.dispatcher, ticket).status()).isEqualTo("submitted");
    }

    @Test
    void atAnOfficeItsSupervisorDispatchesAndItsGridMembersWork() {
        // given
        var ticket = world.report().id();
        world.act(world.dispatcher, ticket, Action.ESCALATE);

        // when
        world.act(world.communitySupervisor, ticket, Action.ACCEPT);
        world.act(
                world.communitySupervisor,
                ticket,
                Action.ASSIGN,
                ActionInput.none().with("assigneeId", world.grid.personId()));
        world.act(world.grid, ticket, Action.START);
        world.act(world.grid, ticket, Action.RESOLVE);

        // then
        assertThat(world.state(ticket).status).isEqualTo(Status.RESOLVED);
        assertThat(refusal(() -> world.act(world.grid, ticket, Action.FOLLOW_UP))
                        .code())
                .isEqualTo("forbidden");
        assertThat(refusal(() -> world.act(world.communitySupervisor, ticket, Action.FOLLOW_UP))
                        .code())
                .isEqualTo("forbidden");
        world.act(world.townSupervisor, ticket, Action.FOLLOW_UP);
    }

    @Test
    void workersOfAContractedCooperativeMayBeAssigned() {
        // given
        var ticket = world.bring(world.report(), Status.ACCEPTED);

        // when
        world.act(
                world.dispatcher, ticket, Action.ASSIGN, ActionInput.none().with("assigneeId", world.hand.personId()));

        // then
        assertThat(world.state(ticket).assigneeOrgId).isEqualTo(world.cooperative);
        assertThat(refusal(() -> world.act(
                                world.dispatcher,
                                ticket,
                                Action.ASSIGN,
                                ActionInput.none().with("assigneeId", world.otherWorker.personId())))
                        .code())
                .isEqualTo("assignee_unfit");
    }

    @Test
    void evidenceIsDemandedWhereTheItemDoes() {
        // given
        var ticket = world.bring(
                world.report(world.owner, Submission.ofHousehold("lift-fault", world.household, "电梯停运")),
                Status.IN_PROGRESS);

        // then
        assertThat(refusal(() -> world.act(world.worker, ticket, Action.RESOLVE))
                        .code())
                .isEqualTo("evidence_required");
    }

    @Test
    void timeClosesWithdrawsResumesAndEscalates() {
        // given
        var resolved = world.bring(world.report(), Status.RESOLVED);
        var waiting = world.bring(world.report(), Status.WAITING_INFO);
        var suspended = world.bring(world.report(), Status.SUSPENDED);
        var ignored = world.report().id();
        assertThat(List.of(resolved, waiting, suspended, ignored)).noneMatch(world::advance);

        // when
        world.clock.advance(Duration.ofHours(4));
        assertThat(world.advance(ignored)).isFalse();
        world.clock.advance(Duration.ofMillis(1));
        assertThat(world.advance(ignored)).isTrue();
        assertThat(world.advance(ignored)).isFalse();
        world.clock.advance(Duration.ofDays(1));
        assertThat(world.advance(suspended)).isTrue();
        world.clock.advance(Duration.ofDays(6));
        assertThat(world.advance(resolved)).isTrue();
        assertThat(world.advance(waiting)).isTrue();

        // then
        assertThat(world.state(resolved).status).isEqualTo(Status.CLOSED);
        assertThat(world.state(waiting).status).isEqualTo(Status.IN_PROGRESS);
        assertThat(world.state(suspended).status).isEqualTo(Status.IN_PROGRESS);
        assertThat(world.state(ignored).responsibleOrgId).isEqualTo(world.communityOffice);
        assertThat(world.events(ignored))
                .extracting(e -> e.type().code())
                .containsExactly("submitted", "overdue", "escalated");
    }

    @Test
    void theResolutionClockStandsStillWhileWaiting() {
        // given
        var ticket = world.bring(world.report(), Status.IN_PROGRESS);
        var due = Objects.requireNonNull(world.state(ticket).resolutionDueAt);
        world.act(world.worker, ticket, Action.REQUEST_INFO);

        // when
        world.clock.advance(Duration.ofHours(30));
        var whileWaiting = world.view(world.owner, ticket).resolutionDueAt();
        world.act(world.family, ticket, Action.PROVIDE_INFO);

        // then
        assertThat(whileWaiting).isNull();
        assertThat(world.state(ticket).resolutionDueAt).isEqualTo(due.plus(Duration.ofHours(30)));
    }

    @Test
    void windowsIncludeTheirLastMillisecond() {
        // given
        var onTime = world.bring(world.report(), Status.RESOLVED);
        var tooLate = world.bring(world.report(), Status.RESOLVED);

        // when
        world.clock.advance(Duration.ofDays(7));
        world.act(world.owner, onTime, Action.REOPEN);
        world.clock.advance(Duration.ofMillis(1));

        // then
        assertThat(world.state(onTime).reopenedAt).isNotNull();
        assertThat(world.state(onTime).status).isEqualTo(Status.IN_PROGRESS);
        assertThat(refusal(() -> world.act(world.owner, tooLate, Action.REOPEN)).code())
                .isEqualTo("action_not_allowed");
    }

    @Test
    void reportingAnewWithinSevenDaysMarksTheFirst() {
        // given
        var first = world.bring(world.report(), Status.RESOLVED);
        world.clock.advance(Duration.ofDays(7));

        // when
        var again = world.report(world.family, Submission.ofHousehold("pipe-leak", world.household, "又漏了"));

        // then
        assertThat(world.state(first).reReportedAt).isEqualTo(world.clock.instant());
        var event = world.events(first).get(world.events(first).size() - 1);
        assertThat(event.data().getString("ticketId")).isEqualTo(again.id().toString());
        assertThat(event.actor().ref()).isEqualTo("system");
    }

    @Test
    void afterThatItIsNewTrouble() {
        // given
        var first = world.bring(world.report(), Status.RESOLVED);
        world.clock.advance(Duration.ofDays(7).plusMillis(1));

        // when
        world.report(world.owner, Submission.ofHousehold("pipe-leak", world.household, "又漏了"));

        // then
        assertThat(world.state(first).reReportedAt).isNull();
    }

    @Test
    void mergingTakesReportersAlong() {
        // given
        var first = world.report(world.owner, Submission.ofSpot("street-light", world.compound, "南门", "不亮"));
        var second = world.report(world.stranger, Submission.ofSpot("street-light", world.compound, "南门", "灯坏"));

        // when
        world.act(
                world.dispatcher, second.id(), Action.MERGE, ActionInput.none().with("intoTicketId", first.id()));

        // then
        assertThat(world.view(world.stranger, first.id()).allowedActions()).contains("cancel", "urge");
        assertThat(world.view(world.stranger, second.id()).mergedIntoTicketId()).isEqualTo(first.id());
    }

    @Test
    void urgingIsForEveryFourHoursAndEachOnTheirOwn() {
        // given
        var ticket = world.report().id();
        world.act(world.owner, ticket, Action.URGE);

        // then
        assertThat(refusal(() -> world.act(world.owner, ticket, Action.URGE)).code())
                .isEqualTo("action_not_allowed");
        world.act(world.family, ticket, Action.URGE);
        world.clock.advance(Duration.ofHours(4));
        world.act(world.owner, ticket, Action.URGE);
    }

    @Test
    void aReReportStandsInTheLogOnceWhoeverFindsIt() {
        // given: the system has linked it
        var ticket = world.bring(world.report(), Status.RESOLVED);
        world.clock.advance(Duration.ofHours(1));
        var again = world.report();

        // when
        world.act(world.townSupervisor, ticket, Action.LINK, ActionInput.none().with("ticketId", again.id()));

        // then
        assertThat(world.events(ticket))
                .filteredOn(event -> event.type() == EventType.RE_REPORTED)
                .hasSize(1);
    }

    @Test
    void aSecondSuspensionIsForHigherSupervisors() {
        // given
        var ticket = world.bring(world.report(), Status.SUSPENDED);
        world.act(world.dispatcher, ticket, Action.RESUME);

        // then
        assertThat(refusal(() -> world.act(world.dispatcher, ticket, Action.SUSPEND))
                        .code())
                .isEqualTo("action_not_allowed");
        var tooLong = world.inputFor(Action.SUSPEND).with("until", "2099-01-01");
        assertThat(refusal(() -> world.act(world.townSupervisor, ticket, Action.SUSPEND, tooLong))
                        .code())
                .isEqualTo("suspension_term");
        world.act(world.townSupervisor, ticket, Action.SUSPEND);
    }

    private static Refusal.RuleBroken refused(ThrowingCallable work) {
        return catchThrowableOfType(Refusal.RuleBroken.class, work);
    }

    private static Refusal refusal(ThrowingCallable work) {
        return catchThrowableOfType(Refusal.class, work);
    }
}

package org.huying.account.merging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A claim that is not confirmed: declined, taken back, left unanswered, or overtaken. */
class ClaimEndsApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private final Pair pair = new Pair(APP);

    @Test
    void whoMayConfirmMayDeclineAndTheClaimantReadsWhy() {
        // given
        var record = pair.onRecord("司马迁", "13920000101", true, pair.home());
        var claimant = pair.newcomer("司马");
        var claim = Pair.pending(claimant, "13920000101");

        // then: nobody else
        assertThat(Pair.decline(APP.staff("grid-member-2"), claim).status()).isEqualTo(404);
        assertThat(Pair.decline(claimant, claim).status()).isEqualTo(403);
        assertThat(Pair.decline(pair.newcomer("路人"), claim).status()).isEqualTo(404);
        assertThat(Pair.decline(APP.staff("admin"), claim).status()).isEqualTo(404);

        // when
        var declined = Pair.decline(pair.grid, claim).withStatus(200).json();

        // then
        assertThat(declined.getString("status")).isEqualTo("declined");
        assertThat(Pair.waiting(pair.grid)).doesNotContain(claim);
        var own = claimant.get("/v1/me/claims").withStatus(200).items();
        assertThat(own).singleElement().satisfies(each -> {
            assertThat(each.getString("id")).isEqualTo(claim);
            assertThat(each.getString("residentId")).isEqualTo(record.toString());
            assertThat(each.getString("reason")).isEqualTo("请带身份证到社区来");
            assertThat(each.getString("name")).isEqualTo("司**");
        });
        APP.runInnerJobs();
        assertThat(claimant.get("/v1/notifications").withStatus(200).items()).anySatisfy(each -> {
            assertThat(each.getString("kind")).isEqualTo("claim_declined");
            assertThat(each.getString("subjectId")).isEqualTo(claim);
            assertThat(each.getString("text")).doesNotContain("司马", "身份证");
        });
        assertThat(pair.merge(pair.grid, record, Pair.idOf(claimant)).status()).isEqualTo(422);
        assertThat(Pair.decline(pair.grid, claim).code()).isEqualTo("claim_over");
        assertThat(Pair.withdraw(claimant, claim).code()).isEqualTo("claim_over");
    }

    @Test
    void whatWasDeclinedIsNotSaidAgainForAWeek() {
        // given
        var number = "13920000102";
        pair.onRecord("东郭先生", number, true, pair.home());
        var claimant = pair.newcomer("东郭");
        var claim = Pair.pending(claimant, number);
        Pair.decline(pair.grid, claim).withStatus(200);

        // when
        var again = Pair.claim(claimant, Pair.offered(claimant, number));

        // then: nor by somebody else's haste
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("claim_declined");
        var when = Instant.parse(again.json().getString("claimAgainAt"));
        assertThat(when)
                .isBetween(
                        APP.clock().instant().plus(Duration.ofDays(6)),
                        APP.clock().instant().plus(Duration.ofDays(8)));
        var other = pair.newcomer("东郭女");
        assertThat(Pair.pending(other, number)).isNotEqualTo(claim);

        // when
        APP.clock().set(when);
        var later = Pair.pending(claimant, number);

        // then
        assertThat(later).isNotEqualTo(claim);
        assertThat(Pair.decline(pair.grid, claim).status()).isEqualTo(404);
        assertThat(Pair.waiting(pair.grid)).contains(later);
    }

    @Test
    void theClaimantTakesItBackAndMaySayItAgain() {
        // given
        var number = "13920000103";
        var record = pair.onRecord("南宫适", number, true, pair.home());
        var claimant = pair.newcomer("南宫");
        var claim = Pair.pending(claimant, number);

        // then
        assertThat(Pair.withdraw(pair.grid, claim).status()).isEqualTo(403);
        assertThat(Pair.withdraw(APP.staff("grid-member-2"), claim).status()).isEqualTo(404);
        assertThat(Pair.withdraw(pair.newcomer("路人"), claim).status()).isEqualTo(404);

        // when
        var withdrawn = Pair.withdraw(claimant, claim).withStatus(200).json();

        // then
        assertThat(withdrawn.getString("status")).isEqualTo("withdrawn");
        assertThat(pair.merge(pair.grid, record, Pair.idOf(claimant)).status()).isEqualTo(422);
        assertThat(Pair.decline(pair.grid, claim).code()).isEqualTo("claim_over");
        var anew = Pair.pending(claimant, number);
        pair.merge(pair.grid, record, Pair.idOf(claimant)).withStatus(200);
        assertThat(Pair.withdraw(claimant, anew).status()).isEqualTo(404);
        assertThat(claimant.get("/v1/me/claims").withStatus(200).items()).isEmpty();
    }

    @Test
    void whatNobodyAnswersEndsAndIsForgottenAfterAYear() {
        // given
        var number = "13920000104";
        pair.onRecord("令狐冲", number, true, pair.home());
        var claimant = pair.newcomer("令狐");
        var claim = Pair.pending(claimant, number);

        // when
        APP.clock().advance(Duration.ofDays(29));
        APP.runInnerJobs();

        // then
        assertThat(Pair.waiting(pair.grid)).contains(claim);

        // when
        APP.clock().advance(Duration.ofDays(2));
        APP.runInnerJobs();
        APP.runInnerJobs();

        // then
        assertThat(Pair.waiting(pair.grid)).doesNotContain(claim);
        assertThat(claimant.get("/v1/me/claims").withStatus(200).items())
                .singleElement()
                .satisfies(each -> assertThat(each.getString("status")).isEqualTo("expired"));
        assertThat(claimant.get("/v1/notifications").withStatus(200).text()).contains("claim_expired");

        // when
        APP.clock().advance(Duration.ofDays(370));
        APP.runInnerJobs();

        // then
        assertThat(pair.all("SELECT 1 FROM resident_claim WHERE id = $1", UUID.fromString(claim)))
                .isEmpty();
    }

    @Test
    void whoeverElseSaidToBeTheOneIsToldWhenSomebodyWasFoundToBeThem() {
        // given: mother and daughter share the number
        var number = "13920000105";
        var record = pair.onRecord("慕容复", number, true, pair.home());
        var mother = pair.newcomer("慕容");
        var daughter = pair.newcomer("慕容女");
        Pair.pending(mother, number);
        var other = Pair.pending(daughter, number);

        // when
        pair.merge(pair.grid, record, Pair.idOf(mother)).withStatus(200);

        // then
        APP.runInnerJobs();
        assertThat(daughter.get("/v1/me/claims").withStatus(200).items())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.getString("id")).isEqualTo(other);
                    assertThat(each.getString("status")).isEqualTo("declined");
                    assertThat(each.getString("reason")).isNull();
                });
        assertThat(daughter.get("/v1/notifications").withStatus(200).text()).contains("claim_declined");
        assertThat(Pair.waiting(pair.grid)).doesNotContain(other);
    }

    @Test
    void aClaimFollowsTheOneOnRecordIntoAnotherEntry() {
        // given: the one on record is there twice
        var number = "13920000106";
        var once = pair.onRecord("尉迟恭", number, true, pair.home());
        var claimant = pair.newcomer("尉迟");
        var claim = Pair.pending(claimant, number);
        var twice = pair.onRecord("尉迟 恭", number, true, pair.home());

        // when
        pair.merge(pair.grid, once, twice).withStatus(200);

        // then: whoever registered and merged them is no witness of the number
        assertThat(Pair.waiting(pair.grid)).doesNotContain(claim);
        assertThat(Pair.waiting(pair.supervisor)).contains(claim);
        pair.merge(pair.supervisor, twice, Pair.idOf(claimant)).withStatus(200);
    }

    @Test
    void aClaimThatWaitsGoesBeforeOneThatIsOverWhenTheirEntriesBecomeOne() {
        // given: of two entries of one person one is claimed, and a claim to the other was taken back
        var number = "13920000107";
        var once = pair.onRecord("尉迟敬", number, true, pair.home());
        var twice = pair.onRecord("尉迟 敬", number, true, pair.home());
        var claimant = pair.newcomer("尉迟");
        Pair.bind(claimant, number);
        var over =
                Pair.claim(claimant, twice, pair.version(twice)).withStatus(200).json();
        Pair.withdraw(claimant, over.getString("claimId")).withStatus(200);
        var waits =
                Pair.claim(claimant, once, pair.version(once)).withStatus(200).json();

        // when
        pair.merge(pair.grid, once, twice).withStatus(200);

        // then
        assertThat(Pair.waiting(pair.supervisor)).contains(waits.getString("claimId"));
        assertThat(claimant.get("/v1/me/claims").withStatus(200).items())
                .singleElement()
                .satisfies(each -> assertThat(each.getString("status")).isEqualTo("pending"));
    }

    @Test
    void ofADeclineAndAMergeAtOnceOneIsDone() {
        for (int round = 0; round < 4; round++) {
            var number = "1392000020" + round;
            var record = pair.onRecord("钟会", number, true, pair.home());
            var claimant = pair.newcomer("会");
            var claim = Pair.pending(claimant, number);
            var id = Pair.idOf(claimant);
            var into = pair.into(record, id);

            var decline =
                    pair.supervisor.postLater("/v1/claims/" + claim + "/decline", new JsonObject().put("reason", "不是"));
            var merge = pair.grid.postLater("/v1/residents/" + record + "/merge", into);

            var declined = decline.join().status();
            var merged = merge.join().status();
            assertThat(declined == 200 ^ merged == 200)
                    .as(declined + " " + merged)
                    .isTrue();
        }
    }
}

package org.huying.account.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Eventually;
import org.huying.testing.HeldTransaction;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What meets a merge in the very moment: it waits, and finds what has become of the person. */
class MergeLocksTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    /** As a merge leaves the row of the one that goes. */
    private static final String MERGED = """
            UPDATE resident SET erased_at = now(), merged_into_id = $2, phone_sealed = NULL, phone_index = NULL,
                phone_bound_at = NULL
            WHERE id = $1
            """;

    private final Pair pair = new Pair(APP);

    private static void untilSomebodyWaits(HeldTransaction held) {
        Eventually.until("somebody waits for it", () -> held.waiting() > 0);
    }

    @Test
    void whoIsBeingMergedDoesNotEraseWhatHasGoneToTheOther() {
        // given: a merge that has not come to its end
        var goes = pair.neighbour(pair.home(), "tenant");
        var stays = pair.elder(null, null, true);
        var held = HeldTransaction.after(APP.database(), MERGED, Pair.idOf(goes), stays);

        // when
        var erasure = goes.postLater("/v1/me/erase", new JsonObject().put("confirm", "erase"));
        untilSomebodyWaits(held);
        held.commit();

        // then
        assertThat(erasure.join().code()).isEqualTo("resident_changed");
        assertThat(pair.one("SELECT erased_at IS NULL AS there FROM resident WHERE id = $1", stays)
                        .getBoolean("there"))
                .isTrue();
    }

    @Test
    void whoErasesThemselfIsNotMergedMeanwhile() {
        // given: an erasure that has not come to its end
        var erased = pair.neighbour(pair.home(), "tenant");
        var id = Pair.idOf(erased);
        var other = pair.elder(null, null, true);
        var asked = pair.into(id, other);
        var held = HeldTransaction.after(
                APP.database(),
                "UPDATE resident SET erased_at = now(), version = version + 1, name_index = NULL WHERE id = $1",
                id);

        // when
        var merge = pair.grid.postLater("/v1/residents/" + id + "/merge", asked);
        untilSomebodyWaits(held);
        held.commit();

        // then
        assertThat(merge.join().status()).isEqualTo(404);
        assertThat(pair.one("SELECT merged_into_id IS NULL AS own FROM resident WHERE id = $1", id)
                        .getBoolean("own"))
                .isTrue();
    }

    @Test
    void aRowThatWasMergedTakesNoNumberAnyMore() {
        // given
        var goes = pair.neighbour(pair.home(), "tenant");
        var id = Pair.idOf(goes);
        var stays = pair.elder(null, null, true);
        var held = HeldTransaction.after(APP.database(), MERGED, id, stays);

        // when
        var binding = goes.postLater("/v1/me/phone", new JsonObject().put("code", "demo-phone-13920000401"));
        untilSomebodyWaits(held);
        held.commit();

        // then
        assertThat(binding.join().status()).isEqualTo(404);
        assertThat(pair.one("SELECT phone_index IS NULL AS none FROM resident WHERE id = $1", id)
                        .getBoolean("none"))
                .isTrue();
    }

    @Test
    void aClaimThatMergesHoldsMealsBeforePeopleAsABookingDoes() {
        // given: a lunch of the claimant, and somebody who has its meal and then looks for the diner
        var number = "13920000402";
        pair.onRecord("公输班", number, false, null);
        var claimant = pair.newcomer("公输班");
        var id = Pair.idOf(claimant);
        pair.book(claimant, id, 2, "lunch").withStatus(201);
        var offer = Pair.offered(claimant, number);
        assertThat(offer.getString("confirmedBy")).isEqualTo("number");
        var connection = new AtomicReference<SqlConnection>();
        var held = HeldTransaction.after(APP.database(), transaction -> {
            connection.set(transaction);
            return transaction
                    .preparedQuery("SELECT id FROM meal WHERE id = $1 FOR UPDATE")
                    .execute(Tuple.of(DemoStructure.meal(2, pair.day(), "lunch")));
        });

        // when
        var claim = claimant.postLater(
                "/v1/me/claims",
                new JsonObject()
                        .put("residentId", offer.getString("residentId"))
                        .put("version", offer.getInteger("version")));
        untilSomebodyWaits(held);
        var seen = await(Objects.requireNonNull(connection.get())
                .preparedQuery("SELECT id FROM resident WHERE id = $1 FOR KEY SHARE NOWAIT")
                .execute(Tuple.of(id)));
        held.commit();

        // then: neither had to give way; a deadlock would be answered too, after a retry
        assertThat(seen.size()).isEqualTo(1);
        assertThat(claim.join().withStatus(200).json().getString("status")).isEqualTo("merged");
        assertThat(pair.standing(id)).hasSize(1);
    }

    @Test
    void aClaimThatOnlyWaitsHoldsNoMeals() {
        // given
        var number = "13920000403";
        UUID record = pair.onRecord("鲁班", number, true, pair.home());
        var claimant = pair.newcomer("班");
        pair.book(claimant, Pair.idOf(claimant), 2, "lunch").withStatus(201);
        var offer = Pair.offered(claimant, number);
        var held = HeldTransaction.after(
                APP.database(),
                "SELECT id FROM meal WHERE id = $1 FOR UPDATE",
                DemoStructure.meal(2, pair.day(), "lunch"));

        // when
        var claimed = Pair.claim(claimant, offer).withStatus(200).json();

        // then
        assertThat(claimed.getString("status")).isEqualTo("pending");
        assertThat(held.waiting()).isZero();
        held.commit();
        assertThat(Pair.waiting(pair.grid)).contains(claimed.getString("claimId"));
        pair.merge(pair.grid, record, Pair.idOf(claimant)).withStatus(200);
    }
}

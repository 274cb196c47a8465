package org.huying.account.merging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.huying.testing.Api;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever two people say of one on record, whoever answers them and however much time passes: it goes as by the table in
 * people.md, which stands here in the fewest words.
 */
class ClaimModelTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final int STEPS = 40;
    private static final int NONE = -1;

    private final Pair pair = new Pair(APP);

    /** What is known of one who claims; days are those of the run. */
    private static final class Claimant {
        final Api api;
        final UUID id;
        final String number;
        String claim = UUID.randomUUID().toString();
        String status = "";
        int madeOn = NONE;
        int endedOn = NONE;
        boolean hasNumber = true;

        Claimant(Api api, String number) {
            this.api = api;
            this.id = Pair.idOf(api);
            this.number = number;
        }

        boolean waits() {
            return status.equals("pending");
        }

        /** Whether anybody but themself is to see it. */
        boolean stands() {
            return waits() && hasNumber;
        }

        void end(String as, int today) {
            status = as;
            endedOn = today;
        }

        /** What an action on the claim answers whoever may do it. */
        int answer(boolean isSeen) {
            return !isSeen || status.isEmpty() ? 404 : waits() ? 200 : 409;
        }
    }

    private final class Run {
        final Random random;
        final String when;
        final UUID record;
        final List<Claimant> claimants;
        int today;
        boolean isConfirmed;

        Run(long seed) {
            random = new Random(seed);
            when = "seed " + seed;
            var number = "1392001" + String.format("%04d", seed);
            record = pair.onRecord("欧冶子", number, true, pair.home());
            claimants = List.of(new Claimant(pair.newcomer("甲"), number), new Claimant(pair.newcomer("乙"), number));
            claimants.forEach(each -> Pair.bind(each.api, number));
        }

        void step(int n) {
            var one = claimants.get(random.nextInt(2));
            var as = when + ", step " + n;
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> claim(as, one);
                case 8 -> insist(as, one);
                case 3, 4 -> decline(as, one);
                case 5 -> withdraw(as, one);
                case 6 -> rebind(one);
                case 7, 9 -> pass(List.of(1, 6, 6, 7, 24, 30).get(random.nextInt(6)));
                default -> strangers(as, one);
            }
            if (n > STEPS * 3 / 4 && random.nextInt(4) == 0 && !isConfirmed) {
                confirm(as, one);
            }
            holds(as);
        }

        private void claim(String as, Claimant one) {
            APP.forgetLimit("claim");
            var reply = Pair.claim(one.api, record, isConfirmed ? 1 : pair.version(record));
            if (isConfirmed || !one.hasNumber) {
                assertThat(reply.status()).as(as).isEqualTo(404);
            } else if (one.status.equals("declined") && today < one.endedOn + 7) {
                assertThat(reply.code()).as(as).isEqualTo("claim_declined");
            } else {
                assertThat(reply.status()).as(as).isEqualTo(200);
                var claim = reply.json().getString("claimId");
                assertThat(claim.equals(one.claim)).as(as).isEqualTo(one.waits());
                if (!one.waits()) {
                    one.claim = claim;
                    one.status = "pending";
                    one.madeOn = today;
                }
            }
        }

        private void decline(String as, Claimant one) {
            var by = random.nextBoolean() ? pair.grid : pair.supervisor;
            var reply = Pair.decline(by, one.claim);
            assertThat(reply.status()).as(as + " declined").isEqualTo(one.answer(isSeenByStaff(one)));
            if (reply.status() == 200) {
                one.end("declined", today);
            }
        }

        /** Who is declined says it again after some days. */
        private void insist(String as, Claimant one) {
            claim(as, one);
            decline(as, one);
            pass(List.of(6, 7).get(random.nextInt(2)));
            claim(as, one);
        }

        private void withdraw(String as, Claimant one) {
            var reply = Pair.withdraw(one.api, one.claim);
            assertThat(reply.status()).as(as + " withdrawn").isEqualTo(one.answer(true));
            if (reply.status() == 200) {
                one.end("withdrawn", today);
            }
        }

        private void strangers(String as, Claimant one) {
            var other = claimants.get(1 - claimants.indexOf(one));
            assertThat(Pair.withdraw(other.api, one.claim).status()).as(as).isEqualTo(404);
            assertThat(Pair.decline(other.api, one.claim).status()).as(as).isEqualTo(404);
            assertThat(Pair.decline(APP.staff("grid-member-2"), one.claim).status())
                    .as(as)
                    .isEqualTo(404);
            assertThat(Pair.decline(one.api, one.claim).status()).as(as).isEqualTo(one.status.isEmpty() ? 404 : 403);
            assertThat(Pair.withdraw(pair.grid, one.claim).status()).as(as).isEqualTo(isSeenByStaff(one) ? 403 : 404);
        }

        private boolean isSeenByStaff(Claimant one) {
            return !one.status.isEmpty() && one.hasNumber;
        }

        /** Gives up the number, or takes it back. */
        private void rebind(Claimant one) {
            if (isConfirmed) {
                return;
            }
            APP.forgetLimit("phone");
            one.hasNumber = !one.hasNumber;
            Pair.bind(one.api, one.hasNumber ? one.number : "1392002" + one.number.substring(7));
        }

        private void pass(int days) {
            today += days;
            APP.clock().advance(Duration.ofDays(days));
            APP.runInnerJobs();
            claimants.stream()
                    .filter(each -> each.waits() && each.madeOn + 30 <= today)
                    .forEach(each -> each.end("expired", today));
        }

        /** The other, who says the same, is told that it is not them. */
        private void confirm(String as, Claimant one) {
            var reply = pair.merge(pair.grid, record, one.id);
            assertThat(reply.status()).as(as + " confirmed").isEqualTo(one.stands() ? 200 : 422);
            if (reply.status() == 200) {
                isConfirmed = true;
                one.status = "";
                claimants.stream().filter(Claimant::waits).forEach(each -> each.end("declined", today));
            }
        }

        private void holds(String as) {
            for (var each : claimants) {
                assertThat(each.api.get("/v1/me/claims").withStatus(200).items().stream()
                                .map(own -> own.getString("id") + " " + own.getString("status")))
                        .as(as)
                        .isEqualTo(each.status.isEmpty() ? List.of() : List.of(each.claim + " " + each.status));
                var by = random.nextBoolean() ? pair.grid : pair.supervisor;
                assertThat(Pair.waiting(by).contains(each.claim)).as(as).isEqualTo(each.stands());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 5})
    void itGoesAsByTheTable(long seed) {
        var run = new Run(seed);
        for (int n = 0; n < STEPS; n++) {
            run.step(n);
        }
    }
}

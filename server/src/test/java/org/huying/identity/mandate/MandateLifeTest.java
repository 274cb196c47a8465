package org.huying.identity.mandate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.huying.demo.district.DemoStructure;
import org.huying.identity.People;
import org.huying.identity.People.MandateScope;
import org.huying.identity.Wards;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.testing.TestApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Domain.md 1: whatever order people offer, take up and end mandates in, who may act for whom is what a simple model says. */
class MandateLifeTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final int STEPS = 150;

    /** A mandate as the model has it. */
    private static final class Held {
        final UUID id;
        final UUID grantor;
        final UUID offeredBy;
        final boolean booking;
        final boolean ticket;
        final String code;
        String status = "offered";
        boolean codeOver;
        boolean termOver;

        @Nullable
        UUID proxy;

        Held(UUID id, UUID grantor, UUID offeredBy, boolean booking, boolean ticket, String code) {
            this.id = id;
            this.grantor = grantor;
            this.offeredBy = offeredBy;
            this.booking = booking;
            this.ticket = ticket;
            this.code = code;
        }

        String shown() {
            var over = (!status.equals("revoked") && termOver) || (status.equals("offered") && codeOver);
            return over ? "expired" : status;
        }

        boolean isOf(UUID person) {
            return grantor.equals(person) || person.equals(proxy);
        }
    }

    private final People people = new People(APP.cipher());
    private final MandateService service = new MandateService(
            people,
            new Wards(),
            new MandateStore(APP.cipher()),
            (transaction, district, uploader, mandate, photo) -> Future.succeededFuture(false),
            (transaction, district, tidings, now) -> Future.succeededFuture(),
            Clock.systemUTC());
    private final List<Held> model = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122, 77})
    void whoMayActForWhomIsWhatTheModelSays(long seed) {
        var random = new Random(seed);
        // all of the community of grid member 1
        var residents = IntStream.of(1, 2, 7, 8, 13, 14)
                .mapToObj(MandateLifeTest::resident)
                .toList();
        var gridMember = staff("grid-member-1", DemoStructure.community(1));
        var stranger = staff("grid-member-2", DemoStructure.community(2));
        sql("DELETE FROM mandate");
        var actors = Stream.concat(residents.stream(), Stream.of(gridMember, stranger))
                .toList();
        for (int step = 0; step < STEPS; step++) {
            var what = step(random, residents, gridMember, actors);
            assertAgrees(residents, "seed " + seed + ", step " + step + ": " + what);
        }
    }

    private String step(Random random, List<Caller> residents, Caller gridMember, List<Caller> actors) {
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                return offer(random, pick(random, residents), random.nextInt(4) == 0 ? gridMember : null);
            }
            case 2, 3, 4 -> {
                return accept(random, pick(random, actors));
            }
            case 5, 6 -> {
                return model.isEmpty() ? "nothing" : revoke(pick(random, model), pick(random, actors));
            }
            default -> {
                return model.isEmpty() ? "nothing" : letTimePass(random, pick(random, model));
            }
        }
    }

    private String offer(Random random, Caller grantor, @Nullable Caller forThem) {
        var booking = random.nextBoolean();
        var ticket = !booking || random.nextBoolean();
        var by = forThem == null ? grantor : forThem;
        var offer = new Offer(
                forThem == null ? null : grantor.personId(),
                booking,
                ticket,
                random.nextBoolean() ? Instant.now().plusSeconds(3600) : null,
                "同意",
                null);
        var standing = model.stream()
                .filter(each -> each.grantor.equals(grantor.personId()))
                .filter(each -> List.of("offered", "active").contains(each.shown()))
                .count();
        var done = refusalOf(APP.database()
                .inTransaction(tx -> service.offer(tx, by, offer, Instant.now()))
                .onSuccess(made -> model.add(
                        new Held(made.id(), grantor.personId(), by.personId(), booking, ticket, made.inviteCode()))));
        assertThat(done).isEqualTo(standing < 20 ? "" : "mandates_full");
        return "offer";
    }

    private String accept(Random random, Caller by) {
        var held = model.isEmpty() || random.nextInt(6) == 0 ? null : pick(random, model);
        var code = held == null ? InviteCode.draw() : InviteCode.typed(held.code);
        var expected = held == null || !held.shown().equals("offered")
                ? "invite_unknown"
                : held.grantor.equals(by.personId()) || held.offeredBy.equals(by.personId()) ? "own_mandate" : "";
        var done = refusalOf(APP.database().inTransaction(tx -> service.accept(tx, by, code, Instant.now())));
        assertThat(done).isEqualTo(expected);
        if (held != null && done.isEmpty()) {
            model.stream()
                    .filter(each ->
                            each.grantor.equals(held.grantor) && by.personId().equals(each.proxy))
                    .filter(each -> each.status.equals("active"))
                    .forEach(each -> each.status = "revoked");
            held.status = "active";
            held.proxy = by.personId();
        }
        return "accept " + expected;
    }

    private String revoke(Held held, Caller by) {
        var looksAfter = by.covers(Role.GRID_MEMBER, List.of(DemoStructure.community(1)));
        var expected = held.isOf(by.personId()) || looksAfter ? "" : "not_found";
        var done = refusalOf(APP.database().inTransaction(tx -> service.revoke(tx, by, held.id, Instant.now())));
        assertThat(done).isEqualTo(expected);
        if (expected.isEmpty()) {
            held.status = "revoked";
        }
        return "revoke " + expected;
    }

    private String letTimePass(Random random, Held held) {
        if (random.nextBoolean()) {
            held.codeOver = true;
            sql("UPDATE mandate SET invite_expires_at = now() WHERE id = $1", held.id);
            return "the code is over";
        }
        held.termOver = true;
        sql("UPDATE mandate SET valid_until = now() WHERE id = $1", held.id);
        return "the term is over";
    }

    private void assertAgrees(List<Caller> residents, String after) {
        for (var person : residents) {
            var id = person.personId();
            for (var scope : MandateScope.values()) {
                var may = model.stream()
                        .filter(each -> id.equals(each.proxy) && each.shown().equals("active"))
                        .filter(each -> scope == MandateScope.BOOKING ? each.booking : each.ticket)
                        .map(each -> each.grantor)
                        .toList();
                List<UUID> mandators = TestApp.await(
                        APP.database().read(client -> people.mandatorsOf(client, person.districtId(), id, scope)));
                assertThat(mandators).as(after).containsExactlyInAnyOrderElementsOf(may);
            }
        }
        var person = residents.get(0);
        var shown = TestApp.await(APP.database().read(client -> service.list(client, person, null, null, 1_000)));
        assertThat(shown.items().stream().collect(Collectors.toMap(MandateView::id, MandateView::status)))
                .as(after)
                .isEqualTo(model.stream()
                        .filter(each -> each.isOf(person.personId()))
                        .collect(Collectors.toMap(each -> each.id, Held::shown)));
        assertThat(shown.items())
                .isSortedAccordingTo(
                        Comparator.comparing((MandateView each) -> each.id().toString())
                                .reversed());
    }

    /** The code of the refusal; empty for what was done. */
    private static String refusalOf(Future<?> done) {
        try {
            done.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
            return "";
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                return refusal.code();
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T pick(Random random, List<T> from) {
        return Objects.requireNonNull(from.get(random.nextInt(from.size())));
    }

    private static Caller resident(int number) {
        return new Caller(
                DemoStructure.resident(number),
                DemoStructure.districtId(),
                Ids.next(),
                Caller.Kind.RESIDENT,
                List.of());
    }

    private static Caller staff(String username, UUID community) {
        return new Caller(
                DemoStructure.staff(username),
                DemoStructure.districtId(),
                Ids.next(),
                Caller.Kind.STAFF,
                List.of(new Grant(Role.GRID_MEMBER, Grant.Scope.PLACE, community)));
    }

    private static void sql(String statement, Object... values) {
        TestApp.await(
                APP.database().inTransaction(tx -> tx.preparedQuery(statement).execute(Tuple.from(values))));
    }
}

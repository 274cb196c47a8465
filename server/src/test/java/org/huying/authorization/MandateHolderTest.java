package org.huying.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.demo.district.DemoStructure;
import org.huying.kernel.Ids;
import org.huying.testing.Api;
import org.huying.testing.Reply;
import org.huying.testing.Said;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who acts for an elder under a mandate is to their bookings and tickets what the elder is, as far and as long as it goes. */
class MandateHolderTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final AtomicInteger DAYS = new AtomicInteger();

    /** Of compound 1, one for each test: a mandate of one of its members opens the household's tickets. */
    private static final List<Integer> HOMES = List.of(7, 13, 19, 25);

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final int home = HOMES.get(TESTS.getAndIncrement());
    private final Api grid = APP.staff("grid-member-1");
    private final Api proxy = APP.resident(26);
    private final UUID elder = elder();

    @Test
    void aMandateForBothOpensBookingsAndTicketsAndNobodyElses() {
        // given
        mandate(true, true, Duration.ofDays(1));
        var booking = book(grid, elder).withStatus(201);
        var ticket = report(grid, elder).withStatus(201);
        var strangers = book(APP.resident(home), DemoStructure.resident(home)).withStatus(201);

        // then
        assertThat(proxy.get(path(booking)).status()).isEqualTo(200);
        assertThat(proxy.post(path(booking) + "/cancel").status()).isEqualTo(200);
        assertThat(book(proxy, elder).status()).isEqualTo(201);
        assertThat(proxy.get(ticketPath(ticket)).status()).isEqualTo(200);
        assertThat(proxy.post(ticketPath(ticket) + "/urge").status()).isEqualTo(200);
        assertThat(report(proxy, elder).status()).isEqualTo(201);
        // and of those of the same household who gave none
        assertThat(proxy.get(path(strangers)).status()).isEqualTo(404);
        assertThat(book(proxy, DemoStructure.resident(home)).status()).isEqualTo(403);
        assertThat(report(proxy, DemoStructure.resident(home)).status()).isEqualTo(403);
        // and what the elder may not either
        assertThat(proxy.post(path(book(grid, elder).withStatus(201)) + "/confirm")
                        .status())
                .isEqualTo(403);
        assertThat(proxy.post(ticketPath(ticket) + "/accept").status()).isEqualTo(403);
    }

    @Test
    void aMandateForBookingsOpensNoTickets() {
        mandate(true, false, Duration.ofDays(1));
        var ticket = report(grid, elder).withStatus(201);

        assertThat(book(proxy, elder).status()).isEqualTo(201);
        assertThat(proxy.get(ticketPath(ticket)).status()).isEqualTo(404);
        assertThat(proxy.post(ticketPath(ticket) + "/cancel").status()).isEqualTo(404);
        assertThat(report(proxy, elder).status()).isEqualTo(403);
    }

    @Test
    void aMandateForTicketsOpensNoBookings() {
        mandate(false, true, Duration.ofDays(1));
        var booking = book(grid, elder).withStatus(201);

        assertThat(report(proxy, elder).status()).isEqualTo(201);
        for (var way : List.of("", "/qr-code")) {
            assertThat(proxy.get(path(booking) + way).status()).isEqualTo(404);
        }
        assertThat(proxy.post(path(booking) + "/cancel").status()).isEqualTo(404);
        assertThat(book(proxy, elder).status()).isEqualTo(403);
    }

    @Test
    void aMandateThatIsOverOpensNothing() {
        mandate(true, true, Duration.ofSeconds(-1));
        var booking = book(grid, elder).withStatus(201);
        var ticket = report(grid, elder).withStatus(201);

        assertThat(proxy.get(path(booking)).status()).isEqualTo(404);
        assertThat(proxy.get(ticketPath(ticket)).status()).isEqualTo(404);
        assertThat(book(proxy, elder).status()).isEqualTo(403);
        assertThat(report(proxy, elder).status()).isEqualTo(403);
    }

    /** In a household in which somebody else lives too. */
    private UUID elder() {
        var elder = new JsonObject()
                .put("name", "钟离秀")
                .put("newPerson", true)
                .put("birthDate", "1941-05-06")
                .put("birthDateVerified", true)
                .put("consentNote", "口头同意，女儿在场")
                .put("householdId", DemoStructure.household(home).toString());
        return grid.post("/v1/residents", elder).withStatus(201).id();
    }

    /** Terms of mandates run on real time. */
    private void mandate(boolean forBooking, boolean forTicket, Duration left) {
        var values = Tuple.of(
                DemoStructure.districtId(), Ids.next(), elder, DemoStructure.resident(26), forBooking, forTicket);
        values.addLong(left.toSeconds());
        await(APP.database().read(client -> client.preparedQuery("""
                        INSERT INTO mandate (district_id, id, grantor_id, proxy_id, for_booking, for_ticket, status,
                            valid_until, offered_by_id, created_at)
                        VALUES ($1, $2, $3, $4, $5, $6, 'active', now() + $7 * interval '1 second', $3, now())
                        """).execute(values)));
    }

    /** A lunch of the demo's, another one each time. */
    private static Reply book(Api booker, UUID diner) {
        var turn = DAYS.getAndIncrement();
        var day = LocalDate.ofInstant(APP.clock().instant(), Stage.ZONE).plusDays(1 + turn % 6);
        var meal = DemoStructure.meal(1 + turn / 6 % 3, day, "lunch");
        var order = Meals.order(meal.toString()).put("dinerId", diner.toString());
        return booker.post("/v1/bookings", order);
    }

    private Reply report(Api reporter, UUID resident) {
        return reporter.post(
                "/v1/tickets",
                new JsonObject()
                        .put("serviceItemCode", "light-out")
                        .put("description", Said.anew("灯又不亮了"))
                        .put("householdId", DemoStructure.household(home).toString())
                        .put("onBehalfOfId", resident.toString()));
    }

    private static String path(Reply booking) {
        return "/v1/bookings/" + booking.id();
    }

    private static String ticketPath(Reply ticket) {
        return "/v1/tickets/" + ticket.id();
    }
}

package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.ticket.TicketWorld.await;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.db.Rows;
import org.huying.db.job.Jobs;
import org.huying.kernel.Sha256;
import org.huying.testing.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each day of a district gets one digest, in order, whoever makes it and however late. */
@Tag("long")
class LogDigestTest {
    private final LogWorld log = new LogWorld();
    private final TicketWorld world = log.world;

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void anybodyCanMakeADigestOutOfTheEvents() {
        // given
        var digests = log.digests();
        var first = Stream.of(log.busy, log.early)
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .map(ticket -> headOf(ticket, ticket.equals(log.busy) ? 4 : 6))
                .reduce("", String::concat);

        // then
        assertThat(digests).hasSize(2);
        assertThat(digests.get(0).getString("digest"))
                .isEqualTo(sha256("huying log digest 2\nprevious " + "0".repeat(64) + "\ndistrict " + world.district
                        + "\ndate 2026-03-02\n" + first));
        assertThat(digests.get(1).getString("digest"))
                .isEqualTo(sha256("huying log digest 2\nprevious "
                        + digests.get(0).getString("digest") + "\ndistrict " + world.district + "\ndate 2026-03-03\n"
                        + headOf(log.busy, 8)));
        assertThat(digests).extracting(each -> each.getInteger("chains")).containsExactly(2, 1);
        assertThat(digests).extracting(each -> each.getInteger("events")).containsExactly(10, 4);
    }

    @Test
    void aDayIsPublishedAQuarterOfAnHourAfterItHasEndedInTheDistrict() {
        // when
        at("2026-03-04T16:14:59.999Z");
        var early = days();
        at("2026-03-04T16:15:00Z");

        // then
        assertThat(early).doesNotContain("2026-03-04");
        assertThat(days()).containsExactly("2026-03-02", "2026-03-03", "2026-03-04");
    }

    @Test
    void theLastMillisecondBelongsToTheDayAndTheNextToTheNext() {
        // given
        world.clock.set(Instant.parse("2026-03-04T15:59:59.999Z"));
        var last = reportNextDoor();
        world.clock.set(Instant.parse("2026-03-04T16:00:00Z"));
        var next = reportNextDoor();

        // when
        at("2026-03-06T01:00:00Z");

        // then
        assertThat(tickets("2026-03-04")).containsExactly(last);
        assertThat(tickets("2026-03-05")).containsExactly(next);
    }

    @Test
    void anotherZoneHasOtherDays() {
        // given
        world.sql("UPDATE district SET zone = 'America/New_York'");
        world.clock.set(Instant.parse("2026-03-05T04:59:59.999Z"));
        var ticket = reportNextDoor();

        // when
        at("2026-03-05T05:15:00Z");

        // then
        assertThat(tickets("2026-03-04")).containsExactly(ticket);
    }

    @Test
    void afterAStandstillEveryDayIsMadeUpForInOrderAndTheNextIsDue() {
        // when
        at("2026-05-20T00:00:00Z");

        // then
        assertThat(days()).hasSize(79).endsWith("2026-05-18", "2026-05-19");
        assertThat(jobs()).containsExactly(Instant.parse("2026-05-20T16:15:00Z"));
        assertThat(log.verify()).contains("79 days: all intact");
    }

    @Test
    void twoWorkersAndTwoJobsMakeEachDigestOnce() {
        // given
        var other = Patient.database(world.vertx, "other", world.url, 8);
        world.clock.set(Instant.parse("2026-04-20T00:00:00Z"));
        world.inTransaction(tx -> Jobs.leave(
                tx,
                world.district,
                Stream.generate(() -> Jobs.NewJob.of("publish_log_digest", world.district, world.clock.instant()))
                        .limit(6)
                        .toList()));

        // when
        await(Future.all(log.publishing(world.database), log.publishing(other)));

        // then
        assertThat(days()).hasSize(49).doesNotHaveDuplicates();
        assertThat(failures()).isZero();
        assertThat(log.verify()).contains("49 days: all intact");
        await(other.close());
    }

    @Test
    void aDistrictWithoutEventsHasItsDigestsFromTheStart() {
        // given
        var quiet = UUID.randomUUID();
        world.sql("INSERT INTO district (id, name) VALUES ($1, '静县')", quiet);
        world.sql("UPDATE job SET due_at = $1 WHERE district_id = $2", Rows.utc(world.clock.instant()), quiet);

        // when
        log.publish(world.database);
        log.nightPasses();

        // then
        List<String> published = world.query(client -> client.query(
                        "SELECT day::text FROM log_digest WHERE district_id = '" + quiet + "' ORDER BY day")
                .execute()
                .map(Rows.list(row -> row.getString(0))));
        assertThat(published).containsExactly("2026-03-03", "2026-03-04");
    }

    /** Of a household that the log knows nothing of yet, so that no other chain grows. */
    private UUID reportNextDoor() {
        return world.report(world.neighbour, Submission.ofHousehold("pipe-leak", world.otherHousehold, "漏水"))
                .id();
    }

    private void at(String instant) {
        world.clock.set(Instant.parse(instant));
        log.publish(world.database);
    }

    private List<String> days() {
        return log.digests().stream().map(each -> each.getString("day")).toList();
    }

    private List<UUID> tickets(String day) {
        return world.query(client -> client.query("SELECT ticket_id FROM log_digest_head WHERE day = '" + day + "'")
                .execute()
                .map(Rows.list(row -> row.getUUID(0))));
    }

    private List<Instant> jobs() {
        return world.query(client -> client.query("SELECT due_at FROM job WHERE kind = 'publish_log_digest'")
                .execute()
                .map(Rows.list(row -> Rows.instant(row, "due_at"))));
    }

    private long failures() {
        return world.query(client -> client.query("SELECT count(*) FROM job WHERE failure IS NOT NULL")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    private String headOf(UUID ticket, int seq) {
        var event = world.events(ticket).get(seq - 1);
        return ticket + " " + seq + " " + event.hash() + " " + actorsOf(ticket, seq) + "\n";
    }

    /** Those of the first events, by the commitments that are shown beside them. */
    private String actorsOf(UUID ticket, int seq) {
        var refs = world.events(ticket).subList(0, seq).stream()
                .flatMap(each -> Stream.of(
                        each.actor().ref(), each.onBehalfOf(), each.data().getString("assignee")))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var lines = world
                .query(client -> client.preparedQuery(
                                "SELECT ref, commitment FROM ticket_actor WHERE ticket_id = $1 ORDER BY ref COLLATE \"C\"")
                        .execute(Tuple.of(ticket))
                        .map(Rows.list(row -> row.getString("ref") + " " + row.getString("commitment") + "\n")))
                .stream()
                .filter(line -> refs.contains(line.substring(0, line.indexOf(' '))))
                .collect(Collectors.joining());
        return sha256(lines);
    }

    private static String sha256(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}

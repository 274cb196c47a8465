package org.huying.metrics.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.db.Rows;
import org.huying.metrics.publication.ReportCheck.Difference;
import org.huying.testing.TestDay;
import org.huying.ticket.Action;
import org.huying.ticket.RandomHistory;
import org.huying.ticket.Submission;
import org.huying.ticket.TicketWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was published stays what the tickets say, whatever happens later, and shows what somebody changed. */
@Tag("long")
class PublicationCheckTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final TicketWorld world = new TicketWorld();
    private final YearMonth month = YearMonth.from(TestDay.date());
    private final PublicationService service = new PublicationService(world.clock, world.places, world.people);
    private final List<UUID> tickets = new ArrayList<>();
    private final RandomHistory history = new RandomHistory(world, 20_260_302L);

    @BeforeEach
    void aMonthHasPassed() {
        for (var i = 0; i < 8; i++) {
            var household = world.household(world.compound, "9-9-" + i);
            var resident = world.resident("住户", null, household);
            var ticket = world.report(resident, Submission.ofHousehold("pipe-leak", household, "漏水"))
                    .id();
            world.act(world.dispatcher, ticket, Action.ACCEPT);
            world.act(world.dispatcher, ticket, Action.RESOLVE);
            tickets.add(ticket);
        }
        history.run(40);
        var after = month.plusMonths(1).atDay(8).atTime(8, 0).atZone(ZONE).toInstant();
        if (world.clock.instant().isBefore(after)) {
            world.clock.set(after);
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatHappensLaterChangesNothingOfIt() {
        // given
        var report = publish();
        assertThat(report.figures().total().cohort()).isGreaterThan(5);
        assertThat(report.figures().total().provisional()).isZero();
        assertThat(report.figures().by("organization")).isNotEmpty();

        // when
        world.act(world.districtSupervisor, tickets.get(0), Action.EXCLUDE);
        world.act(world.townSupervisor, tickets.get(1), Action.COMMENT);
        history.run(60);
        world.sql(
                "UPDATE organization SET name = '改名物业' WHERE district_id = $1 AND id = $2", world.district, world.firm);

        // then
        var check = check(report.id());
        assertThat(check.differences()).isEmpty();
        assertThat(check.digestSame()).isTrue();
        assertThat(check.same()).isTrue();
        var kept = world.query(client -> service.get(client, world.dispatcher, report.id()));
        assertThat(kept).isEqualTo(report);
        assertThat(kept.figures().by("organization"))
                .extracting(group -> group.key().name())
                .contains("红旗物业")
                .doesNotContain("改名物业");
        assertThat(kept.publishedBy().name()).isEqualTo("区长");
    }

    @Test
    void anOutcomeThatWasChangedShowsInEveryFigureItStandsIn() {
        // given
        var report = publish();

        // when
        var ticket = tickets.get(0);
        world.tamper(
                "UPDATE ticket SET reopened_at = first_resolved_at + interval '1 hour' WHERE id = '" + ticket + "'");

        // then
        var check = check(report.id());
        assertThat(check.same()).isFalse();
        assertThat(check.digestSame()).isTrue();
        var total = report.figures().total();
        assertThat(check.differences())
                .contains(new Difference(
                        "main", null, "numerator", number(total.numerator()), number(total.numerator() - 1)))
                .anyMatch(each -> each.group() != null
                        && each.group().by().equals("organization")
                        && each.figure().equals("broken.reopened"))
                .noneMatch(each -> each.figure().equals("cohort"));
    }

    @Test
    void aHashThatWasChangedShowsInTheDigest() {
        // given
        var report = publish();
        var ticket = tickets.get(0);

        // when
        world.tamper("ALTER TABLE ticket_event DISABLE TRIGGER ALL");
        world.tamper("UPDATE ticket_event SET hash = repeat('0', 64) WHERE ticket_id = '" + ticket + "'");

        // then
        var check = check(report.id());
        assertThat(check.differences()).isEmpty();
        assertThat(check.digestSame()).isFalse();
        assertThat(check.same()).isFalse();
    }

    /** From the events alone, as somebody outside would. */
    @Test
    void whoReadsTheEventsMakesTheSameDigest() {
        // given
        world.clock.advance(java.time.Duration.ofMillis(7));
        var report = publish();

        // when
        var lines = world.query(client -> client.preparedQuery("""
                        SELECT e.ticket_id || ' ' || e.seq || ' ' || e.hash AS line, e.seq FROM ticket_event e
                        WHERE e.district_id = $1 AND e.at <= $4
                          AND NOT EXISTS (SELECT 1 FROM ticket_event n WHERE n.district_id = e.district_id
                              AND n.ticket_id = e.ticket_id AND n.seq = e.seq + 1 AND n.at <= $4)
                          AND e.ticket_id IN (SELECT ticket_id FROM one_time_completion($1, $2, $3, $4))
                        ORDER BY e.ticket_id::text COLLATE "C"
                        """)
                .execute(Tuple.of(
                        world.district,
                        month.atDay(1).atStartOfDay(ZONE).toOffsetDateTime(),
                        month.plusMonths(1).atDay(1).atStartOfDay(ZONE).toOffsetDateTime(),
                        Rows.utc(report.asOf())))
                .map(Rows.list(row -> row)));

        // then
        var asOf = report.asOf().toString();
        assertThat(asOf).hasSize("2026-04-08T00:00:00.007Z".length());
        var text = "huying completion report 1\ndistrict " + world.district + "\nmonth " + month + "\nasOf " + asOf
                + "\ndefinition 1\n"
                + lines.stream().map(row -> row.getString("line") + "\n").collect(Collectors.joining());
        assertThat(report.digest()).isEqualTo(sha256(text));
        assertThat(report.tickets()).isEqualTo(lines.size());
        assertThat(report.events())
                .isEqualTo(
                        lines.stream().mapToLong(row -> row.getInteger("seq")).sum());
    }

    @Test
    void theTextOfAnInstantAlwaysHasThreeDecimals() {
        var digest = new ReportDigest(
                new UUID(0, 1),
                YearMonth.of(2026, 3),
                Instant.parse("2026-04-08T00:00:00Z"),
                1,
                List.of(new ReportDigest.Head(new UUID(0, 2), 3, "ab")));

        assertThat(digest.text()).isEqualTo("""
                huying completion report 1
                district 00000000-0000-0000-0000-000000000001
                month 2026-03
                asOf 2026-04-08T00:00:00.000Z
                definition 1
                00000000-0000-0000-0000-000000000002 3 ab
                """);
    }

    private Report<PublishedFigures> publish() {
        var computed = TicketWorld.await(world.database.inSnapshot(
                snapshot -> service.compute(snapshot, world.districtSupervisor, month, null)));
        return world.inTransaction(tx -> service.publish(tx, world.districtSupervisor, computed, null));
    }

    private ReportCheck check(UUID reportId) {
        return TicketWorld.await(
                world.database.inSnapshot(snapshot -> service.check(snapshot, world.townSupervisor, reportId)));
    }

    /** Numbers are told apart as JSON tells them. */
    private static Number number(long value) {
        return (int) value;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.huying.metrics.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.huying.db.Rows;
import org.huying.kernel.Caller;
import org.huying.ticket.Action;
import org.huying.ticket.ActionInput;
import org.huying.ticket.Submission;
import org.huying.ticket.TicketWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The three tickets of docs/one-time-completion.md, lived through: every row of its tables is held against the service. */
class WorkedTicketsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (\\d[^|]*) \\| ([^|]+) \\| ([^|]+) \\|(?: ([^|]+) \\|)?$");

    private final TicketWorld world = new TicketWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void ticketA() throws IOException {
        at("2026-03-02 09:00:00.000");
        var ticket = world.report().id();
        act("2026-03-02 09:20:00.000", world.dispatcher, ticket, Action.ACCEPT);
        act("2026-03-02 16:30:00.000", world.dispatcher, ticket, Action.RESOLVE);
        act("2026-03-03 10:00:00.000", world.owner, ticket, Action.CONFIRM);
        at("2026-03-09 16:30:00.001");
        world.report(world.owner, Submission.ofHousehold("pipe-leak", world.household, "又漏了"));

        verify("Ticket A", ticket);
    }

    @Test
    void ticketB() throws IOException {
        at("2026-03-30 09:00:00.000");
        var ticket = world.report().id();
        act("2026-03-30 09:30:00.000", world.dispatcher, ticket, Action.ACCEPT);
        act("2026-03-30 09:31:00.000", world.dispatcher, ticket, Action.ASSIGN);
        act("2026-03-30 10:00:00.000", world.worker, ticket, Action.START);
        act("2026-03-30 10:10:00.000", world.worker, ticket, Action.REQUEST_INFO);
        act("2026-03-30 11:00:00.000", world.owner, ticket, Action.PROVIDE_INFO);
        act("2026-03-30 14:00:00.000", world.worker, ticket, Action.REQUEST_INFO);
        act("2026-03-30 15:00:00.000", world.owner, ticket, Action.PROVIDE_INFO);
        act("2026-03-31 23:59:59.999", world.worker, ticket, Action.RESOLVE);
        act("2026-04-03 08:00:00.000", world.owner, ticket, Action.REOPEN);
        act("2026-04-04 10:00:00.000", world.worker, ticket, Action.RESOLVE);
        act("2026-04-10 09:00:00.000", world.townSupervisor, ticket, Action.EXCLUDE);
        act("2026-04-12 09:00:00.000", world.townSupervisor, ticket, Action.INCLUDE);

        verify("Ticket B", ticket);
    }

    @Test
    void ticketC() throws IOException {
        at("2026-05-04 10:00:00.000");
        var ticket = world.report().id();
        act("2026-05-04 10:30:00.000", world.dispatcher, ticket, Action.TRANSFER);
        act("2026-05-04 11:00:00.000", world.otherDispatcher, ticket, Action.ACCEPT);
        at("2026-05-06 10:00:00.001");
        world.advance(ticket);
        act("2026-05-06 14:00:00.000", world.communitySupervisor, ticket, Action.ACCEPT);
        act("2026-05-09 16:00:00.000", world.communitySupervisor, ticket, Action.RESOLVE);
        rate("2026-05-12 09:00:00.000", ticket, 2);
        rate("2026-05-13 09:00:00.000", ticket, 5);

        verify("Ticket C", ticket);
        assertThat(explain(ticket, world.clock.instant()).organization().id()).isEqualTo(world.firm);
    }

    private void act(String time, Caller caller, UUID ticket, Action action) {
        at(time);
        world.act(caller, ticket, action);
    }

    private void rate(String time, UUID ticket, int rating) {
        at(time);
        world.act(world.owner, ticket, Action.RATE, ActionInput.none().with("rating", rating));
    }

    private void at(String time) {
        world.clock.set(instant(time));
    }

    private void verify(String heading, UUID ticket) throws IOException {
        world.clock.set(instant("2026-06-01 00:00:00.000"));
        var events = new ArrayList<String>();
        var verdicts = 0;
        var rows = ROW.matcher(section(heading));
        while (rows.find()) {
            if (rows.group(4) == null) {
                events.add(rows.group(1) + " " + rows.group(2) + " " + rows.group(3));
            } else {
                verify(rows.group(1), ticket, List.of(rows.group(2), rows.group(3), rows.group(4)));
                verdicts++;
            }
        }
        assertThat(events).isEqualTo(logged(ticket));
        assertThat(verdicts).isGreaterThan(4);
    }

    private void verify(String time, UUID ticket, List<String> expected) {
        var found = explain(ticket, instant(time));
        assertThat(List.of(
                        found.verdict() == null ? "–" : found.verdict(),
                        found.cause() == null ? "–" : found.cause(),
                        found.confirmed() ? "yes" : "no"))
                .as(time)
                .isEqualTo(expected);
    }

    private Explanation explain(UUID ticket, Instant asOf) {
        var service = new ExplanationService(world.clock, world.tickets, world.places, new CompletionStore());
        return world.query(client -> service.explain(client, world.districtSupervisor, ticket, asOf));
    }

    private List<String> logged(UUID ticket) {
        return world.query(client -> client.preparedQuery(
                        "SELECT seq, at, type FROM ticket_log WHERE district_id = $1 AND ticket_id = $2 ORDER BY seq")
                .execute(Tuple.of(world.district, ticket))
                .map(Rows.list(row -> row.getInteger("seq") + " "
                        + TIME.withZone(ZONE).format(Rows.instant(row, "at")) + " " + row.getString("type"))));
    }

    private static Instant instant(String time) {
        return LocalDateTime.parse(time, TIME).atZone(ZONE).toInstant();
    }

    private static String section(String heading) throws IOException {
        var page = Files.readString(Path.of("docs/one-time-completion.md"));
        var begin = page.indexOf("### " + heading + ":");
        assertThat(begin).as(heading).isPositive();
        var end = page.indexOf("\n##", begin + 3);
        return page.substring(begin, end);
    }
}

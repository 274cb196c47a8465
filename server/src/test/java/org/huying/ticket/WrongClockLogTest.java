package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.kernel.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A clock was two days ahead for a moment, long enough to close today and tomorrow; then it was put right. */
class WrongClockLogTest {
    private final LogWorld log = new LogWorld();
    private final TicketWorld world = log.world;
    private Instant putRight = Instant.MIN;

    @BeforeEach
    void aClockIsAheadForAMoment() {
        putRight = world.clock.instant();
        world.clock.advance(Duration.ofDays(2));
        log.publish(world.database);
        world.clock.set(putRight);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void honestEventsAfterItAreNotCalledForged() {
        // given
        noticed();
        world.clock.advance(Duration.ofHours(1));
        var ticket = world.bring(world.report(), Status.ASSIGNED);
        allTakenInAsTheySay();

        // when
        var printed = log.verify();

        // then
        assertThat(printed)
                .contains("(" + ticket + ") from event 1: written under a wrong clock: the digest of 2026-03-04")
                .contains("all intact, 2 chains under a wrong clock")
                .doesNotContain("forged");
    }

    @Test
    void honestEventsOfAnOlderTicketAreNotCalledForgedEither() {
        // given
        noticed();
        world.clock.advance(Duration.ofHours(30));
        world.act(world.townSupervisor, log.busy, Action.INCLUDE);
        allTakenInAsTheySay();

        // then
        assertThat(log.verify())
                .contains("(" + log.busy + ") from event 9: written under a wrong clock: the digest of 2026-03-05")
                .contains("all intact, 1 chains");
    }

    @Test
    void anEventThatIsDatedBackIsForgedAllTheSame() {
        // given
        noticed();
        world.clock.advance(Duration.ofHours(1));
        var honest = world.report().id();
        var forged = world.report().id();
        allTakenInAsTheySay();
        takenInLater(forged);

        // then
        assertThat(log.verify())
                .contains("(" + forged + ") event 1: forged event: the digest of 2026-03-04 does not know of it")
                .contains("(" + honest + ") from event 1: written under a wrong clock")
                .contains("FOUND 1 faults, 2 chains under a wrong clock");
    }

    @Test
    void anEventOfADayThatWasOverIsForgedAllTheSame() {
        // given
        noticed();
        log.forge(log.early);

        // then
        assertThat(log.verify())
                .contains("(" + log.early + ") event 7: forged event: the digest of 2026-03-02")
                .contains("FOUND 1 faults");
    }

    @Test
    void withoutAnIncidentOnRecordNothingIsProven() {
        // given
        world.clock.advance(Duration.ofHours(1));
        var ticket = world.report().id();
        allTakenInAsTheySay();

        // then
        assertThat(log.verify()).contains("(" + ticket + ") event 1: forged event");
    }

    /** As a node puts it on record that starts with the clock put right. */
    private void noticed() {
        world.sql(
                """
                INSERT INTO clock_incident (id, kind, by_ms, domain_at, latest) VALUES ($1, 'backwards', $2, $3, $4)
                """,
                Ids.next(),
                Duration.ofDays(2).toMillis(),
                Rows.utc(putRight),
                Rows.utc(putRight.plus(Duration.ofDays(2))));
    }

    /** The database's clock does not stand where the test's does. */
    private void allTakenInAsTheySay() {
        log.tamper("UPDATE ticket_event SET recorded_at = at");
    }

    private void takenInLater(UUID ticket) {
        log.tamper("UPDATE ticket_event SET recorded_at = at + interval '3 days' WHERE ticket_id = '" + ticket + "'");
    }
}

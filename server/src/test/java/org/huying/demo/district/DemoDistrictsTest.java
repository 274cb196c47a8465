package org.huying.demo.district;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoDistrictsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

    private static DemoDatabase db;

    @BeforeAll
    static void load() {
        db = new DemoDatabase();
        db.await(districts(NOW).load());
    }

    @AfterAll
    static void close() {
        db.close();
    }

    private static DemoDistricts districts(Instant now) {
        return new DemoDistricts(db.vertx, db.database, db.cipher, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void proportions() {
        System.out.println(db.rows(
                "SELECT status, count(*) FROM ticket GROUP BY 1 ORDER BY 2", r -> r.getString(0) + " " + r.getLong(1)));
        System.out.println(db.rows(
                "SELECT status, count(*) FROM booking GROUP BY 1 ORDER BY 2",
                r -> r.getString(0) + " " + r.getLong(1)));
        System.out.println(db.rows(
                "SELECT type, count(*) FROM ticket_event GROUP BY 1 ORDER BY 2",
                r -> r.getString(0) + " " + r.getLong(1)));
        System.out.println(db.rows(
                "SELECT segment, measure, cause, count(*) FROM ticket_outcome JOIN one_time_completion($1, '2026-01-01', '2027-01-01', $2) USING (ticket_id, segment) GROUP BY 1,2,3 ORDER BY 1,2,3",
                r -> r.deepToString() + "\n",
                DemoStructure.districtId(),
                NOW.atOffset(ZoneOffset.UTC)));
    }

    @Test
    void aSecondLoadChangesNothing() {
        long events = db.count("SELECT count(*) FROM ticket_event");
        db.await(districts(NOW.plus(Duration.ofMinutes(5))).load());
        assertThat(db.count("SELECT count(*) FROM ticket_event")).isEqualTo(events);
    }
}

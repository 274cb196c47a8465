package org.huying.demo.district;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.huying.metrics.scoreboard.SolvedPage;
import org.huying.place.Places;
import org.huying.testing.TestDay;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The history against the list at the end of the design's API page, measured in the rows that it left. */
@Tag("long")
class DemoDistrictsTest {
    private static Instant now;
    private static LocalDate today;
    private static DemoDatabase db;

    /** Two nodes start at once. */
    @BeforeAll
    static void load() {
        now = TestDay.start();
        today = TestDay.date();
        db = new DemoDatabase();
        db.await(Future.all(districts(now).load(), districts(now).load()));
    }

    @AfterAll
    static void close() {
        db.close();
    }

    private static DemoDistricts districts(Instant now) {
        return new DemoDistricts(db.vertx, db.database, db.owner, db.cipher, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void theProportionsAreTheIntendedOnes() {
        var resolved = db.count("SELECT count(*) FROM ticket WHERE first_resolved_at IS NOT NULL");
        assertThat(resolved).isGreaterThanOrEqualTo(400);
        var cohort = cohort("first_resolved_at IS NOT NULL");
        assertThat(cohort).isGreaterThanOrEqualTo(400);
        assertThat(percent("reopened_at IS NOT NULL")).isBetween(3.0, 6.0);
        assertThat(percent("re_reported_at IS NOT NULL")).isBetween(2.0, 4.0);
        assertThat(percent("info_twice_at IS NOT NULL")).isBetween(1.0, 3.0);
        assertThat(percent("first_outcome = 'unable'")).isBetween(1.0, 3.0);
        assertThat(percent("first_outcome = 'not_responsible'")).isBetween(1.0, 3.0);
        assertThat(percent("dissatisfied_at IS NOT NULL")).isBetween(1.0, 3.0);
        assertThat(cohort("merged_at IS NOT NULL")).isBetween(3L, 10L);
        assertThat(cohort("cancelled_at IS NOT NULL")).isBetween(3L, 15L);
        assertThat(db.count("SELECT count(*) FROM ticket_exclusion WHERE until_at IS NULL"))
                .isBetween(2L, 8L);
    }

    /**
     * The page of each month, as somebody sees it who solves its equations: as it is now, and as it was when the month was
     * young, which has small cells on every day.
     */
    @Test
    void noHiddenCellOfThePublicPageCanBeComputed() {
        var shown = YearMonth.from(today);
        var hidden = 0L;
        for (var month = shown.minusMonths(3); !month.isAfter(shown); month = month.plusMonths(1)) {
            var young = month.atDay(5).atStartOfDay(TestDay.ZONE).toInstant();
            hidden += hidden(month, now) + (young.isBefore(now) ? hidden(month, young) : 0);
        }
        assertThat(hidden).isPositive();
    }

    private static long hidden(YearMonth month, Instant asOf) {
        var clock = Clock.fixed(asOf, ZoneOffset.UTC);
        var places = new Places(db.cipher);
        return db.await(db.database.inSnapshot(
                        snapshot -> SolvedPage.of(snapshot, clock, places, DemoStructure.districtId(), month)))
                .verify();
    }

    /** Of what has matured, which is what the rate is made of. */
    @Test
    void theFirmsDifferAndTheOneTimeCompletionRateSaysSo() {
        var rates = new HashMap<Integer, Double>();
        for (int firm = 1; firm <= 3; firm++) {
            rates.put(
                    firm,
                    db.rows(
                                    """
                                    SELECT count(*) FILTER (WHERE measure = 'one_time')::float8
                                         / count(*) FILTER (WHERE measure IN ('one_time', 'broken')) AS rate
                                    FROM one_time_completion($1, $2, $3, $3)
                                    WHERE organization_id = $4 AND segment = 'main'
                                    """,
                                    row -> row.getDouble("rate"),
                                    DemoStructure.districtId(),
                                    now.minus(Duration.ofDays(91)).atOffset(ZoneOffset.UTC),
                                    now.atOffset(ZoneOffset.UTC),
                                    DemoStructure.firm(firm))
                            .get(0));
        }
        assertThat(rates.get(1)).isGreaterThan(0.88).isGreaterThan(rates.get(2));
        assertThat(rates.get(3)).isLessThan(0.82).isLessThan(rates.get(2));
    }

    @Test
    void ticketsAreInEveryStateAndSomeWentUp() {
        assertThat(db.count("SELECT count(DISTINCT status) FROM ticket")).isEqualTo(10);
        var events = new HashMap<String, Long>();
        db.rows(
                        "SELECT type, count(*) FROM ticket_event GROUP BY 1",
                        row -> Map.entry(row.getString(0), row.getLong(1)))
                .forEach(each -> events.put(each.getKey(), each.getValue()));
        assertThat(events)
                .containsKeys("transferred", "escalated", "overdue", "confirmed", "closed", "followed_up", "resumed")
                .hasSize(24);
    }

    /** Cause 4 is the system's to find: it found those that were meant, and no others. */
    @Test
    void onlyTheIntendedAreReReported() {
        assertThat(db.count("SELECT count(*) FROM ticket_event WHERE type = 're_reported'"))
                .isEqualTo(13);
    }

    @Test
    void everyChainVerifies() {
        var heads = new HashMap<String, String>();
        var events = db.rows(
                "SELECT * FROM ticket_event ORDER BY ticket_id, seq", row -> new ChainLink(row, heads).verify());
        assertThat(events).hasSizeGreaterThan(3000).doesNotContain(false);
        assertThat(db.rows(
                        "SELECT id, last_hash FROM ticket",
                        row -> row.getString("last_hash")
                                .equals(heads.get(row.getUUID("id").toString()))))
                .doesNotContain(false);
    }

    @Test
    void pastMealsAreClosedAndSomeEldersWereMissedTwiceRunning() {
        assertThat(db.count("SELECT count(*) FROM meal WHERE date < $1 AND status <> 'closed'", today))
                .isZero();
        assertThat(db.count(
                        "SELECT count(*) FROM booking WHERE date >= $1 OR status NOT IN ('served', 'no_show')", today))
                .isZero();
        assertThat(db.count("SELECT count(*) FROM booking WHERE status = 'served'"))
                .isGreaterThan(1000);
        assertThat(db.count("""
                        SELECT count(DISTINCT diner_id) FROM (
                            SELECT diner_id, status, lag(status) OVER (
                                PARTITION BY diner_id ORDER BY date, CASE period WHEN 'lunch' THEN 1 ELSE 2 END) AS before
                            FROM booking) b
                        WHERE status = 'no_show' AND before = 'no_show'
                        """)).isEqualTo(VisitPlan.ABSENCES.size());
        assertThat(db.count("SELECT count(*) FROM ticket WHERE service_item_code = 'care-visit'"))
                .isEqualTo(VisitPlan.ABSENCES.size());
    }

    @Test
    void noResidentIsLeftInTheMidstOfAnAbsence() {
        assertThat(db.rows(
                        """
                        SELECT DISTINCT ON (diner_id) diner_id, status FROM booking
                        ORDER BY diner_id, date DESC, CASE period WHEN 'lunch' THEN 1 ELSE 2 END DESC
                        """,
                        row -> row.getString("status").equals("served")
                                || row.getUUID("diner_id").equals(DemoStructure.elder(3))))
                .doesNotContain(false);
    }

    /** So that a reader who tries something out with them does not touch a figure of the past. */
    @Test
    void theFirstAndTheLastTenResidentsHaveNothingRecent() {
        for (int n = 1; n <= 40; n++) {
            if (n <= 10 || n > 30) {
                assertThat(db.count(
                                "SELECT count(*) FROM ticket WHERE reporter_id = $1 AND submitted_at > $2",
                                DemoStructure.resident(n),
                                now.minus(Duration.ofDays(14)).atOffset(ZoneOffset.UTC)))
                        .isZero();
            }
        }
    }

    @Test
    void theSecondDistrictHasNoPartInIt() {
        var far = DemoStructure.far().districtId();
        assertThat(db.count("SELECT count(*) FROM ticket WHERE district_id = $1", far))
                .isZero();
        assertThat(db.count("SELECT count(*) FROM booking WHERE district_id = $1", far))
                .isZero();
        assertThat(db.count("SELECT count(*) FROM meal WHERE district_id = $1", far))
                .isEqualTo(7);
    }

    @Test
    void aLoadBrokenOffBeforeItsBookingsGoesOnWithThemAndASecondOneChangesNothing() {
        var before = fingerprint();
        db.rows(
                "UPDATE booking SET status = 'booked', served_at = NULL, ended_at = NULL WHERE date = $1",
                Row::size,
                today.minusDays(1));
        db.rows(
                "UPDATE meal SET status = 'published', closed_at = NULL WHERE date = $1",
                Row::size,
                today.minusDays(1));

        // at the very end of the same day
        db.await(districts(TestDay.at(1, "00:00").minusMillis(1)).load());

        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void aLaterStartPublishesTheMealsOfTheDaysThatHaveComeAndLeavesThoseOfTheOperators() {
        var later = now.plus(Duration.ofDays(2));
        var last = today.plusDays(2 + 6);
        db.rows("""
                INSERT INTO meal (district_id, id, canteen_id, date, period, status, capacity, booking_opens_at, cutoff_at,
                    serving_ends_at, created_at)
                VALUES ($1, gen_random_uuid(), $2, $3, 'lunch', 'draft', 5, now(), now() + interval '1 hour',
                    now() + interval '2 hours', now())
                """, Row::size, DemoStructure.districtId(), DemoStructure.canteen(1), last);

        db.await(districts(later).load());

        assertThat(db.count("SELECT count(*) FROM meal WHERE date > $1 AND status = 'published'", last.minusDays(2)))
                .isEqualTo(2 * 11 - 1);
        db.rows(
                "DELETE FROM dish WHERE meal_id IN (SELECT id FROM meal WHERE date > $1)",
                Row::size,
                last.minusDays(2));
        db.rows("DELETE FROM meal WHERE date > $1", Row::size, last.minusDays(2));
    }

    private static String fingerprint() {
        return db.rows("""
                        SELECT (SELECT count(*) FROM ticket_event) || ' ' || (SELECT md5(string_agg(last_hash, '' ORDER BY id))
                                FROM ticket)
                            || ' ' || (SELECT md5(string_agg(status || id, '' ORDER BY id)) FROM booking)
                            || ' ' || (SELECT md5(string_agg(status || taken || id, '' ORDER BY id)) FROM meal)
                            || ' ' || (SELECT count(*) FROM dish) || ' ' || (SELECT count(*) FROM person)
                        """, row -> row.getString(0)).get(0);
    }

    private static long cohort(String condition) {
        return db.count(
                "SELECT count(*) FROM ticket WHERE service_item_kind NOT IN ('consultation', 'care') AND " + condition);
    }

    private static double percent(String condition) {
        return 100.0
                * cohort("first_resolved_at IS NOT NULL AND " + condition)
                / cohort("first_resolved_at IS NOT NULL");
    }
}

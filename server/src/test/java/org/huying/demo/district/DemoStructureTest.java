package org.huying.demo.district;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.huying.demo.wechat.WeChatSimulator;
import org.huying.identity.People;
import org.huying.place.Places;
import org.huying.testing.TestDay;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The structure against the list at the end of the design's API page. */
class DemoStructureTest {
    private static Instant now;
    private static DemoDatabase db;

    @BeforeAll
    static void load() {
        now = TestDay.start();
        db = new DemoDatabase();
        var structure = new DemoStructure(db.cipher, DemoDatabase.PASSWORD_HASH);
        db.await(db.database.inTransaction(tx -> structure.load(tx, now)));
    }

    @AfterAll
    static void close() {
        db.close();
    }

    @Test
    void oneDefaultDistrictHasFourLevelsWithAnOfficeAboveTheCompounds() {
        assertThat(db.rows(
                        "SELECT level, kind, count(*) AS n FROM place WHERE district_id = $1 GROUP BY 1, 2 ORDER BY 1, 2",
                        row -> row.getString(0) + " " + row.getString(1) + " " + row.getLong(2),
                        DemoStructure.districtId()))
                .containsExactly(
                        "community null 3", "compound compound 6", "compound grid 2", "district null 1", "town null 1");
        assertThat(db.count("SELECT count(*) FROM district WHERE is_default AND id = $1", DemoStructure.districtId()))
                .isOne();
        assertThat(db.count("""
                        SELECT count(*) FROM place p
                        LEFT JOIN organization o ON o.district_id = p.district_id AND o.office_place_id = p.id
                        WHERE (p.level <> 'compound') <> (o.id IS NOT NULL)
                        """)).isZero();
    }

    @Test
    void threeFirmsServeEveryCompoundAndNoGrid() {
        assertThat(db.count(
                        "SELECT count(*) FROM organization WHERE kind = 'firm' AND district_id = $1",
                        DemoStructure.districtId()))
                .isEqualTo(3);
        assertThat(db.count("""
                        SELECT count(*) FROM place p
                        LEFT JOIN service_area a ON a.district_id = p.district_id AND a.place_id = p.id
                            AND a.service_item_code IS NULL
                        WHERE p.level = 'compound' AND (p.kind = 'compound') <> (a.organization_id IS NOT NULL)
                        """)).isZero();
    }

    @Test
    void aReportFromAHouseholdGoesToTheFirmThatIsSaidToServeIt() {
        var places = new Places(db.cipher);
        for (int n = 1; n <= 40; n++) {
            int number = n;
            var responsible = db.await(db.database.read(client -> places.household(
                            client, DemoStructure.districtId(), DemoStructure.household(number))
                    .compose(h -> places.get(
                            client, DemoStructure.districtId(), h.orElseThrow().compoundId()))
                    .compose(place -> places.responsibleFor(client, DemoStructure.districtId(), place, "light-out"))));
            assertThat(responsible.id()).isEqualTo(DemoStructure.firm(DemoStructure.firmNumberOf(number)));
        }
    }

    @Test
    void fortyResidentsOwnAHouseholdEachAndLogInWithWeChat() {
        for (int n = 1; n <= 40; n++) {
            var openid = db.cipher.index(WeChatSimulator.openidOf("demo-resident-" + n));
            assertThat(db.count("""
                            SELECT count(*) FROM wechat_login l
                            JOIN person_district d ON d.person_id = l.person_id
                            JOIN household_member m ON m.resident_id = l.person_id AND m.district_id = d.district_id
                            WHERE l.openid_index = $1 AND l.person_id = $2 AND m.household_id = $3
                              AND m.role = 'owner' AND m.status = 'approved'
                            """, openid, DemoStructure.resident(n), DemoStructure.household(n)))
                    .isOne();
        }
    }

    @Test
    void theLastTenAreSeventyOrOlderOnPaper() {
        var today = TestDay.date();
        for (int n = 1; n <= 40; n++) {
            int number = n;
            var resident = db.await(db.database.read(client -> new People(db.cipher)
                            .resident(client, DemoStructure.districtId(), DemoStructure.resident(number))))
                    .orElseThrow();
            if (n > 30) {
                assertThat(resident.birthDateVerified()).isTrue();
                assertThat(Objects.requireNonNull(resident.birthDate())).isBefore(today.minusYears(70));
            } else if (resident.birthDate() != null) {
                assertThat(resident.birthDate()).isAfter(today.minusYears(60));
            }
        }
    }

    @Test
    void staffLogInAsListedEachWithTheRoleOfTheName() {
        assertThat(db.rows("SELECT username FROM staff_login ORDER BY username", row -> row.getString(0)))
                .containsExactlyInAnyOrder(
                        "admin",
                        "district-supervisor",
                        "town-supervisor",
                        "community-supervisor-1",
                        "community-supervisor-2",
                        "community-supervisor-3",
                        "grid-member-1",
                        "grid-member-2",
                        "hotline-agent",
                        "dispatcher-1",
                        "dispatcher-2",
                        "dispatcher-3",
                        "worker-1",
                        "worker-2",
                        "worker-3",
                        "canteen-operator-1",
                        "canteen-operator-2",
                        "canteen-operator-3",
                        "canteen-operator-4",
                        "far-supervisor",
                        "far-dispatcher");
        assertThat(db.count("""
                        SELECT count(*) FROM staff_login l
                        LEFT JOIN role_grant g ON g.staff_id = l.person_id
                        WHERE g.role IS NULL OR l.username NOT LIKE '%' || replace(g.role, '_', '-') || '%'
                        """)).isZero();
    }

    @Test
    void fourCanteensPublishMealsForTodayAndTheNextSixDaysTheFourthLunchOnly() {
        var today = TestDay.date();
        for (int n = 1; n <= 4; n++) {
            var periods = n == 4 ? List.of("lunch") : List.of("breakfast", "lunch", "dinner");
            assertThat(db.rows(
                            """
                            SELECT date || ' ' || period FROM meal m
                            WHERE district_id = $1 AND canteen_id = $2 AND status = 'published'
                              AND booking_opens_at <= $3
                              AND (SELECT count(*) FROM dish d
                                   WHERE d.district_id = m.district_id AND d.meal_id = m.id) >= 3
                            """,
                            row -> row.getString(0),
                            DemoStructure.districtId(),
                            DemoStructure.canteen(n),
                            now.atOffset(ZoneOffset.UTC)))
                    .containsExactlyInAnyOrderElementsOf(today.datesUntil(today.plusDays(7))
                            .flatMap(date -> periods.stream().map(period -> date + " " + period))
                            .toList());
        }
    }

    @Test
    void everyCanteenSubsidisesFromSixtyOnInThreeBands() {
        assertThat(db.count("""
                        SELECT count(*) FROM (
                            SELECT canteen_id, array_agg(from_age || '-' || coalesce(to_age::text, '') ORDER BY from_age)
                                AS bands
                            FROM subsidy_policy GROUP BY 1) b
                        WHERE bands = ARRAY['60-75', '76-89', '90-']
                        """)).isEqualTo(5);
    }

    @Test
    void theCatalogueHasAllKindsAndARepairThatNeedsNothing() {
        assertThat(db.count(
                        "SELECT count(DISTINCT kind) FROM service_item WHERE district_id = $1",
                        DemoStructure.districtId()))
                .isEqualTo(6);
        assertThat(db.count("SELECT count(*) FROM service_item WHERE district_id = $1", DemoStructure.districtId()))
                .isGreaterThanOrEqualTo(12);
        assertThat(db.rows("""
                        SELECT code FROM service_item
                        WHERE district_id = $1 AND kind = 'repair' AND required_info = '[]' AND NOT evidence_required
                        """, row -> row.getString(0), DemoStructure.districtId()))
                .contains("light-out");
        assertThat(
                        db.count(
                                "SELECT count(*) FROM service_item WHERE code = 'care-visit' AND kind = 'care' AND NOT reportable"))
                .isEqualTo(2);
        assertThat(db.count("""
                        SELECT count(DISTINCT f->>'type') FROM service_item, jsonb_array_elements(required_info) f
                        WHERE (f->>'required')::boolean
                        """)).isEqualTo(3);
    }

    @Test
    void publishingMealsAgainChangesNothing() {
        var meals = db.count("SELECT count(*) FROM meal");
        var dishes = db.count("SELECT count(*) FROM dish");

        db.await(db.database.inTransaction(
                tx -> new DemoStructure(db.cipher, DemoDatabase.PASSWORD_HASH).publishMeals(tx, now)));

        assertThat(db.count("SELECT count(*) FROM meal")).isEqualTo(meals);
        assertThat(db.count("SELECT count(*) FROM dish")).isEqualTo(dishes);
    }

    @Test
    void theDistrictsShareNobody() {
        assertThat(db.count("SELECT count(DISTINCT district_id) FROM person_district"))
                .isEqualTo(2);
        assertThat(db.count("SELECT count(*) - count(DISTINCT person_id) FROM person_district"))
                .isZero();
    }
}

package org.huying.demo.district;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.huying.identity.People;
import org.huying.testing.Days;
import org.huying.testing.TestDay;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the end of the design's API page says of the demo holds whenever it is loaded. */
@Tag("long")
class DemoDaysTest {
    private static final DemoData DATA = DemoData.load();
    private static final List<String> LIGHT = List.of("consultation", "care");

    static List<LocalDate> dates() {
        return Days.dates();
    }

    /** And some that are far off. */
    static Stream<LocalDateTime> days() {
        return Stream.concat(
                Days.AWKWARD.stream(),
                Stream.of(LocalDateTime.parse("2030-12-31T10:00"), LocalDateTime.parse("2041-01-01T00:00")));
    }

    @ParameterizedTest
    @MethodSource("dates")
    void thePastIsTheSameBeforeEveryDayAndInTheNinetyDays(LocalDate day) {
        var end = day.atStartOfDay(DemoStructure.ZONE).toInstant();
        var stories = HistoryPlan.before(day, DATA);
        var usual = HistoryPlan.before(TestDay.date(), DATA);

        assertThat(shapes(stories)).isEqualTo(shapes(usual));
        assertThat(stories)
                .allSatisfy(story -> assertThat(story.steps())
                        .allSatisfy(step -> assertThat(step.at())
                                .isBetween(end.minus(Duration.ofDays(HistoryPlan.DAYS)), end.minusMillis(1))));
        assertThat(VisitPlan.before(day))
                .hasSameSizeAs(VisitPlan.before(TestDay.date()))
                .allSatisfy(
                        visit -> assertThat(visit.date()).isBetween(day.minusDays(HistoryPlan.DAYS), day.minusDays(1)));
    }

    @Test
    void theProportionsAreThoseOfThePlan() {
        var resolved = HistoryPlan.before(TestDay.date(), DATA).stream()
                .filter(story -> !LIGHT.contains(kind(story)) && does(story, step -> step.equals("resolve")))
                .toList();

        assertThat(resolved).hasSizeGreaterThanOrEqualTo(400);
        assertThat(100.0
                        * resolved.stream()
                                .filter(story -> does(story, step -> step.equals("reopen")))
                                .count()
                        / resolved.size())
                .isBetween(3.0, 6.0);
    }

    @ParameterizedTest
    @MethodSource("days")
    void theStructureIsThereOnEveryDay(LocalDateTime begins) {
        try (var db = new DemoDatabase()) {
            // when
            var now = begins.atZone(TestDay.ZONE).toInstant();
            var structure = new DemoStructure(db.cipher, DemoDatabase.PASSWORD_HASH);
            db.await(db.database.inTransaction(tx -> structure.load(tx, now)));

            // then
            var today = begins.toLocalDate();
            for (int n = 1; n <= 4; n++) {
                var periods = n == 4 ? List.of("lunch") : List.of("breakfast", "lunch", "dinner");
                assertThat(db.rows(
                                """
                                SELECT date || ' ' || period FROM meal
                                WHERE district_id = $1 AND canteen_id = $2 AND status = 'published'
                                  AND booking_opens_at <= $3 AND booking_opens_at < cutoff_at
                                  AND cutoff_at <= serving_ends_at
                                """,
                                row -> row.getString(0),
                                DemoStructure.districtId(),
                                DemoStructure.canteen(n),
                                now.atOffset(ZoneOffset.UTC)))
                        .containsExactlyInAnyOrderElementsOf(today.datesUntil(today.plusDays(7))
                                .flatMap(date -> periods.stream().map(period -> date + " " + period))
                                .toList());
            }
            assertAges(db, today);
        }
    }

    /** 31 to 40 are 70 or older, and their subsidies differ; the others get none. */
    private static void assertAges(DemoDatabase db, LocalDate today) {
        for (int n = 1; n <= 40; n++) {
            int number = n;
            var born = db.await(db.database.read(client -> new People(db.cipher)
                            .resident(client, DemoStructure.districtId(), DemoStructure.resident(number))))
                    .orElseThrow()
                    .birthDate();
            if (n > 30) {
                assertThat(Objects.requireNonNull(born))
                        .as("resident %d", n)
                        .isBetween(today.minusYears(100), today.minusYears(70));
            } else if (born != null) {
                assertThat(born)
                        .as("resident %d", n)
                        .isBetween(today.minusYears(60).plusDays(1), today.minusYears(18));
            }
        }
    }

    private static List<List<Object>> shapes(List<Story> stories) {
        return stories.stream()
                .map(story -> List.<Object>of(
                        story.number(),
                        story.text(),
                        story.subject(),
                        story.steps().stream().map(Story.Step::action).toList(),
                        story.steps().stream()
                                .map(step -> Duration.between(story.begins(), step.at()))
                                .toList()))
                .toList();
    }

    private static String kind(Story story) {
        return DATA.items().stream()
                .filter(item -> item.code().equals(story.itemCode()))
                .findFirst()
                .orElseThrow()
                .kind();
    }

    private static boolean does(Story story, Predicate<String> action) {
        return story.steps().stream().anyMatch(step -> action.test(step.action()));
    }
}

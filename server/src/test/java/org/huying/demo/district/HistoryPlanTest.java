package org.huying.demo.district;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryPlanTest {
    private static final DemoData DATA = DemoData.load();
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @Test
    void theSameShapeWhateverTheDay() {
        var stories = HistoryPlan.before(TODAY, DATA);
        var later = HistoryPlan.before(TODAY.plusDays(100), DATA);

        assertThat(later).hasSameSizeAs(stories);
        for (int i = 0; i < stories.size(); i++) {
            assertThat(later.get(i).text()).isEqualTo(stories.get(i).text());
            assertThat(later.get(i).subject()).isEqualTo(stories.get(i).subject());
            assertThat(offsets(later.get(i))).isEqualTo(offsets(stories.get(i)));
            assertThat(Duration.between(stories.get(i).begins(), later.get(i).begins()))
                    .isEqualTo(Duration.ofDays(100));
        }
    }

    @Test
    void nothingHappensOnTheDayItself() {
        var end = TODAY.atStartOfDay(DemoStructure.ZONE).toInstant();

        assertThat(HistoryPlan.before(TODAY, DATA))
                .allSatisfy(story -> assertThat(story.steps())
                        .allSatisfy(step -> assertThat(step.at())
                                .isBetween(end.minus(Duration.ofDays(HistoryPlan.DAYS)), end.minusMillis(1))));
    }

    @Test
    void enoughIsResolvedInTheNinetyDays() {
        var resolved = HistoryPlan.before(TODAY, DATA).stream()
                .filter(story ->
                        story.steps().stream().anyMatch(step -> step.action().equals("resolve")))
                .count();

        assertThat(resolved).isGreaterThan(450);
    }

    private static List<Duration> offsets(Story story) {
        Instant begins = story.begins();
        return story.steps().stream()
                .map(step -> Duration.between(begins, step.at()))
                .toList();
    }
}

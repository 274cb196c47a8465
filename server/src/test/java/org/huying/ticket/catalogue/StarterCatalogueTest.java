package org.huying.ticket.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a district is offered to begin with breaks no rule by which it could be changed. */
class StarterCatalogueTest {
    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private JsonObject starter = new JsonObject();

    @BeforeEach
    void read() throws IOException {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("/org/huying/starter.json"))) {
            starter = new JsonObject(Buffer.buffer(file.readAllBytes()));
        }
    }

    @Test
    void itsItemsAreRightAndOfEveryKind() {
        var items = objects(starter.getJsonArray("serviceItems")).stream()
                .map(ServiceItem::first)
                .toList();

        assertThat(items).extracting(ServiceItem::code).doesNotHaveDuplicates().contains("care-visit");
        assertThat(items).allSatisfy(item -> assertThat(ItemCheck.faults(item)).isEmpty());
        assertThat(items.stream().map(ServiceItem::kind).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("repair", "cleaning", "nuisance", "public", "consultation", "care");
    }

    @Test
    void itsDaysAreOfTheirYearAndDifferFromTheirWeekday() {
        var years = starter.getJsonObject("calendarYears");
        for (var year : years.fieldNames()) {
            var days = objects(years.getJsonObject(year).getJsonArray("days")).stream()
                    .map(CalendarDay::from)
                    .toList();
            assertThat(days).extracting(CalendarDay::date).doesNotHaveDuplicates();
            assertThat(days).allSatisfy(day -> assertThat(day.date()).hasYear(Integer.parseInt(year)));
            assertThat(days)
                    .filteredOn(CalendarDay::working)
                    .allSatisfy(day -> assertThat(WEEKEND).contains(day.date().getDayOfWeek()));
            // Nobody works on the day itself.
            assertThat(days).contains(new CalendarDay(LocalDate.of(Integer.parseInt(year), 10, 1), false, "国庆节"));
        }
        assertThat(WorkingWeek.from(starter.getJsonObject("workingWeek")).length())
                .isPositive();
    }

    @Test
    void itsSubsidiesLeaveNoAgeFromSixtyOnOutAndAreInOneBandEach() {
        var next = 60;
        for (var band : objects(starter.getJsonObject("subsidy").getJsonArray("bands"))) {
            assertThat(band.getInteger("fromAge")).isEqualTo(next);
            assertThat(band.getInteger("amountFen")).isPositive();
            next = band.getInteger("toAge") == null ? Integer.MAX_VALUE : band.getInteger("toAge") + 1;
        }
        assertThat(next).isEqualTo(Integer.MAX_VALUE);
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}

package org.huying.demo.district;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.huying.canteen.Canteens;
import org.huying.db.FieldCipher;
import org.huying.demo.district.Story.Subject;
import org.huying.identity.People;
import org.huying.place.Places;
import org.huying.ticket.Tickets;

/** Plays the visits that the missed meals of the past called for, at the time at which they did. */
final class CareVisits {
    static final String CHANNEL = "system";

    private static final long SEED = 20_260_903L;
    /** A visit called for in the last days is still under way. */
    private static final Duration LATE = Duration.ofDays(3);

    private static final String TAKE_SIGNALS = """
            DELETE FROM job WHERE district_id = $1 AND kind = $2 AND due_at < $3 RETURNING subject_id, due_at
            """;

    private static final DemoIds IDS = DemoStructure.here();

    private final DemoData data;
    private final FieldCipher cipher;
    private final Instant end;
    private final Scripts scripts = new Scripts(Phrases.load(), new Random(SEED));

    CareVisits(DemoData data, FieldCipher cipher, LocalDate today) {
        this.data = data;
        this.cipher = cipher;
        this.end = today.atStartOfDay(DemoStructure.ZONE).toInstant();
    }

    /** Returns how many there were. */
    Future<Integer> play(SqlConnection transaction) {
        return transaction
                .preparedQuery(TAKE_SIGNALS)
                .execute(Tuple.of(IDS.districtId(), Canteens.CARE_SIGNAL, end.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    var stories = new ArrayList<Story>();
                    rows.forEach(row -> stories.add(story(stories.size() + 1, row)));
                    return stories;
                })
                .compose(stories -> play(transaction, stories).map(stories.size()));
    }

    private Future<Void> play(SqlConnection transaction, List<Story> stories) {
        var clock = new MovableClock();
        var tickets = new Tickets(cipher, new Places(cipher), new People(cipher), clock);
        var cast = new Cast(data.district("demo"));
        return new Lane(transaction, IDS.districtId(), tickets, clock, cast, end).play(stories);
    }

    private Story story(int number, Row signal) {
        var person = people().filter(key -> IDS.person(key).equals(signal.getUUID("subject_id")))
                .findFirst()
                .orElseThrow();
        var begins = signal.getOffsetDateTime("due_at").toInstant();
        var item = data.items().stream()
                .filter(each -> each.code().equals("care-visit"))
                .findFirst()
                .orElseThrow();
        var fate = begins.isBefore(end.minus(LATE)) ? Fate.CARED_FOR : Fate.ASSIGNED;
        var steps = scripts.write(fate, item, begins).until(end);
        return new Story(number, subject(person), item.code(), CHANNEL, false, "", Map.of(), steps);
    }

    private static Stream<String> people() {
        return VisitPlan.ABSENCES.keySet().stream();
    }

    private static Subject subject(String person) {
        int number = Integer.parseInt(person.substring(person.indexOf('-') + 1));
        boolean isElder = person.startsWith("elder");
        return new Subject(
                person,
                isElder ? "grid-" + (number + 1) / 2 : "compound-" + DemoStructure.compoundNumberOf(number),
                null,
                isElder ? 0 : DemoStructure.firmNumberOf(number));
    }
}
